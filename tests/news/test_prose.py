"""Which typed numbers a reference could state, in both languages; and which are left alone."""

import pytest
from django.core.management import call_command

from delegations.chronicle import Chronicle
from delegations.models import Chamber, Parliament
from news.models import Article
from news.prose import findings
from tests import make

pytestmark = pytest.mark.django_db

# Each phrase with the references that are offered for it.
FOUND_EN = [
    ("7 deputies of the House of Representatives", "deputies:belarus-house"),
    ("the delegation of Belarus consists of 11 deputies", "seats:belarus"),
    ("eight senators from Kazakhstan", "deputies:kazakhstan-senate"),
    ("The House of Representatives sends seven deputies.", "deputies:belarus-house"),
    (
        "The House of Representatives sends to the Assembly 7 deputies and the Council of the Republic 4.",
        "deputies:belarus-house",
    ),
    ("Belarus is represented by 11 deputies.", "seats:belarus"),
    ("An 11-member delegation of Belarus arrived.", "seats:belarus"),
    ("The Belarusian delegation has 11 seats.", "seats:belarus"),
    ("Twenty-two Russian parliamentarians sit in the delegation.", "seats:russia"),
    ("22 parliamentarians from Russia", "seats:russia"),
    ("Deputies of the State Duma: 10.", "deputies:russia-duma"),
    ("State Duma: 10 deputies", "deputies:russia-duma"),
    ("The number of deputies from the Mazhilis is 8.", "deputies:kazakhstan-mazhilis"),
    ("12 members of the Federation Council", "deputies:russia-federation-council"),
    ("6 deputies of the National Assembly of Tajikistan", "deputies:tajikistan-national-assembly"),
    ("11 deputies of the National Assembly of Belarus", "seats:belarus"),
    ("11 deputies of the National Assembly of the Republic of Belarus", "seats:belarus"),
    ("7 deputies of the Supreme Council", "seats:kyrgyzstan"),
    ("seven deputies of the Kyrgyz parliament", "seats:kyrgyzstan"),
    ("A delegation of 11 from Belarus took part.", "seats:belarus"),
    ("Kazakhstan sent a delegation of 16 people.", "seats:kazakhstan"),
    ("16 members of the delegation of Kazakhstan", "seats:kazakhstan"),
    ("Russia's delegation of twenty-two deputies", "seats:russia"),
    ("The delegation of Tajikistan, with its 12 seats, arrived.", "seats:tajikistan"),
    ("7 elected deputies from the House of Representatives of Belarus", "deputies:belarus-house"),
    ("the seven people's deputies of Kyrgyzstan", "seats:kyrgyzstan"),
    (
        "the delegation consists of 10 deputies of the State Duma and 12 members of the Federation Council",
        "deputies:russia-duma deputies:russia-federation-council",
    ),
    ("In the delegation of Tajikistan there are 12 MPs.", "seats:tajikistan"),
    (
        "six MPs from Tajikistan's Assembly of Representatives",
        "deputies:tajikistan-assembly-of-representatives",
    ),
    ("Four deputies represent the Council of the Republic", "deputies:belarus-council"),
    (
        "Belarus sends 11 deputies: 7 from the House of Representatives and 4 from the Council of the Republic.",
        "seats:belarus deputies:belarus-house deputies:belarus-council",
    ),
    ("seven Kazakh deputies", "seats:kazakhstan"),
    ("68 seats in all: State Duma (10 seats)", "chamber-seats:russia-duma"),
    ("The Kazakh delegation is made up of 16 members.", "seats:kazakhstan"),
    ("Russia has 22 seats in the Assembly; its delegation is the largest.", "seats:russia"),
    ("Members of the delegation of Russia number 22.", "seats:russia"),
    ("The delegation of the Kyrgyz Republic has seven members.", "seats:kyrgyzstan"),
    (
        "The Federation Council, with 12 members in the delegation, hosted it.",
        "deputies:russia-federation-council",
    ),
    ("Twelve Tajik MPs attended.", "seats:tajikistan"),
]
FOUND_RU = [
    ("делегация Беларуси состоит из 7 депутатов", "seats:belarus"),
    ("семь депутатов Палаты представителей", "deputies:belarus-house"),
    ("22 парламентария от России", "seats:russia"),
    ("Палата представителей направляет семерых депутатов.", "deputies:belarus-house"),
    ("Беларусь представлена 11 депутатами", "seats:belarus"),
    ("Делегация Республики Беларусь насчитывает 11 человек.", "seats:belarus"),
    ("В составе делегации Казахстана — 16 депутатов", "seats:kazakhstan"),
    ("восемь сенаторов из Казахстана", "deputies:kazakhstan-senate"),
    ("шестнадцати казахстанских депутатов", "seats:kazakhstan"),
    ("двадцатью двумя депутатами от Российской Федерации", "seats:russia"),
    ("Число депутатов Государственной Думы — 10.", "deputies:russia-duma"),
    ("Депутатов от Мажилиса: 8", "deputies:kazakhstan-mazhilis"),
    ("От Беларуси 11 депутатов.", "seats:belarus"),
    ("12 членов Совета Федерации", "deputies:russia-federation-council"),
    ("с двенадцатью членами Совета Федерации", "deputies:russia-federation-council"),
    ("семи депутатам Жогорку Кенеша", "seats:kyrgyzstan"),
    ("семь кыргызских парламентариев", "seats:kyrgyzstan"),
    ("Киргизию представляют 7 депутатов", "seats:kyrgyzstan"),
    ("делегация из 11 белорусских парламентариев", "seats:belarus"),
    (
        "делегация Таджикистана в Парламентской Ассамблее ОДКБ состоит из двенадцати депутатов",
        "seats:tajikistan",
    ),
    ("11 депутатов Национального собрания Республики Беларусь", "seats:belarus"),
    ("шесть депутатов Маджлиси милли", "deputies:tajikistan-national-assembly"),
    ("6 мест Маджлиси намояндагон", "chamber-seats:tajikistan-assembly-of-representatives"),
    ("делегация Федерального Собрания в количестве 22 депутатов", "seats:russia"),
    ("Четыре депутата от Совета Республики", "deputies:belarus-council"),
    ("за делегацией России 22 места", "seats:russia"),
    ("11 членов делегации Беларуси", "seats:belarus"),
    ("десятью депутатами Государственной Думы России", "deputies:russia-duma"),
    (
        "22 депутата: 10 от Государственной Думы и двенадцать от Совета Федерации",
        "deputies:russia-duma deputies:russia-federation-council",
    ),
    (
        "В делегацию Казахстана входят 8 депутатов Мажилиса и 8 членов Сената",
        "deputies:kazakhstan-mazhilis deputies:kazakhstan-senate",
    ),
    ("Россию в Ассамблее представляют 22 парламентария", "seats:russia"),
    ("Кыргызскую Республику представляют семь депутатов Жогорку Кенеша", "seats:kyrgyzstan"),
    ("делегация Белоруссии (11 человек)", "seats:belarus"),
    ("Делегация Казахстана в составе 16 депутатов прибыла.", "seats:kazakhstan"),
    ("СЕМЬ ДЕПУТАТОВ ПАЛАТЫ ПРЕДСТАВИТЕЛЕЙ", "deputies:belarus-house"),
    ("Делегация России: 22 депутата", "seats:russia"),
    ("Российскую делегацию составляют 22 парламентария.", "seats:russia"),
]
LEFT_EN = [
    "56 treaties",
    "69 model laws",
    "12 deputies voted against",
    "12 deputies of the State Duma voted against",
    "70% of deputies of the State Duma",
    "7 percent of the deputies of the House of Representatives",
    "In 2021 deputies of the State Duma met.",
    "On 21 May deputies of the House of Representatives met.",
    "450 deputies of the State Duma",
    "The House of Representatives has 110 deputies.",
    "six member states, Russia and Belarus among them",
    "[[deputies:belarus-house]] of the House of Representatives",
    "The delegation of Belarus consists of [[seats:belarus]] deputies",
    "12 deputies spoke.",
    "The State Duma adopted 10 laws.",
    "40 people died in Belarus.",
    "The State Duma hosted 20 representatives of the press.",
    "one of the deputies of the State Duma",
    "the 7th deputy of the House of Representatives",
    "Deputies of the State Duma met in 2021.",
    "Deputies of the State Duma are 40 years old on average.",
    "The delegation of Belarus arrived on 5 June.",
    "A delegation of 5 June came from Russia.",
    "1 200 deputies of the State Duma",
    "Russia signed 12 treaties. Deputies agreed.",
    "12 deputies. The State Duma was closed.",
    "The delegation of Belarus visited 7 cities.",
    "The Council of the Republic met for 4 hours with deputies",
    "Article 7 deputies",
    "The delegation of Kazakhstan proposed 12 amendments to 3 laws",
    "The delegation of Russia met three deputies of the Bundestag.",
    "The delegation of Belarus stayed for 7 days.",
    "Seven years ago the State Duma had other deputies.",
    "the treaty on 12 seats of learning in Russia",
    "The Senate of Kazakhstan adopted 8 laws on members of parliament.",
]
LEFT_RU = [
    "56 договоров",
    "69 модельных законов",
    "12 депутатов проголосовали против",
    "За проголосовали 10 депутатов Государственной Думы",
    "70 % депутатов Государственной Думы",
    "7 процентов депутатов Палаты представителей",
    "В 2021 году депутаты Государственной Думы собрались.",
    "21 мая депутаты Палаты представителей собрались.",
    "450 депутатов Государственной Думы",
    "шесть государств-членов, среди них Россия и Беларусь",
    "[[deputies:belarus-house]] Палаты представителей",
    "делегация Беларуси состоит из [[seats:belarus]] депутатов",
    "выступили 12 депутатов",
    "Государственная Дума приняла 10 законов",
    "в Беларуси погибли 40 человек",
    "один из депутатов Государственной Думы",
    "7-й депутат Палаты представителей",
    "Делегация Беларуси прибыла 5 июня.",
    "Делегация Беларуси посетила 7 городов.",
    "1 200 депутатов Государственной Думы",
    "Депутаты Государственной Думы собрались в 10 часов.",
    "12 депутатов. Государственная Дума была закрыта.",
    "Россия подписала 12 договоров.",
    "депутаты шестого созыва Государственной Думы",
    "за 6 лет депутаты Государственной Думы приняли 69 законов",
    "12 статей модельного закона, депутаты России",
    "на 7 местах в Беларуси",
    "На заседании присутствовали 12 сенаторов.",
    "Палата представителей приняла 7 законов, внесённых депутатами.",
    "Делегация России встретилась с тремя депутатами Бундестага.",
    "Россия и Беларусь провели 8 заседаний.",
    "В Казахстане 20 районов, где есть депутаты.",
]


@pytest.fixture
def rows():
    call_command("loaddata", "delegations", "news", verbosity=0)


def offers(text, is_html=False):
    found = findings(text, Chronicle(), is_html=is_html)
    return " ".join(offer.strip("[]") for finding in found for offer in finding.offers)


# The rows are loaded once for a whole table, so each test reads all of it.


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", [FOUND_EN, FOUND_RU], ids=["en", "ru"])
def test_what_a_reference_could_state_is_found(table):
    assert len(table) >= 30
    assert {text: offers(text) for text, _expected in table} == dict(table)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", [LEFT_EN, LEFT_RU], ids=["en", "ru"])
def test_other_numbers_are_left_alone(table):
    assert len(table) >= 30
    assert {text: offers(text) for text in table if offers(text)} == {}


@pytest.mark.usefixtures("rows")
def test_the_article_of_the_fixture_has_none():
    article = Article.objects.get()
    texts = {name: getattr(article, name) for name in article.text_fields()}
    assert all(texts.values())
    assert {name: offers(text, name.startswith("body")) for name, text in texts.items()} == (
        dict.fromkeys(texts, "")
    )


@pytest.mark.usefixtures("rows")
def test_what_is_offered_is_a_reference_that_means_something():
    article = Article.objects.get()
    for text, _expected in FOUND_EN + FOUND_RU:
        for finding in findings(text, Chronicle()):
            article.headline_en = " ".join(finding.offers)
            article.full_clean()
            assert "not recorded" not in article.headline


@pytest.mark.usefixtures("rows")
def test_a_finding_says_which_words_it_means():
    [finding] = findings(
        "On Monday, 7  deputies of the\nHouse of Representatives came.", Chronicle()
    )
    assert finding.phrase == "7 deputies of the House of Representatives"


@pytest.mark.usefixtures("rows")
def test_a_body_is_read_as_its_reader_does():
    typed = (
        "<p>Said: <em>7</em> deputies of&nbsp;the <strong>House</strong><br>of Representatives.</p>"
    )
    assert offers(typed, is_html=True) == "deputies:belarus-house"
    # Two blocks are no sentence, and a quotation says what was said.
    assert offers("<p>7 deputies</p><p>House of Representatives</p>", is_html=True) == ""
    quoted = f"<blockquote>{typed}</blockquote>"
    assert offers(quoted, is_html=True) == ""
    assert offers(
        f"{quoted}<p>And 4 deputies of the Council of the Republic.</p>", is_html=True
    ) == ("deputies:belarus-council")


@pytest.mark.usefixtures("rows")
def test_a_former_name_names_as_well():
    assert offers("7 deputies of the Lower Diet") == offers("семь депутатов Нижнего сейма") == ""
    house, belarus = (
        Chamber.objects.get(code="belarus-house"),
        Parliament.objects.get(code="belarus"),
    )
    make.name(house, "Lower Diet", name_ru="Нижний сейм")
    make.name(belarus, "Grand Council", name_ru="Великое вече")
    assert offers("7 deputies of the Lower Diet") == "deputies:belarus-house"
    assert offers("семь депутатов Нижнего сейма") == "deputies:belarus-house"
    assert offers("11 deputies of the Grand Council") == "seats:belarus"
    assert offers("11 депутатов Великого веча") == "seats:belarus"


@pytest.mark.usefixtures("rows")
def test_a_name_that_two_chambers_have_offers_both_unless_the_state_is_said():
    armenia = make.parliament("armenia", state_en="Republic of Armenia")
    make.chamber(armenia, code="armenia-senate", name_en="Senate", house="upper")
    assert offers("8 members of the Senate") == "deputies:armenia-senate deputies:kazakhstan-senate"
    assert offers("8 members of the Senate of Armenia") == "deputies:armenia-senate"
    assert offers("8 members of Kazakhstan’s Senate") == "deputies:kazakhstan-senate"


def test_of_a_state_without_rows_nothing_is_known():
    assert offers("11 deputies from Belarus") == ""
    make.parliament("belarus")
    assert offers("11 deputies from Belarus") == "seats:belarus"


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "7",
        "7 deputies",
        "the the",
        "—7",
        "0 deputies of the State Duma",
        "٧ deputies",
        "\ufffc",
    ],
)
def test_odd_texts_are_read(text):
    assert offers(text) == ""
