"""The list of delegations, and one of them."""

import datetime as dt

import pytest
import time_machine

from delegations.models import Delegation
from tests import make
from tests.reading import by_id, links, main, parsed, table, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def test_a_delegation_shows_its_seats_by_chamber_and_their_sum(client, belarus, houses):
    house, council = houses
    make.allocation(house, 7)
    make.allocation(council, 4)
    page = main(client.get("/delegations/belarus/"))
    assert page.startswith("Delegation Belarus National Assembly")
    assert "11 seats: House 7, Council 4" in page
    assert "Chamber Seats House 7 Council 4 Total 11" in page


def test_what_is_unknown_is_called_unknown_and_said_once(client, belarus):
    make.chamber(belarus)
    page = main(client.get("/delegations/belarus/"))
    assert "Seats: not recorded" in page
    assert (
        "Not recorded: plenipotentiary representative; head, deputy heads and alternates; names of"
        " the members; offices of the Assembly held by its people; participation in the Assembly;"
        " websites." in page
    )
    # The third is the link to what it means.
    assert page.lower().count("not recorded") == 3


def test_the_answer_of_a_delegation_is_who_represents_and_who_heads_it(client, belarus, houses):
    ann, bob = make.person("ann-a"), make.person("bob-b")
    document = make.source()
    make.allocation(houses[0], source=document)
    make.office(ann, "representative", parliament=belarus, source=document)
    head = make.role(bob, "head", parliament=belarus, source=document, valid_from=MARCH)
    response = client.get("/delegations/belarus/")
    [answers, *_rest] = parsed(response).find(".//main").iter("ul")
    assert [words(each) for each in answers] == [
        "Plenipotentiary representative Ann A",
        "Head of the delegation Bob B since 1 March 2024",
    ]
    assert by_id(response, head.code).endswith("since 1 March 2024")
    listed = main(client.get("/delegations/"))
    assert "Plenipotentiary representative: Ann A Head of the delegation: Bob B" in listed


def test_what_most_facts_share_is_said_once_and_what_differs_beside_it(client, belarus, houses):
    shared = {"source": make.source(title_en="List"), "valid_from": MARCH}
    _house, council = (make.allocation(house, **shared) for house in houses)
    for _ in range(3):
        make.role(make.person(), "alternate", parliament=belarus, **shared)
    page = main(client.get("/delegations/belarus/"))
    said = "Where nothing else is said: since 1 March 2024; not checked yet; source 1."
    assert said in page
    assert page.partition("Days from which")[0].count("since 1 March 2024") == 1
    # Its own website has another source, and no date.
    assert "(language of the site not recorded) dates not given; source 2" in page
    council.delete()
    make.allocation(houses[1], source=shared["source"], valid_from=MARCH + DAY)
    page = main(client.get("/delegations/belarus/"))
    assert said in page
    assert "Council: 7 members since 2 March 2024 Deputy heads" in page


def test_where_no_value_is_that_of_most_facts_none_is_said_for_all(client, belarus, houses):
    for number, house in enumerate(houses):
        house.website = ""
        house.save()
        make.allocation(house, valid_from=MARCH + number * DAY, checked_on=MARCH + number * DAY)
    page = main(client.get("/delegations/belarus/"))
    assert "nothing else is said" not in page
    assert "All of this" not in page
    for number, (house, title) in enumerate(zip(houses, ("deputies", "members"), strict=True), 1):
        said = f"since {number} March 2024; checked on {number} March 2024; source {number}"
        assert f"{house.name_en}: 7 {title} {said}" in page


def test_lists_say_what_only_may_be_and_count_nothing_by_it(client, belarus, houses):
    undated = make.source(published_on=None)
    make.allocation(houses[0], source=undated)
    for address in ("/", "/delegations/"):
        today, before = (main(client.get(address + asked)) for asked in ("", "?date=1950-01-01"))
        assert "7 seats in the 1 delegation on record" in today
        assert "possibly" not in today
        assert "possibly 7 deputies: House" in before
        assert "Seats: not recorded for this day." in before
        assert "7 seats" not in before


def test_a_chamber_that_was_there_is_named_where_the_seats_of_its_day_are_not_recorded(
    client, belarus, houses
):
    undated = make.source(published_on=None)
    for each, first in zip(houses, (MARCH, None), strict=True):
        make.allocation(each, source=undated)
        each.source, each.valid_from, each.website = undated, first, ""
        each.save()
    page = main(client.get(f"/delegations/belarus/?date={MARCH + DAY}"))
    assert "Seats: not recorded for this day Chamber House since 1 March 2024;" in page
    # Since when the other has been there nobody says, nor since when either has had its seats.
    assert "Chamber Council" not in page
    assert "possibly 7" not in page.partition("Possibly on")[0]
    assert "until when, some of these facts hold" in page
    before = main(client.get(f"/delegations/belarus/?date={MARCH - DAY}"))
    assert "Chamber House" not in before
    assert "until when, these facts hold" in before
    # Today the table of the seats names them.
    assert "Chamber House" not in main(client.get("/delegations/belarus/"))


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_delegation_leads_to_what_its_words_mean(client, belarus, prefix):
    assert f"{prefix}/about/" in links(client.get(f"{prefix}/delegations/belarus/"))


def test_a_source_says_what_of_it_is_unknown(client, belarus):
    make.participation(belarus, source=make.source(title_en="A list", published_on=None))
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
    assert by_id(response, allocation.code) == "7"
    said = "All of this: since 1 March 2024; checked on 3 March 2024; source 1."
    assert said in main(response)
    assert by_id(response, "page:source-1").removesuffix(" ↑") == (
        "Decision. The House. https://example.org/decision Dated 1 March 2024."
        " Read on 2 March 2024."
    )
    cited = [a.get("href") for a in parsed(response).iter("a") if words(a) == "source 1"]
    assert cited == ["#page:source-1"]


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
    page = main(client.get("/delegations/"))
    assert "All of this: since 2 March 2024; not checked yet; source 1." in page
    assert "Participation: observer Seats: not recorded" in page
    belarus.participations.all().delete()
    make.participation(belarus)
    page = main(client.get("/delegations/"))
    assert "All of this: dates not given; not checked yet; source 1." in page
    assert "Participation: member" in page


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
    assert page.count("Not recorded: participation in the Assembly; names of the members;") == 1
    assert "Participation: not recorded" not in page
    make.participation(belarus)
    page = main(client.get("/delegations/"))
    assert "Participation: member" in page
    assert page.count("Participation: not recorded") == 1
    gaps = "Not recorded: names of the members; plenipotentiary representatives; heads of the"
    assert gaps in page


def test_who_is_missing_in_some_delegations_is_named_where_a_row_or_a_card_is_silent(
    client, belarus
):
    make.parliament("armenia")
    make.participation(make.parliament("utopia"), status="not_participating")
    person = make.person(given_name_en="Ann", family_name_en="Example")
    make.office(person, parliament=belarus, function="representative")
    make.role(person, parliament=belarus)
    for address in ("/delegations/", "/"):
        page = main(client.get(address))
        assert (
            "plenipotentiary representatives (Armenia); heads of the delegations (Armenia)." in page
        )
        assert "possibly" not in page
        page = main(client.get(address, {"date": "1900-01-01"}))
        assert "Plenipotentiary representative: possibly Ann Example" in page
        assert "Head of the delegation: possibly Ann Example" in page


def test_a_parliament_that_does_not_take_part_is_said_to(client, belarus):
    since = {"valid_from": MARCH, "valid_to": MARCH + DAY}
    make.participation(belarus, "not_participating", **since)
    said = "The parliament does not take part in the Assembly. 1 March 2024 to 2 March 2024"
    assert said in main(client.get("/delegations/belarus/?date=2024-03-02"))
    assert "not take part" not in main(client.get("/delegations/belarus/?date=2024-03-03"))
    listed = main(client.get("/delegations/?date=2024-03-02"))
    assert "National Assembly Participation: not participating" in listed


@pytest.mark.parametrize(
    ("address", "title", "lasting"),
    [
        (
            "/delegations/belarus/",
            "Delegation: National Assembly",
            "/delegations/belarus/changes/on-record/?date=2024-03-02&version=",
        ),
        ("/parliaments/belarus/", "National Assembly", "/parliaments/belarus/?date=2024-03-02"),
        ("/people/ann-a/", "Ann A", "/people/ann-a/?date=2024-03-02"),
        ("/delegations/", "Delegations", "/changes/on-record/?date=2024-03-02&version="),
    ],
)
def test_a_page_says_how_it_is_quoted(client, belarus, address, title, lasting):
    make.office(make.person("ann-a"), "representative", parliament=belarus, valid_from=MARCH)
    make.chamber(belarus, valid_from=MARCH)
    response = client.get(f"{address}?date=2024-03-02")
    [quoted] = parsed(response).findall(".//p[@class='citation__line']")
    text = words(quoted)
    assert text.startswith(f"{title}. As of 2 March 2024. In: CSTO PA [online] [viewed ")
    assert f"]. Available from: http://testserver{lasting}" in text
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


def test_a_delegation_leads_to_its_own_tables_and_to_those_of_all_on_the_day(
    client, belarus, houses
):
    make.allocation(houses[0], 7, valid_from=MARCH)
    make.allocation(make.chamber(make.parliament("other"), name_en="Other"), 3, valid_from=MARCH)

    def tables(day):
        page = links(client.get("/delegations/belarus/", {"date": day}))
        return {each.partition("?")[0].rpartition("/")[2]: each for each in page if ".csv" in each}

    def column(address, name):
        return {row[name] for row in table(client.get(address))}

    found = tables(MARCH)
    assert set(found) == {"on-record.csv", "on-record-people.csv", "composition.csv"}
    own, of_all = found["on-record.csv"], found["composition.csv"]
    assert column(own, "delegation") == {"belarus"}
    assert column(own, "seats") == {"7", ""}
    assert column(of_all, "seats") == {"7", "3", ""}
    # The day of the page, and not the one after it.
    assert column(tables(MARCH - DAY)["on-record.csv"], "seats") == {""}
    make.membership(make.person("ann-a"), houses[0], valid_from=MARCH)
    found = tables(MARCH)
    assert column(found["on-record-people.csv"], "person") == {"ann-a"}
    assert column(found["memberships.csv"], "person_code") == {"ann-a"}
    assert "memberships.csv" not in tables(MARCH - DAY)
