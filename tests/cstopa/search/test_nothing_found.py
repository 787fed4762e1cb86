"""Where nothing is found, the page says what to try and what the site holds."""

import pytest

from tests import make
from tests.cstopa.search.asking import search
from tests.growth import costs
from tests.reading import links, main, parsed

pytestmark = pytest.mark.django_db


def test_nothing_found_says_what_to_try(client):
    make.topic("laws", name_en="Model laws")
    response = search(client, '"laws model" -"of peace"')
    assert "Nothing was found." in main(response)
    tries = {said: address for address, said in links(response).items()}
    assert "fewer words" in main(response)
    assert {"Delegations", "People", "News", "Model laws"} <= tries.keys()
    loose = tries["the same words without quotes, in any order"]
    assert "Nothing was found." in main(client.get(f"/search/{loose}"))
    kept = tries["the same without what is taken away by a minus"]
    assert kept == "?q=%22laws+model%22"
    [loose] = [
        address
        for address, said in links(client.get(f"/search/{kept}")).items()
        if "without quotes" in said
    ]
    assert "/topics/laws/" in links(client.get(f"/search/{loose}"))


def test_what_another_keyboard_meant_is_offered_if_it_finds_anything(client):
    make.person(family_name_en="Kogut", family_name_ru="Когут")
    make.article(status="draft", headline_en="Secret")
    assert links(search(client, "rjuen"))["?q=%D0%BA%D0%BE%D0%B3%D1%83%D1%82"] == "когут"
    assert links(search(client, "Лщпге", "/ru"))["?q=Kogut"] == "Kogut"
    for query in ("rjuenn", "ыускуе"):
        assert "Did you mean" not in main(search(client, query))


@pytest.fixture
def spelt():
    kyrgyzstan = make.parliament(
        "kyrgyzstan", state_en="Kyrgyz Republic", search_words_en="Kyrgyzstan"
    )
    kazakhstan = make.parliament(
        "kazakhstan", state_ru="Республика Казахстан", name_ru="Парламент Казахстана"
    )
    make.office(make.person("sergei-pospelov"), "executive_secretary")
    make.role(make.person("ann-a"), "head", parliament=kazakhstan)
    make.chamber(kyrgyzstan, name_en="Jogorku")
    make.topic(name_en="Senate")
    make.article(status="draft", headline_en="Secrecy")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("ответсвенный секретарь", "ответственный секретарь"),
        ("Ответсвенного секретаря", "ответственного секретаря"),
        ("Kirgizstan", "Kyrgyzstan"),
        ("Kirghizstan", "Kyrgyzstan"),
        ("Pospelow", "Pospelov"),
        ("sergie", "Sergei"),
        # Two words without a space, and one inside another.
        ("delegtion,seats", "delegation,seats"),
        ("sentates of sentate", "Senate of Senate"),
        ("pospelov's ospelov", "pospelov's Pospelov"),
        ("(pospelow's)", "(Pospelov)"),
        ("obsever", ""),
        # The word of a draft, a number, a short word, and words that are far from any.
        ("secrecyy", ""),
        ("2O21", ""),
        ("ane", ""),
        ("zzqxv", ""),
        ('"pospelow"', ""),
    ],
)
def test_a_near_spelling_is_offered_if_it_finds_anything_and_replaces_nothing(
    client, spelt, query, meant
):
    for language in ("", "/ru"):
        response = search(client, query, language)
        offered = [
            said
            for address, said in links(response).items()
            if address.startswith("?q=") and "quotes" not in said and "кавыч" not in said
        ]
        assert offered == ([meant] if meant else [])
        assert parsed(response).find(".//main//form//input").get("value") == query
        if meant:
            found = client.get(f"{language}/search/", {"q": meant})
            assert "search__name" in found.text
            assert "Did you mean" not in main(found)


def test_words_of_the_code_and_a_name_are_offered_together(client, spelt):
    offered = links(search(client, "глва делигации казахстна", "/ru"))
    assert "глава делегации Казахстана" in offered.values()
    # Where the page shows the name in another language alone, none says how it is written.
    offered = links(search(client, "глва делигации казахстна"))
    assert "глава делегации казахстана" in offered.values()


def test_what_is_found_asks_for_no_spelling(client, monkeypatch, spelt):
    monkeypatch.setattr("cstopa.search.views.nearest", None)
    assert "/people/sergei-pospelov/" in links(search(client, "pospelov"))


def test_no_near_spelling_costs_more_queries_with_more_words(client, spelt):
    def add(words):
        for word in words:
            make.person(family_name_en=word)
            make.topic(name_en=word)

    addresses = ("/search/?q=pospelow", "/search/?q=zzqxvw")
    add(["Pospelof"])
    before = costs(client, addresses)
    add(["Pospelog", "Pospeloh", "Pospeloi", "Pospelok", "Zzqwer"])
    assert costs(client, addresses) == before


def test_where_nothing_is_found_the_page_says_what_the_site_holds(client, spelt):
    response = search(client, "Atlantis")
    page = main(response)
    assert "Delegations (2): " in page
    assert "People (2): " in page
    assert {"/delegations/", "/people/", "/people/ann-a/"} <= links(response).keys()
    assert "no calendar of sessions" in page
    assert "no texts of decisions" not in page
    assert "Participation in the Assembly: not recorded of 2 delegations" in page
    unrecorded = "Head of the delegation: not recorded of 1 delegation: Kyrgyz Republic."
    assert page.index("fewer words") < page.index("What this site holds") < page.index(unrecorded)


def test_a_post_that_nobody_has_on_record_is_said_not_to_be_recorded(client, spelt):
    make.article(headline_en="A deputy head in Kyrgyzstan")
    for query in ("deputy head kyrgyzstan", "заместитель главы делегации"):
        page = main(search(client, query))
        assert "Deputy head of the delegation: not recorded of 2 delegations" in page
    assert "not recorded of" not in main(search(client, "head of delegation"))


def test_chambers_that_send_members_do_not_hide_that_members_are_not_recorded(client, spelt):
    make.chamber(make.parliament("utopia"), member_title="member")
    for query in ("members", "члены делегации"):
        page = main(search(client, query))
        assert "Utopia" in page
        assert "Member of the delegation: not recorded of 3 delegations" in page
    assert "not recorded of" not in main(search(client, "utopia"))
