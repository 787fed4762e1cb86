"""The pages of delegations, parliaments and people."""

import datetime as dt

import pytest
import time_machine

from delegations.models import Delegation
from tests import make
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, without_language, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def belarus():
    return make.parliament(
        "belarus", name_en="National Assembly", state_en="Belarus", name_ru="", state_ru=""
    )


def bicameral(parliament, **fields):
    return (
        make.chamber(parliament, name_en="House", house="lower", **fields),
        make.chamber(parliament, name_en="Council", house="upper", member_title="member"),
    )


# One delegation


def test_a_delegation_shows_its_seats_by_chamber_and_their_sum(client, belarus):
    house, council = bicameral(belarus)
    make.allocation(house, 7)
    make.allocation(council, 4)
    page = main(client.get("/delegations/belarus/"))
    assert "7 deputies: House" in page
    assert "4 members: Council" in page
    assert "11 seats in all" in page


def test_one_corrected_row_corrects_every_page(client, belarus):
    allocation = make.allocation(make.chamber(belarus), 7)
    allocation.seats = 8
    allocation.save()
    for address in ("/delegations/belarus/", "/delegations/", "/", "/search/?q=belarus"):
        assert "8 deputies" in main(client.get(address)), address
        assert "7 deputies" not in main(client.get(address)), address
    assert "8 seats in the 1 delegation on record" in main(client.get("/delegations/"))
    assert "8" in by_id(client.get("/ru/delegations/belarus/"), allocation.code)


def test_what_is_unknown_is_called_unknown(client, belarus):
    make.chamber(belarus, source=make.source(title_en="A list"))
    response = client.get("/delegations/belarus/")
    page = parsed(response).find(".//main")
    told = {}
    for heading in page.iter("h3"):
        told[words(heading)] = heading
    assert main(response).count("not recorded") >= len(told) == 6
    assert "0" not in words(page).replace("2024-03-01", "").split()
    source = by_id(response, "source-1")
    assert source == (
        "A list. Publisher not known; address not known; date of the document not known;"
        " day of reading not recorded."
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
    assert by_id(response, "source-1") == (
        "Decision. The House; https://example.org/decision; dated 1 March 2024;"
        " read on 2 March 2024."
    )
    [item] = [each for each in parsed(response).iter("li") if each.get("id") == allocation.code]
    assert [a.get("href") for a in item.iter("a")] == ["#source-1"]


def test_sources_are_listed_once_each(client, belarus):
    source = make.source()
    house = make.chamber(belarus, source=source)
    make.allocation(house, source=source)
    make.participation(belarus, source=make.source())
    response = client.get("/delegations/belarus/")
    assert by_id(response, "source-2")
    assert by_id(response, "source-3") is None


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


def test_participation_and_members_of_the_day(client, belarus):
    house = make.chamber(belarus)
    make.participation(belarus, "observer", valid_from=MARCH)
    make.membership(make.person("ann-a"), house, valid_to=MARCH)
    make.membership(make.person("bob-b"), house, valid_from=MARCH + DAY)
    before = main(client.get("/delegations/belarus/?date=2024-02-29"))
    after = main(client.get("/delegations/belarus/?date=2024-03-02"))
    assert "Ann A" in before
    assert "Bob B" not in before
    assert "Ann A" not in after
    assert "Bob B" in after
    assert "Observer since 1 March 2024" in after
    assert "Observer since" not in before


@pytest.mark.parametrize("address", ["/delegations/belarus/", "/parliaments/belarus/"])
def test_a_parliament_of_one_chamber_never_says_chamber(client, belarus, address):
    assert "hamber" not in main(client.get(address))
    make.allocation(make.chamber(belarus, name_en="", website="https://house.example/"))
    assert "hamber" not in main(client.get(address))
    make.chamber(belarus, house="upper")
    assert "hamber" in main(client.get(address))


# As of a day


def test_a_page_is_asked_as_of_a_day(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + DAY)
    for date, seats in ("2024-03-01", "6 deputies"), ("2024-03-02", "7 deputies"):
        for address in ("/delegations/belarus/", "/delegations/"):
            response = client.get(f"{address}?date={date}")
            assert f"as of {date[-1]} March 2024" in main(response)
            assert seats in main(response).partition("On other days")[0]
            assert '<meta name="robots" content="noindex">' in response.text
            assert f'<link rel="canonical" href="http://testserver{address}">' in response.text
    today = client.get("/delegations/belarus/")
    assert "noindex" not in today.text
    assert "7 deputies" in main(today).partition("On other days")[0]


@pytest.mark.parametrize(
    "date", ["x", "2024-13-01", "01.03.2024", "1492-01-01", "9999-12-31", "%00", "0"]
)
@pytest.mark.parametrize(
    "address", ["/delegations/belarus/", "/parliaments/belarus/", "/delegations/"]
)
def test_a_misread_day_is_told_at_its_field(client, belarus, address, date):
    response = client.get(f"{address}?date={date}")
    assert response.status_code == 200
    [field] = [each for each in parsed(response).iter("input") if each.get("name") == "date"]
    assert field.get("aria-invalid") == "true"
    assert by_id(response, field.get("aria-describedby"))
    assert "noindex" in response.text


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_misread_day_shows_todays_facts(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + DAY)
    page = main(client.get("/delegations/belarus/?date=2024-02-31"))
    assert "As of today, 1 March 2024." in page
    assert "6 deputies" in page.partition("On other days")[0]


def test_an_unknown_start_is_marked_and_an_undated_fact_headed_so(client, belarus):
    house, council = bicameral(belarus)
    make.allocation(house, 7)
    page = main(client.get("/delegations/belarus/"))
    assert "Composition: on record, undated" in page
    make.allocation(council, 4, valid_to=MARCH)
    page = main(client.get("/delegations/belarus/?date=2024-02-29"))
    assert "Composition: on record, in part undated" in page
    assert "until 1 March 2024, start not known" in page
    for address in ("/", "/delegations/", "/delegations/belarus/", "/parliaments/belarus/"):
        assert "current" not in main(client.get(address)).lower()


def test_every_fact_is_found_where_its_address_leads(client, belarus):
    house = make.chamber(belarus)
    ended = {"valid_from": MARCH, "valid_to": MARCH + DAY}
    facts = [
        house,
        make.chamber(belarus, **ended),
        make.allocation(house),
        make.allocation(make.chamber(belarus), **ended),
        make.office(function="representative", parliament=belarus),
        make.office(**ended),
        make.membership(chamber_=house),
        make.membership(chamber_=house, **ended),
    ]
    for fact in facts:
        address, _, anchor = fact.get_absolute_url().partition("#")
        assert anchor == fact.code
        assert by_id(client.get(address), anchor), fact


# Lists


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
    assert "No delegation was found." in main(client.get("/delegations/"))
    make.chamber(make.parliament("armenia"))
    page = main(client.get("/delegations/"))
    assert "Seats: not recorded." in page
    assert "0 seats" not in page


def test_parliaments_are_listed_with_their_chambers_of_today(client, belarus):
    bicameral(belarus)
    make.chamber(belarus, name_en="Old House", valid_to=MARCH)
    assert "has 2 chambers on this day" in main(client.get("/parliaments/belarus/"))
    make.chamber(make.parliament("kyrgyzstan", name_en="Council"), name_en="Single House")
    page = main(client.get("/parliaments/"))
    assert "National Assembly Belarus House Council" in page
    assert "Old House" not in page
    assert "Single House" not in page


def test_a_parliament_shows_its_chambers_through_time(client, belarus):
    old = make.chamber(belarus, name_en="Old", valid_to=MARCH, valid_to_is_latest=True)
    new = make.chamber(belarus, name_en="New", valid_from=MARCH + DAY)
    make.allocation(old, 6, valid_to=MARCH)
    make.allocation(new, 7, valid_from=MARCH + DAY)
    page = main(client.get("/parliaments/belarus/?date=2024-03-02"))
    assert page.index("On 2 March 2024") < page.index("New") < page.index("7 deputies")
    assert page.index("7 deputies") < page.index("Earlier") < page.index("Old")
    assert "until no later than 1 March 2024, start not known" in page


def test_people_are_sorted_as_the_reader_sees_them(client):
    make.person("a-zet", family_name_ru="Аист")
    make.person("b-abel", family_name_ru="Яковлев")
    assert list(links(client.get("/people/")).values()) == ["B Abel", "A Zet"]
    assert list(links(client.get("/ru/people/")).values()) == ["Аист", "Яковлев"]


def test_people_come_in_pages(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    first = client.get("/people/")
    names = list(links(first).values())
    [more] = [address for address in links(first) if address.startswith("?page=")]
    assert len(names) == 21
    assert "Ann P20" in main(client.get(f"/people/{more}"))
    assert "This is the first page" in main(client.get("/people/?page=nonsense"))


# One person


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_person_never_holds_what_has_ended(client, belarus):
    ann = make.person("ann-a")
    make.office(ann, "chairman", valid_from=MARCH - DAY, valid_to=MARCH)
    make.office(ann, "executive_secretary", valid_to=MARCH - DAY)
    make.office(ann)
    make.membership(ann, make.chamber(belarus), valid_from=MARCH + DAY)
    page = main(client.get("/people/ann-a/"))
    held, _, rest = page.partition("On record, undated")
    undated, _, rest = rest.partition("Earlier")
    ended, _, later = rest.partition("Later")
    assert "Chairman of the Assembly" in held.partition("On 1 March 2024")[2]
    assert "Deputy Executive Secretary" in undated
    assert "Executive Secretary until 29 February 2024, start not known" in ended
    assert "Member of the delegation: National Assembly, House since 2 March 2024" in later
    assert "Executive Secretary until" not in main(client.get("/people/"))


# What every page keeps


def test_drafts_are_at_none_of_these_pages(client, belarus):
    ann = make.person("ann-a")
    concerned = {"delegations": [Delegation.objects.get()], "people": [ann]}
    addresses = ("/", "/delegations/belarus/", "/people/ann-a/", "/search/?q=headline")
    make.article("public", **concerned)
    make.article("secret", status="draft", **concerned)
    ahead = dt.datetime.now(dt.UTC) + DAY
    make.article("ahead", published_at=ahead, **concerned)
    for address in addresses:
        response = client.get(address)
        assert "Headline of public" in response.text
        assert "secret" not in response.text
        assert "ahead" not in response.text


def test_only_the_newest_news_stands_on_the_page(client, belarus):
    for number in range(7):
        at = dt.datetime(2024, 3, 1 + number, tzinfo=dt.UTC)
        make.article(f"n{number}", delegations=[Delegation.objects.get()], published_at=at)
    page = client.get("/delegations/belarus/").text
    assert [f"Headline of n{number}" in page for number in range(7)] == [False] * 2 + [True] * 5
    assert 'href="/news/?delegation=belarus"' in page


@pytest.mark.parametrize("name", ["delegations", "parliaments"])
def test_a_renamed_parliament_is_found_again(client, belarus, name):
    belarus.slug = "belarus-2"
    belarus.save()
    response = client.get(f"/{name}/belarus/")
    assert (response.status_code, response["Location"]) == (301, f"/{name}/belarus-2/")
    belarus.delete()
    assert client.get(f"/{name}/belarus-2/").status_code == 410
    assert client.get(f"/{name}/atlantis/").status_code == 404


def test_a_renamed_person_is_found_again(client):
    person = make.person("ann-a")
    person.slug = "ann-b"
    person.save()
    assert client.get("/people/ann-a/")["Location"] == "/people/ann-b/"


def test_english_words_are_marked_on_a_russian_page(client, belarus):
    house, _council = bicameral(belarus, website="https://house.example/")
    source = make.source(title_en="Decision", publisher_en="Printers")
    ann = make.person("ann-a")
    make.allocation(house, source=source)
    make.membership(ann, house)
    make.office(ann, "representative", parliament=belarus)
    make.office(make.person("bob-b"), "chairman")
    make.article("news", delegations=[Delegation.objects.get()], people=[ann])
    written = (
        *("National Assembly", "Belarus", "House", "Council", "Decision", "Printers"),
        *("Ann A", "Bob B", "Headline of news"),
    )
    addresses = ("", "delegations/", "delegations/belarus/", "parliaments/", "people/ann-a/")
    addresses += ("parliaments/belarus/", "people/", "search/?q=a", "search/?q=house")
    for address in addresses:
        body = parsed(client.get(f"/ru/{address}")).find("body")
        unmarked = " ".join(without_language(body, "en"))
        assert any(name in words(body) for name in written), address
        assert not [name for name in written if name in unmarked], address


def fill(parliament, number):
    delegation = Delegation.objects.get(pk=parliament.pk)
    ended = {"valid_to": MARCH}
    for _ in range(number):
        house = make.chamber(parliament, **ended)
        make.allocation(house, **ended)
        person = make.person()
        make.membership(person, house)
        make.office(person)
        make.article(delegations=[delegation], people=[person])
        other = make.parliament()
        for _chamber in range(2):
            make.allocation(make.chamber(other))
        make.office(person, "representative", parliament=other)
        make.participation(other)


def test_no_page_costs_more_queries_with_more_rows(client, belarus):
    make.allocation(make.chamber(belarus))
    ann = make.person("ann-example")
    make.office(ann, "chairman")
    make.office(ann, "representative", parliament=belarus)
    make.participation(belarus)
    fill(belarus, 1)
    addresses = [
        *("/", "/delegations/", "/delegations/?chambers=2&participation=member"),
        *("/delegations/belarus/", "/delegations/belarus/?date=2024-01-01"),
        *("/parliaments/", "/parliaments/belarus/", "/people/", "/people/ann-example/"),
        *("/search/?q=parliament", "/search/?q=house", "/search/?q=example", "/search/?q=h"),
    ]
    few = costs(client, addresses)
    fill(belarus, 199)
    assert costs(client, addresses) == few
