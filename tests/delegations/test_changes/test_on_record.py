"""What the site said about a day, as it was recorded at the end of another."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.utils.http import http_date
from django.utils.timezone import localtime

from cstopa.models.history import because
from delegations.changes.models import LogEntry
from tests import make
from tests.delegations.test_changes.test_log import save
from tests.delegations.test_changes.test_pages import fill
from tests.growth import costs
from tests.reading import links, main, spaced, table

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
HOST = "http://testserver"


@pytest.mark.parametrize(
    ("date", "recorded", "told"),
    [
        ("2024-03-01", "2026-05-05", "7 deputies"),
        ("2024-03-01", "2026-05-06", "6 deputies"),
        ("2023-03-01", "2026-05-06", "not recorded"),
        ("", "", "8 deputies"),
        ("2024-03-01", "", "6 deputies"),
    ],
)
def test_what_the_site_said_then_about_a_day(client, clock, date, recorded, told):
    belarus = make.parliament("belarus", name_ru="Собрание")
    house = make.chamber(belarus, name_en="")
    allocation = make.allocation(house, 7, valid_from=dt.date(2024, 1, 1))
    # 23:59 in Moscow is of the same day there, and 0:01 of the next.
    clock.move_to("2026-05-05T20:59Z")
    make.membership(make.person("ann-a"), house)
    clock.move_to("2026-05-05T21:01Z")
    save(allocation, seats=6, valid_to=dt.date(2024, 12, 31))
    make.allocation(house, 8, valid_from=dt.date(2025, 1, 1))
    response = client.get(
        "/delegations/belarus/changes/on-record/",
        {"date": date, "recorded": recorded},
        follow=True,
    )
    page = main(response)
    assert f"Seats {told}" in page
    assert "Ann A" in page
    assert "Moscow time" in page


def test_the_sentence_says_which_day_is_told_of_and_as_it_was_recorded_when(client):
    belarus = make.parliament("belarus")
    recorded = localtime(belarus.history.get().history_date)
    address = "/delegations/belarus/changes/on-record/"
    response = client.get(f"{address}?date=2024-03-01&version={LogEntry.objects.latest('pk').pk}")
    assert f"about 1 March 2024. It was recorded on {recorded:%-d}" in main(response)
    assert f"{recorded:%H:%M}, Moscow time, and no later correction changes" in main(response)
    response = client.get(f"{address}?date=2024-03-01&version=0")
    assert "Nothing had been recorded here yet." in main(response)
    assert "Nothing was on record of this parliament at that time." in main(response)
    assert "Parliament of Belarus" in main(response)
    assert "/delegations/belarus/?date=2024-03-01" in links(response)
    assert ", 1 March 2024 – CSTO PA</title>" in spaced(response.text)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("date=x", "Write "),
        ("recorded=x", "Write "),
        ("date=1024-01-01", "Ask for a day between 1900 and 2199."),
        ("recorded=2026-05-06", "This day has not come yet"),
        ("recorded=2026-05-05T25:00Z", "Write "),
        ("version=x", "A version of the record is told by its number."),
        ("version=-1", "Ensure this value is greater than or equal to 0."),
        ("version=99999999999999999999999", "The record has no such version yet."),
    ],
)
def test_a_moment_that_is_misread_or_to_come_is_told_at_its_field(client, clock, question, message):
    make.parliament("belarus")
    response = client.get(f"/delegations/belarus/changes/on-record/?{question}")
    assert message in main(response)
    assert "of the record says about" not in main(response)
    data = client.get(f"/delegations/belarus/changes/on-record.json?{question}")
    # What can be read and is not there yet is no misreading.
    assert data.status_code == (409 if "yet" in message else 400)
    assert message in data.text


def test_a_name_is_that_of_the_day_as_it_was_on_record(client, clock):
    belarus = make.parliament("belarus", name_en="Assembly")
    name = make.name(belarus, "Soviet", valid_to=MARCH)
    clock.shift(dt.timedelta(days=1))
    save(name, name_en="Supreme Soviet")
    address = "/delegations/belarus/changes/on-record/"
    for date, recorded, told in [
        ("2024-03-01", "2026-05-05", "Name: Soviet."),
        ("2024-03-01", "2026-05-06", "Name: Supreme Soviet."),
        ("2024-03-02", "2026-05-06", "Name: Assembly."),
    ]:
        question = {"date": date, "recorded": recorded}
        assert told in main(client.get(address, question, follow=True))


def test_a_day_that_lies_ahead_is_said_to_and_kept_by_the_links(client):
    make.chamber(make.parliament("utopia"))
    ahead = {"date": "2190-01-01"}
    page = client.get("/delegations/utopia/changes/on-record/", ahead)
    assert "This day lay ahead then." in main(page)
    assert "/delegations/utopia/?date=2190-01-01" in links(page)
    assert "lay ahead" not in main(client.get("/delegations/utopia/changes/on-record/"))


ON_RECORD = [
    "/delegations/belarus/changes/on-record/",
    "/delegations/belarus/changes/on-record.json",
]


def newest(client, address, **question):
    """Return the address of what the newest version says, and the bytes that it answers with."""
    address = f"{address}?{urlencode(question | {'version': LogEntry.objects.latest('pk').pk})}"
    return address, client.get(address).content


def test_what_is_offered_for_quoting_never_changes(client, clock):
    """Not in the same second, nor by a clock that goes back, nor by what facts only name."""
    belarus = make.parliament("belarus", name_ru="Собрание")
    source = make.source(title_en="Decision", published_on=MARCH)
    house = make.chamber(belarus, source=source, website="https://example.org/")
    ann = make.person("ann-a")
    allocation = make.allocation(house, 7, source=source)
    make.membership(ann, house, source=source)
    # The address to quote, and the data of the page.
    offered = [each for each in links(client.get("/delegations/belarus/")) if "version=" in each]
    assert len(offered) == 4
    versions = [(each, client.get(each.removeprefix(HOST)).content) for each in offered]

    def changed():
        versions.extend(newest(client, each, date="2026-05-05") for each in ON_RECORD)
        versions.append(newest(client, ON_RECORD[0]))

    changed()
    for row, values in [
        (allocation, {"seats": 12}),
        (ann, {"family_name_en": "Other", "patronymic_en": "P"}),
        (source, {"title_en": "Retitled", "published_on": None}),
        (house, {"website": "https://example.com/", "member_title": "member"}),
        (belarus, {"name_en": "Renamed", "state_en": "Other"}),
    ]:
        save(row, **values)
        changed()
        clock.shift(-3600)
        make.membership(make.person(), house)
        changed()
    with because("It was another’s."):
        allocation.delete()
    changed()
    clock.shift(dt.timedelta(days=400))
    for address, then in versions:
        assert client.get(address.removeprefix(HOST)).content == then, address
    assert len({then for _address, then in versions}) > len(versions) / 2


def test_an_address_with_a_moment_leads_to_the_version_before_it(client, clock):
    belarus = make.parliament("belarus")
    first = LogEntry.objects.latest("pk").pk
    clock.shift(60)
    make.participation(belarus)
    last = LogEntry.objects.latest("pk").pk
    for question, day, version in [
        ("recorded=2026-05-05", "2026-05-05", last),
        ("date=2024-03-01&recorded=2026-05-05", "2024-03-01", last),
        ("recorded=2026-05-04", "2026-05-04", 0),
        (f"recorded={belarus.history.get().history_date:%Y-%m-%dT%H:%M:%SZ}", "2026-05-05", first),
    ]:
        for address in ON_RECORD:
            response = client.get(f"{address}?{question}")
            assert response.status_code == 302
            assert response["Location"] == f"{address}?date={day}&version={version}"


def test_a_clock_that_went_back_leaves_out_nothing_that_has_the_moment(client, clock):
    """The moments of the versions are 12:00, 15:00 (too early), 12:30 and 13:00, of Moscow."""
    house = make.chamber(make.parliament("belarus"))
    allocation = make.allocation(house, 5)
    versions = [LogEntry.objects.latest("pk").pk]
    for minutes, seats in ((180, 6), (-150, None), (30, 8)):
        clock.shift(dt.timedelta(minutes=minutes))
        if seats:
            save(allocation, seats=seats)
        else:
            make.participation(make.parliament("armenia"))
        versions.append(LogEntry.objects.latest("pk").pk)
    first, early, of_another, last = versions
    clock.move_to("2026-05-05T14:00Z")
    for time, version, seats in [
        ("09:00", first, 5),
        ("09:20", first, 5),
        # Recorded before what has this moment, it was on record.
        ("09:30", of_another, 6),
        ("09:59", of_another, 6),
        ("10:00", last, 8),
        ("13:00", last, 8),
    ]:
        found = client.get(f"{ON_RECORD[0]}?recorded=2026-05-05T{time}Z")
        assert found["Location"].endswith(f"&version={version}"), time
        moment = dt.datetime.fromisoformat(f"2026-05-05T{time}+00:00")
        accepted = {"accept-datetime": http_date(moment.timestamp())}
        gate = client.get("/timegate/delegations/belarus/", headers=accepted)
        # To the last one of the delegation itself.
        own = early if version == of_another else version
        assert gate["Location"].endswith(f"&version={own}"), time
        for led in (found, gate):
            assert f"{seats} deputies" in main(client.get(led["Location"].removeprefix(HOST)))
    # Whatever the clock says, the last version is the last.
    clock.move_to("2026-05-05T08:00Z")
    gate = client.get("/timegate/delegations/belarus/")
    assert gate["Location"].endswith(f"&version={last}")


def test_a_version_before_people_were_in_the_log_has_them_as_they_were_first(client):
    ann = make.person("ann-a")
    member = make.membership(ann, make.chamber(make.parliament("belarus")))
    save(ann, family_name_en="Later")
    LogEntry.objects.exclude(kind__in=["person", "source"]).update(decision=None)
    LogEntry.objects.filter(kind__in=["person", "source"]).delete()
    before = LogEntry.objects.latest("pk").pk
    call_command("rebuild_changes")
    assert LogEntry.objects.latest("pk").pk > before
    save(ann, family_name_en="Last")
    addresses = [f"{ON_RECORD[0]}?version={number}" for number in (before, "")]
    assert "Ann A" in main(client.get(addresses[0]))
    assert "Ann Last" in main(client.get(addresses[1]))
    member.delete()
    assert "Ann A" in main(client.get(addresses[0]))


def test_all_delegations_and_the_offices_of_the_assembly_are_told_of_a_version(client, clock):
    belarus = make.parliament("belarus", name_ru="Собрание")
    source = make.source(title_en="Decision")
    house = make.chamber(belarus, name_en="House", source=source)
    allocation = make.allocation(house, 7, source=source)
    make.membership(make.person("ann-a"), house)
    make.office(make.person("bob-b"), function="chairman")
    make.participation(make.parliament("armenia"), status="observer")
    version = LogEntry.objects.latest("pk").pk
    clock.shift(60)
    save(allocation, seats=9)
    query = f"?date=2026-05-05&version={version}"
    response = client.get(f"/changes/on-record/{query}")
    page = main(response)
    for words in (
        "7 deputies",
        "Chairman of the Assembly: Bob B",
        "Participation in the Assembly: observer",
    ):
        assert words in page
    assert f"/delegations/belarus/changes/on-record/{query}" in links(response)
    assert "9 deputies" in main(client.get("/changes/on-record/"))
    data = client.get(f"/changes/on-record.json{query}").json()
    assert data["version"] == version
    assert [each["seats"] for each in data["delegations"]] == [None, 7]
    [office] = data["offices"].values()
    assert data["people"][office["person"]]["family_name_en"] == "B"
    assert data["sources"][source.code]["title_en"] == "Decision"

    def rows(address):
        return table(client.get(address + query))

    for start, of_all in (("/", True), ("/delegations/belarus/", False)):
        [chamber] = rows(f"{start}changes/on-record.csv")
        assert (chamber["chamber"], chamber["seats"], chamber["members"]) == (house.code, "7", "1")
        assert chamber["source_title_en"] == "Decision"
        held = {each["person"]: each for each in rows(f"{start}changes/on-record-people.csv")}
        assert {*held} == ({"ann-a", "bob-b"} if of_all else {"ann-a"})
        assert held["ann-a"]["chamber"] == house.code
    [quoted] = [each for each in links(client.get("/delegations/")) if "version=" in each]
    assert quoted.startswith("http://testserver/changes/on-record/?date=2026-05-05&version=")


def test_an_only_chamber_has_the_name_of_its_parliament_in_a_table(client):
    utopia = make.parliament("utopia", name_ru="Собрание Утопии")
    make.allocation(make.chamber(utopia, name_en=""))
    for address in ("/changes/on-record.csv", "/delegations/utopia/changes/on-record.csv"):
        [row] = table(client.get(address))
        names = [row[f"chamber_name_{language}"] for language in ("en", "ru")]
        assert names == [utopia.name_en, utopia.name_ru]


def test_a_table_tells_seats_that_only_may_have_been_apart_and_names_what_is_not_recorded(client):
    undated = {"valid_from": None, "checked_on": None, "source": make.source(published_on=None)}
    belarus = make.parliament("belarus")
    house = make.chamber(belarus, code="house", **undated)
    make.allocation(house, 7, code="seats", **undated)
    council = make.chamber(belarus, code="council", house="upper", name_en="Council", **undated)
    make.membership(chamber_=council, valid_from=MARCH)
    make.chamber(belarus, code="other", house="lower", name_en="Other", **undated)
    names = ("chamber", "holds", "seats", "allocation", "members")
    for address in ("/changes/on-record.csv", "/delegations/belarus/changes/on-record.csv"):

        def said(day, address=address):
            rows = table(client.get(f"{address}?date={day}"))
            return {tuple(row[name] for name in names) for row in rows}

        possible = {("house", "false", "7", "seats", ""), ("other", "false", "", "", "")}
        assert said("2021-03-01") == possible | {("council", "false", "", "", "")}
        assert said(MARCH) == possible | {("council", "true", "", "", "1")}
    page = main(client.get("/delegations/belarus/changes/on-record/?date=2021-03-01"))
    assert "7 deputies" in page


def test_a_version_is_answered_at_three_times_the_cost_of_today_at_most(client):
    belarus = make.parliament("belarus")
    for _ in range(3):
        fill(belarus, 4)
    pairs = [
        ("/delegations/belarus/", "/delegations/belarus/changes/on-record/"),
        ("/api/delegations/belarus/", "/delegations/belarus/changes/on-record.json"),
        ("/delegations/", "/changes/on-record/"),
    ]
    version = LogEntry.objects.latest("pk").pk - 20
    pairs = [(today, f"{then}?version={version}") for today, then in pairs]
    cost = costs(client, [address for pair in pairs for address in pair])
    assert {then: cost[then] for today, then in pairs if cost[then] > 3 * cost[today]} == {}
