"""Which typed numbers an editor is asked about, in both languages; and which are left alone."""

import time

import pytest

from news.numbers import typed_numbers

# Each text with the phrases that are told.
FOUND = {
    "7 deputies of the House of Representatives": ["7 deputies"],
    "Four deputies represent the Council of the Republic": ["Four deputies"],
    "eight senators from Kazakhstan": ["eight senators"],
    "An 11-member delegation of Belarus arrived.": ["11-member"],
    "The Belarusian delegation has 11 seats.": ["11 seats"],
    "Twelve Tajik MPs attended.": ["Twelve Tajik MPs"],
    "Twenty-two Russian parliamentarians came.": ["Twenty-two Russian parliamentarians"],
    "7 elected deputies from the House": ["7 elected deputies"],
    "the seven people's deputies of Kyrgyzstan": ["seven people's deputies"],
    "Deputies of the State Duma: 10.": ["Deputies of the State Duma: 10"],
    "The number of deputies from the Mazhilis is 8.": ["deputies from the Mazhilis is 8"],
    "68 seats in all: State Duma (10 seats)": ["68 seats", "10 seats"],
    "it has 10 deputies of the State Duma and 12 members of the Federation Council": [
        "10 deputies",
        "12 members",
    ],
    "On Monday, 7  deputies of\nthe House came.": ["7 deputies"],
    "семь депутатов Палаты представителей": ["семь депутатов"],
    "СЕМЬ ДЕПУТАТОВ ПАЛАТЫ ПРЕДСТАВИТЕЛЕЙ": ["СЕМЬ ДЕПУТАТОВ"],
    "направляет семерых депутатов": ["семерых депутатов"],
    "Четыре депутата от Совета Республики": ["Четыре депутата"],
    "22 парламентария от России": ["22 парламентария"],
    "восемь сенаторов из Казахстана": ["восемь сенаторов"],
    "семи депутатам Жогорку Кенеша": ["семи депутатам"],
    "состоит из двенадцати депутатов": ["двенадцати депутатов"],
    "шестнадцати казахстанских депутатов": ["шестнадцати казахстанских депутатов"],
    "двадцатью двумя депутатами от Российской Федерации": ["двадцатью двумя депутатами"],
    "с двенадцатью членами Совета Федерации": ["двенадцатью членами"],
    "за делегацией России 22 места": ["22 места"],
    "Всего 68 мандатов.": ["68 мандатов"],
    "Число депутатов Государственной Думы — 10.": ["депутатов Государственной Думы — 10"],
    "Депутатов от Мажилиса: 8": ["Депутатов от Мажилиса: 8"],
    # A pattern cannot tell that these are no facts on record: the editor ticks them away.
    "12 deputies voted against": ["12 deputies"],
    "450 deputies of the State Duma": ["450 deputies"],
    "met three deputies of the Bundestag": ["three deputies"],
    "7 members of the jury": ["7 members"],
    "за 6 лет депутаты приняли 69 законов": ["6 лет депутаты"],
}
LEFT = [
    *("", " ", "7", "the the", "—7", "0 deputies", "٧ deputies", "\ufffc", "56 treaties"),
    "70% of deputies of the State Duma",
    "7 percent of the deputies of the House of Representatives",
    "In 2021 deputies of the State Duma met.",
    "Deputies of the State Duma met in 2021.",
    "On 21 May deputies of the House of Representatives met.",
    "On 5–7 May deputies met; 5 May members met",
    "six member states, Russia and Belarus among them",
    "[[deputies:belarus-house]] of the House of Representatives",
    "The delegation of Belarus consists of [[seats:belarus]] deputies",
    "one of the deputies of the State Duma",
    "the 7th deputy of the House of Representatives",
    "1 200 deputies of the State Duma",
    "Russia signed 12 treaties. Deputies agreed.",
    "Seven years ago the State Duma had other deputies.",
    "69 модельных законов",
    "70 % депутатов Государственной Думы",
    "7 процентов депутатов Палаты представителей",
    "В 2021 году депутаты Государственной Думы собрались.",
    "21 мая депутаты Палаты представителей собрались.",
    "шесть государств-членов, среди них Россия и Беларусь",
    "делегация Беларуси состоит из [[seats:belarus]] депутатов",
    "один из депутатов Государственной Думы",
    "7-й депутат Палаты представителей",
    "депутаты шестого созыва собрались в 10 часов",
    "12 статей модельного закона, депутаты России",
    "7 депутатских запросов",
]


@pytest.mark.parametrize("text", FOUND)
def test_a_number_beside_deputies_or_seats_is_told(text):
    assert typed_numbers(text) == FOUND[text]


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_are_left_alone(text):
    assert typed_numbers(text) == []


def test_a_body_is_read_as_its_reader_does():
    typed = "<p>Said: <em>7</em> deputies of&nbsp;the <strong>House</strong><br>and 4 seats.</p>"
    assert typed_numbers(typed) == ["7 deputies", "4 seats"]
    # Two blocks are no sentence; a quotation says what was said.
    assert typed_numbers("<p>7</p><p>deputies</p>") == []
    assert typed_numbers(f"<blockquote>{typed}</blockquote><p>And 5 seats.</p>") == ["5 seats"]
    assert typed_numbers('<p><a href="/7/">deputies</a></p>') == []


@pytest.mark.parametrize("piece", ["7 ", "7-", "deputy-", "seven a ", "deputy a ", "7'"])
def test_the_longest_text_is_read_at_once(piece):
    started = time.process_time()
    assert typed_numbers(piece * (200_000 // len(piece))) == []
    assert time.process_time() - started < 5
