import datetime as dt

import pytest

from delegations.models import Delegation
from tests import make
from tests.reading import by_id, links, main, parsed

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


def search(client, query, language=""):
    return client.get(f"{language}/search/", {"q": query})


def test_each_kind_is_found_and_leads_to_its_page(client):
    belarus = make.parliament("example")
    chamber = make.chamber(belarus, name_en="Example House")
    person, topic = make.person("ann-example"), make.topic("example")
    article = make.article("example")
    found = links(search(client, "EXAM"))
    for row in (belarus, Delegation.objects.get(), chamber, person, topic, article):
        assert row.get_absolute_url() in found, row


def test_a_delegation_is_found_with_its_seats(client):
    house = make.chamber(make.parliament("belarus"))
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + dt.timedelta(days=1))
    for query in ("belarus", "house"):
        assert "7 deputies" in main(search(client, query))
        assert "6 deputies" not in main(search(client, query))


def test_words_of_either_language_are_found_on_the_page_of_either(client):
    make.person("petr-alekseev", family_name_en="Alekseev", family_name_ru="Алексе́ёв")
    for query in ("алексеев", "АЛЕКСЕЁВ", "alekse", "petr"):
        for language in ("", "/ru"):
            assert f"{language}/people/petr-alekseev/" in links(search(client, query, language))


def test_every_word_has_to_be_found(client):
    make.person("ann-example")
    assert "/people/ann-example/" in links(search(client, "example, ann!"))
    assert "Nothing was found." in main(search(client, "ann other"))


def test_an_empty_question_shows_the_form(client):
    for response in (client.get("/search/"), search(client, " "), search(client, "\u200b")):
        assert parsed(response).find(".//main//form//input").get("name") == "q"
        assert "Nothing was found." not in main(response)
    assert "noindex" not in client.get("/search/").text


def test_nothing_found_says_what_to_try(client):
    page = main(search(client, "!?"))
    assert "Nothing was found." in page
    assert "Try fewer words" in page


@pytest.mark.parametrize("query", ["x" * 201, "a\0b"])
def test_a_question_that_is_refused_has_a_message_at_its_field(client, query):
    response = search(client, query)
    assert response.status_code == 200
    field = parsed(response).find(".//main//form//input")
    assert field.get("aria-invalid") == "true"
    assert by_id(response, field.get("aria-describedby"))
    assert "Nothing was found." not in main(response)


@pytest.mark.parametrize(
    "query", ['"><script>alert(1)</script>', "%_\\'", "a\x01\x1fb", "é" * 200, "w " * 100, "\u0301"]
)
def test_any_other_question_is_text(client, query):
    make.person()
    response = search(client, query)
    assert response.status_code == 200
    assert "<script" not in response.text
    assert parsed(response).find(".//main//form//input").get("value").split() == (
        query.replace("\x01\x1f", " ").split()
    )


def test_more_than_twenty_of_a_kind_are_not_shown_but_told(client):
    for number in range(20):
        make.person(f"ann-p{number:02}")
        make.article(f"ann-{number}")
    assert "More was found" not in main(search(client, "ann"))
    make.person("ann-last")
    response = search(client, "ann")
    assert main(response).count("More was found") == 1
    assert sum(address.startswith("/people/") for address in links(response)) == 20


def test_results_are_kept_out_of_search_engines(client):
    assert '<meta name="robots" content="noindex">' in search(client, "ann").text
