import datetime as dt
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from cstopa.pages.models import Page
from delegations.models import Delegation
from tests import make
from tests.cstopa.search.asking import marks, search
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


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


def test_seats_that_a_chamber_only_may_send_are_said_to_be_possible(client):
    """A source tells the last day at most, and is from long before it."""
    house = make.chamber(make.parliament("belarus"), name_en="Example House")
    source = make.source(published_on=MARCH)
    make.allocation(house, 6, valid_to="2030-01-01", valid_to_is_latest=True, source=source)
    other = make.chamber(make.parliament("other"), name_en="Other House")
    make.allocation(other, 7, valid_from=MARCH)
    page = main(search(client, "house"))
    assert "possibly 6 deputies, until no later than 1 January 2030" in page
    assert "7 deputies, since 1 March 2024" in page
    assert "possibly 7" not in page


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


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("x" * 201, "at most 200 characters: these are 201"),
        ("слово " * 1700, "at most 200 characters"),
        ("a\0b", "Null characters"),
        ("!?", "signs alone"),
        ('"" - «»', "signs alone"),
        ("-minsk", "a minus only takes away"),
        ('-"model laws" -minsk', "a minus only takes away"),
        (" ".join("bcdefghijkl"), "at most 10 words and phrases: these are 11"),
        ("b-c-d-e-f-g h j k l -m", "at most 10 words and phrases: these are 11"),
        ('minsk -a -"b c" -d -e', "at most 3 words and phrases by a minus: these are 4"),
        ("the", "in nearly every text"),
        ("из-за и", "in nearly every text"),
    ],
)
@pytest.mark.parametrize("address", ["/search/", "/news/"])
def test_a_question_that_is_refused_has_a_message_at_its_field(client, address, query, message):
    make.article()
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    field = parsed(response).find(".//main//form//input")
    assert field.get("aria-invalid") == "true"
    assert message in by_id(response, field.get("aria-describedby"))
    assert "was found" not in main(response)
    assert not [address for address in links(response) if address.startswith("/news/article")]


@pytest.mark.parametrize(
    "query",
    [
        '"><script>alert(1)</script>',
        "w%_\\'",
        "a\x01\x1fb",
        "é" * 200,
        "w " * 100,
        "w\u0301",
        # Signs on the other keyboard.
        "ъхэё",
    ],
)
def test_any_other_question_is_text(client, query):
    make.person()
    response = search(client, query)
    assert response.status_code == 200
    assert "<script>" not in response.text
    assert parsed(response).find(".//main//form//input").get("value").split() == (
        query.replace("\x01\x1f", " ").split()
    )


def test_more_than_twenty_of_a_kind_are_not_shown_but_told(client):
    for number in range(20):
        make.person(f"ann-p{number:02}")
    assert "More was found" not in main(search(client, "ann"))
    make.person("ann-last")
    response = search(client, "ann")
    assert main(response).count("More was found") == 1
    assert sum(address.startswith("/people/") for address in links(response)) == 20


def test_no_search_costs_more_queries_with_more_rows(client):
    def add(number):
        for _ in range(number):
            house = make.chamber(make.parliament(), name_en="Common house")
            make.name(house, "Common name")
            make.name(house.parliament, "Common name", name_ru="Общее имя")
            make.allocation(house)
            make.person(family_name_en="Common")
            make.topic(name_en="Common")
            make.article(headline_en="Common [[total]]", body_en="<p>[[parliament:none]]</p>")

    addresses = ("/search/?q=common", "/search/?q=common&order=best", "/search/?q=common+-other")
    add(1)
    before = costs(client, addresses)
    add(4)
    assert costs(client, addresses) == before


def test_a_person_is_told_with_what_somebody_is_or_was(client):
    belarus = make.parliament("belarus", name_en="National Assembly")
    kogut, ann = make.person("viktor-kogut"), make.person("ann-kogut")
    make.office(kogut, "representative", parliament=belarus)
    make.membership(ann, make.chamber(belarus), valid_to=MARCH)
    page = main(search(client, "kogut"))
    assert "Viktor Kogut Plenipotentiary representative, National Assembly" in page
    assert (
        "Ann Kogut On this day none; earlier: Member of the delegation: National Assembly, House, "
        "until 1 March 2024"
    ) in page


def test_the_header_is_the_same_on_the_page_of_the_search(client):
    headers = [
        {words(a) for a in parsed(client.get(address)).find(".//header").iter("a")}
        for address in ("/search/", "/people/")
    ]
    assert headers[0] == headers[1]


def test_a_written_page_is_found_with_the_others_of_its_kind(client):
    body = "<p>We set no cookies</p><p>at all</p>"
    Page.objects.update_or_create(slug="privacy", defaults={"title_en": "Privacy", "body_en": body})
    response = search(client, "cookie")
    assert by_id(response, "page:page") == "Written pages"
    assert links(response)["/privacy/"] == "Privacy"
    assert marks(response) == ("We set no cookies · at all", ["cookies"])


def test_the_server_too_takes_a_question_that_is_far_too_long(base_url, transactional_db):
    query = urlencode({"q": "слово " * 200})
    with urlopen(f"{base_url}/ru/search/?{query}", timeout=30) as response:
        assert response.status == 200
        assert 'aria-invalid="true"' in response.read().decode()


def test_results_are_kept_out_of_search_engines(client):
    assert '<meta name="robots" content="noindex">' in search(client, "ann").text
