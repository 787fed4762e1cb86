"""The list of delegations, and one of them."""

import datetime as dt
import itertools

import pytest
import time_machine

from delegations.models import Delegation
from tests import make
from tests.reading import by_id, links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def test_a_delegation_shows_its_seats_by_chamber_and_their_sum(client, belarus, houses):
    house, council = houses
    make.allocation(house, 7)
    make.allocation(council, 4)
    page = main(client.get("/delegations/belarus/"))
    assert "7 deputies: House" in page
    assert "4 members: Council" in page
    assert "11 seats in all" in page


def test_what_is_unknown_is_called_unknown(client, belarus):
    make.chamber(belarus)
    response = client.get("/delegations/belarus/")
    body = parsed(response).find(".//section[@aria-labelledby='page:composition']")
    answers = {
        words(heading): words(answer)
        for each in body.iter()
        for heading, answer in itertools.pairwise(each)
        if heading.tag in {"h3", "dt"}
    }
    assert answers == dict.fromkeys(
        [
            "Website",
            *("Seats", "Plenipotentiary representative", "Participation in the Assembly"),
            "Offices of the Assembly held by its representatives and members",
            *("Members of the delegation", "Head, deputy heads and alternates"),
        ],
        "not recorded",
    )


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_delegation_leads_to_what_its_words_mean(client, belarus, prefix):
    assert f"{prefix}/about/" in links(client.get(f"{prefix}/delegations/belarus/"))


def test_a_source_says_what_of_it_is_unknown(client, belarus):
    make.participation(belarus, source=make.source(title_en="A list"))
    response = client.get("/delegations/belarus/")
    assert by_id(response, "page:source-1").removesuffix(" ↑") == (
        "A list. Not known: publisher, address, date of the document, day on which it was read."
    )


def test_an_empty_delegation_is_shown_all_the_same(client, belarus):
    page = main(client.get("/delegations/belarus/"))
    assert "not recorded" in page
    assert "This page states no dated fact." in page


def test_every_fact_leads_to_its_source(client, belarus):
    source = make.source(
        title_en="Decision",
        publisher_en="The House",
        url="https://example.org/decision",
        published_on=MARCH,
        read_on=MARCH + DAY,
    )
    allocation = make.allocation(
        make.chamber(belarus), source=source, valid_from=MARCH, checked_on=MARCH + 2 * DAY
    )
    response = client.get("/delegations/belarus/")
    fact = by_id(response, allocation.code)
    assert "since 1 March 2024; checked on 3 March 2024; source 1" in fact
    assert by_id(response, "page:source-1").removesuffix(" ↑") == (
        "Decision. The House. https://example.org/decision Dated 1 March 2024."
        " Read on 2 March 2024."
    )
    [item] = [each for each in parsed(response).iter("li") if each.get("id") == allocation.code]
    assert [a.get("href") for a in item.iter("a")] == ["#page:source-1"]


def test_a_source_leads_back_to_what_cites_it_first(client, belarus, houses):
    decision = make.source(title_en="Decision")
    for house in houses:
        make.allocation(house, source=decision)
    for address in ("/", "/delegations/", "/delegations/belarus/", "/parliaments/belarus/"):
        tree = parsed(client.get(address))
        links = {a.get("id"): a.get("href") for a in tree.find(".//main").iter("a")}
        [back] = [a.get("href") for a in tree.iter("a") if a.get("class") == "sources__back"][-1:]
        number = back.rpartition("-")[2]
        assert links[back.removeprefix("#")] == f"#page:source-{number}", address


def test_sources_are_listed_once_each(client, belarus):
    source = make.source()
    house = make.chamber(belarus, source=source)
    make.allocation(house, source=source)
    make.participation(belarus, source=make.source())
    response = client.get("/delegations/belarus/")
    assert by_id(response, "page:source-2")
    assert by_id(response, "page:source-3") is None


def test_the_representative_and_those_who_hold_other_offices(client, belarus):
    ann, bob, eve = (make.person(slug) for slug in ("ann-a", "bob-b", "eve-e"))
    make.office(ann, "representative", parliament=belarus)
    make.office(ann)
    make.membership(bob, make.chamber(belarus))
    make.office(bob, "chairman")
    make.office(eve, "executive_secretary")
    page = main(client.get("/delegations/belarus/"))
    assert "Ann A: Deputy Executive Secretary" in page
    assert "Bob B: Chairman of the Assembly" in page
    assert "Eve E" not in page


def test_websites_say_their_language(client, belarus):
    make.chamber(belarus, website="https://house.example/", website_language="ru")
    response = client.get("/delegations/belarus/")
    [link] = [a for a in parsed(response).iter("a") if a.get("href") == "https://house.example/"]
    assert (link.get("rel"), link.get("hreflang")) == ("external", "ru")
    assert "language of the site: Russian" in main(response)


def test_the_sum_of_the_list_is_of_what_is_recorded(client):
    for slug, seats in ("belarus", 11), ("russia", 22):
        make.allocation(make.chamber(make.parliament(slug)), seats)
    page = main(client.get("/delegations/"))
    assert "33 seats in the 2 delegations on record" in page
    assert "The sum is of what is recorded" not in page
    make.chamber(make.parliament("armenia"))
    page = main(client.get("/delegations/"))
    assert "33 seats in the 3 delegations on record" in page
    assert "Not recorded, or not in full, are the seats of: Parliament of Armenia." in page


def test_a_list_without_seats_says_so_and_not_zero(client):
    assert "No delegation is on record." in main(client.get("/delegations/"))
    make.chamber(make.parliament("armenia"))
    page = main(client.get("/delegations/"))
    assert "Seats: not recorded." in page
    assert "0 seats" not in page


def test_the_list_says_that_a_participation_is_undated(client, belarus):
    make.participation(belarus, valid_to=MARCH)
    make.participation(belarus, "observer", valid_from=MARCH + DAY)
    assert "Participation: observer [1] not recorded" in main(client.get("/delegations/"))
    belarus.participations.all().delete()
    make.participation(belarus)
    page = main(client.get("/delegations/"))
    assert "Participation: member, dates not given" in page


def test_a_sum_stands_below_the_list(client, belarus):
    make.allocation(make.chamber(belarus), 7)
    foot = parsed(client.get("/delegations/")).find(".//table/tfoot")
    assert words(foot) == "Total 7"
    make.chamber(make.parliament("armenia"))
    foot = parsed(client.get("/delegations/")).find(".//table/tfoot")
    assert words(foot) == "Total of what is recorded 7"


def test_a_participation_that_is_recorded_nowhere_is_said_once(client, belarus):
    make.parliament("armenia")
    page = main(client.get("/delegations/"))
    assert page.count("Participation in the Assembly: not recorded of any of them.") == 1
    assert "Participation: not recorded" not in page
    make.participation(belarus)
    page = main(client.get("/delegations/"))
    assert "Participation: member" in page
    assert page.count("Participation: not recorded") == 1
    assert "of any of them" not in page


def test_a_parliament_that_does_not_take_part_is_said_to(client, belarus):
    since = {"valid_from": MARCH, "valid_to": MARCH + DAY}
    make.participation(belarus, "not_participating", **since)
    said = "The parliament does not take part in the Assembly. 1 March 2024 to 2 March 2024."
    assert said in main(client.get("/delegations/belarus/?date=2024-03-02"))
    assert "not take part" not in main(client.get("/delegations/belarus/?date=2024-03-03"))
    listed = main(client.get("/delegations/?date=2024-03-02"))
    assert "National Assembly Participation: not participating" in listed


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/delegations/belarus/", "Delegation: National Assembly"),
        ("/parliaments/belarus/", "National Assembly"),
        ("/people/ann-a/", "Ann A"),
        ("/delegations/", "Delegations"),
    ],
)
def test_a_page_says_how_it_is_quoted(client, belarus, address, title):
    make.office(make.person("ann-a"), "representative", parliament=belarus, valid_from=MARCH)
    make.chamber(belarus, valid_from=MARCH)
    response = client.get(f"{address}?date=2024-03-02")
    [quoted] = parsed(response).findall(".//p[@class='citation__line']")
    text = words(quoted)
    assert text.startswith(f"{title}. As of 2 March 2024. In: CSTO PA [online] [viewed ")
    assert "]. Available from: http://testserver/" in text
    assert "2024-03-02" in text
    assert "\n" not in "".join(quoted.itertext())


@time_machine.travel(dt.datetime(2024, 3, 2, 12, tzinfo=dt.UTC))
def test_what_has_no_date_is_quoted_as_undated(client, belarus):
    def quoted():
        page = parsed(client.get("/delegations/belarus/?date=2024-03-02"))
        return words(page.find(".//p[@class='citation__line']"))

    house = make.chamber(belarus)
    make.allocation(house, 7)
    assert "National Assembly. As of 2 March 2024, dates not given. In: CSTO PA" in quoted()
    make.office(make.person("ann-a"), "representative", parliament=belarus, valid_from=MARCH)
    assert "As of 2 March 2024, dates in part not given. In: CSTO PA" in quoted()
    assert "[viewed 2 March 2024]" in quoted()


def test_what_is_quoted_stays_whatever_is_corrected_later(client, belarus):
    with time_machine.travel(dt.datetime(2034, 3, 2, 12, tzinfo=dt.UTC)):
        allocation = make.allocation(make.chamber(belarus), 7)
        quoted = parsed(client.get("/delegations/belarus/")).find(".//div[@class='citation']")
        record, dated = (a.get("href") for a in quoted.iter("a"))
    with time_machine.travel(dt.datetime(2034, 3, 9, 12, tzinfo=dt.UTC)):
        allocation.seats = 8
        allocation.save()
        assert "8 deputies" in main(client.get(f"/delegations/belarus/{dated}"))
        kept = main(client.get(record.removeprefix("http://testserver")))
    assert "7 deputies" in kept
    assert "8 deputies" not in kept


def test_a_list_is_quoted_with_what_narrows_it(client, belarus):
    response = client.get("/delegations/?participation=not-recorded&date=2024-03-02")
    query = "?participation=not-recorded&date=2024-03-02"
    assert f"http://testserver/delegations/{query}" in main(response)
    assert main(client.get(f"/delegations/{query}")) == main(response)


def test_only_the_newest_news_stands_on_the_page(client, belarus):
    for number in range(7):
        at = dt.datetime(2024, 3, 1 + number, tzinfo=dt.UTC)
        make.article(f"n{number}", delegations=[Delegation.objects.get()], published_at=at)
    page = client.get("/delegations/belarus/").text
    assert [f"Headline of n{number}" in page for number in range(7)] == [False] * 2 + [True] * 5
    assert 'href="/news/?delegation=belarus"' in page
