"""The log: which version is an entry, of what kind, and in what words."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from cstopa.models.history import because
from delegations.models import Parliament
from tests import make
from tests.reading import links, main, parsed, without_language, words

pytestmark = pytest.mark.django_db

MARCH, MAY = dt.date(2024, 3, 1), dt.date(2024, 5, 9)
RECORDED, ENDED, COMPLETED, CORRECTED, REMOVED = (
    *("Recorded", "End recorded", "Completed"),
    *("Corrected", "Removed"),
)


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with because("It was misread."):
        row.save()


def entries(client, address="/changes/", **question):
    """Return the words of each entry of a page."""
    response = client.get(address, question)
    assert response.status_code == 200
    return [
        words(item) for item in parsed(response).iter("li") if item.get("class") == "changes__item"
    ]


def kinds(client, address="/changes/"):
    """Return what was done, as it is told of each entry."""
    return [
        words(each)
        for each in parsed(client.get(address)).iter("strong")
        if "changes__change" in each.get("class", "")
    ]


# What was on record, what was saved over it, and what the log calls that.
CASES = [
    ({}, {"valid_from": MARCH}, [COMPLETED]),
    ({}, {"valid_to": MAY}, [ENDED]),
    ({}, {"valid_from": MARCH, "valid_to": MAY}, [ENDED]),
    ({"valid_to": MAY, "valid_to_is_latest": True}, {"valid_to_is_latest": False}, [COMPLETED]),
    ({"valid_to": MAY}, {"valid_to": None}, [CORRECTED]),
    ({"valid_to": MAY}, {"valid_to": MARCH}, [CORRECTED]),
    ({"valid_from": MARCH}, {"valid_from": MAY}, [CORRECTED]),
    ({"valid_from": MARCH}, {"valid_from": None}, [CORRECTED]),
    ({}, {"seats": 6}, [CORRECTED]),
    ({}, {"seats": 6, "valid_to": MAY}, [CORRECTED]),
    ({}, {"checked_on": MAY}, []),
    ({}, {}, []),
]


@pytest.mark.parametrize(("before", "after", "told"), CASES)
def test_a_version_is_called_by_what_it_did(client, before, after, told):
    row = make.allocation(make.chamber(make.parliament("belarus")), **before)
    save(row, **after)
    save(row, checked_on=MARCH)
    assert kinds(client, "/delegations/belarus/changes/") == [*told, *[RECORDED] * 3]


def test_another_source_alone_says_nothing_new_to_readers(client):
    row = make.allocation(make.chamber(make.parliament("belarus")))
    save(row, source=make.source())
    assert kinds(client) == [RECORDED] * 3


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"name_ru": "Собрание"}, COMPLETED),
        ({}, {"name_en": "Diet"}, CORRECTED),
        ({}, {"state_en": "Republic"}, CORRECTED),
        ({"name_ru": "Дума"}, {"name_ru": ""}, CORRECTED),
        ({}, {"slug": "new"}, None),
    ],
)
def test_the_undated_name_of_a_parliament_is_in_the_log(client, before, after, told):
    row = make.parliament("old", **before)
    save(row, **after)
    assert kinds(client) == ([told] if told else []) + [RECORDED]


def test_every_kind_of_fact_is_in_the_log(client):
    belarus, person = make.parliament("belarus"), make.person("viktor-kogut")
    house = make.chamber(belarus, house="lower")
    rows = [
        make.name(belarus, "Supreme Council"),
        make.name(house, "Diet"),
        make.allocation(house),
        make.roster(house),
        make.membership(person, house),
        make.role(person, "head", parliament=belarus),
        make.office(person, "representative", parliament=belarus),
        make.participation(belarus),
    ]
    about = [
        "Name of a parliament: Supreme Council",
        "Name of a chamber: Diet, House",
        "Seat allocation: 7 deputies, House",
        "Complete roster: House",
        "Membership: Viktor Kogut, House",
        "Role in a delegation: Viktor Kogut, Head of the delegation",
        "Office: Viktor Kogut, Plenipotentiary representative",
        "Participation: member",
    ]
    for row in rows:
        row.delete()
    told = entries(client, "/delegations/belarus/changes/")
    expected = [f"{done} {what}" for done in (RECORDED, REMOVED) for what in about]
    expected = [f"{RECORDED} Parliament:", f"{RECORDED} Chamber: House", *expected]
    for entry, start in zip(told, reversed(expected), strict=True):
        assert entry.startswith(start)


def test_an_entry_says_when_it_was_so_when_it_was_recorded_and_by_which_source(client):
    source = make.source(title_en="Decision of the House")
    row = make.allocation(make.chamber(make.parliament("belarus")), valid_from=MARCH, source=source)
    save(row, valid_to=MAY)
    [entry, *_others] = entries(client)
    assert "1 March 2024 to 9 May 2024" in entry
    assert "Period: since 1 March 2024 → 1 March 2024 to 9 May 2024" in entry
    assert f"recorded on {localtime(row.history.first().history_date):%-d %B %Y}" in entry
    assert "Decision of the House" in main(client.get("/changes/"))
    assert "Reason" not in entry


def test_a_correction_keeps_the_old_value_and_tells_the_reason(client):
    row = make.allocation(make.chamber(make.parliament("belarus")))
    save(row, seats=6)
    [entry, *_others] = entries(client)
    assert entry.startswith("Corrected Seat allocation: 6 deputies")
    assert "Seats: 7 deputies" not in entry
    assert "Seats: 7 → 6" in entry
    assert "Reason: It was misread." in entry
    with because("It never was."):
        row.delete()
    [removal, *_others] = entries(client)
    assert removal.startswith("Removed Seat allocation: 6 deputies")
    assert "Reason: It never was." in removal


def test_the_period_of_a_fact_is_its_own_whenever_its_chamber_ends(client):
    house = make.chamber(make.parliament("belarus"), valid_to=MAY)
    make.allocation(house, valid_from=MARCH)
    [entry, *_others] = entries(client)
    assert "since 1 March 2024" in entry


def test_what_is_gone_has_words_still_and_leads_nowhere(client):
    belarus = make.parliament("belarus", name_en="Assembly of Belarus")
    person = make.person("viktor-kogut")
    source = make.source(title_en="Decision of old")
    house = make.chamber(belarus, name_en="Diet", source=source)
    membership = make.membership(person, house, source=source)
    assert "/people/viktor-kogut/" in links(client.get("/changes/"))
    for row in (membership, person, house, source, belarus):
        row.delete()
    response = client.get("/changes/")
    told = entries(client)
    assert told[2].startswith("Removed Membership: Viktor Kogut, Diet")
    assert "Delegation: Assembly of Belarus" in told[2]
    assert "Decision of old" in main(response)
    assert not [
        address for address in links(response) if "belarus" in address or "kogut" in address
    ]


def test_a_name_of_today_is_used_for_whom_it_is_about(client):
    person = make.person("viktor-kogut")
    make.membership(person)
    save(person, family_name_en="Newman", slug="viktor-newman")
    response = client.get("/changes/")
    assert links(response)["/people/viktor-newman/"] == "Viktor Newman"
    assert "Kogut" not in main(response)


def test_the_log_of_a_delegation_holds_what_belongs_to_it_and_what_once_did(client):
    belarus, russia = make.parliament("belarus"), make.parliament("russia")
    for parliament in (belarus, russia):
        house = make.chamber(parliament, name_en=f"House of {parliament.slug}")
        make.membership(chamber_=house)
        make.office(function="representative", parliament=parliament)
    make.office(make.person("ann-chair"), "chairman")
    moved = make.participation(russia, "observer")
    save(moved, parliament=belarus)
    of_belarus = entries(client, "/delegations/belarus/changes/")
    assert len(of_belarus) == 6
    assert "Corrected Participation: observer" in of_belarus[0]
    assert "Parliament: Parliament of Russia → Parliament of Belarus" in of_belarus[0]
    of_russia = entries(client, "/delegations/russia/changes/")
    assert of_russia[:2] == of_belarus[:2]
    assert not [entry for entry in of_russia + of_belarus if "Ann Chair" in entry]
    [chair] = [entry for entry in entries(client) if "Ann Chair" in entry]
    assert chair.startswith("Recorded Office: Ann Chair, Chairman of the Assembly")
    assert "Delegation:" not in chair


def test_a_unicameral_parliament_is_never_said_to_have_a_chamber(client):
    house = make.chamber(make.parliament("kyrgyzstan", name_en="Supreme Council"), name_en="")
    make.allocation(house)
    allocation, chamber, parliament = entries(client, "/delegations/kyrgyzstan/changes/")
    assert allocation.startswith("Recorded Seat allocation: 7 deputies, Supreme Council")
    assert chamber.startswith("Recorded Unicameral parliament")
    assert parliament.startswith("Recorded Parliament: Supreme Council")


def test_words_of_another_language_are_marked(client):
    belarus = make.parliament("belarus")
    row = make.allocation(
        make.chamber(belarus, name_en="Diet"), source=make.source(title_en="Decision")
    )
    make.membership(make.person("ann-a"), row.chamber)
    make.name(belarus, "Convention", valid_to=MARCH)
    save(row.chamber, name_en="Council", name_ru="Совет")
    for address in ("/ru/changes/", "/ru/delegations/belarus/changes/"):
        body = parsed(client.get(address)).find("body")
        unmarked = " ".join(without_language(body, "en"))
        for name in ("Diet", "Council", "Convention", "Ann A", "Decision", "Parliament of Belarus"):
            assert name in words(body) or name == "Council", name
            assert name not in unmarked, name


def test_a_version_without_one_before_it_is_recorded(client):
    belarus = make.parliament("belarus")
    Parliament.history.all().delete()
    call_command("rebuild_changes")
    save(belarus, name_ru="Собрание")
    assert kinds(client) == [RECORDED]


def test_an_end_leads_to_the_further_sources_recorded_since(client, clock):
    row = make.allocation()
    make.further_source(allocation=row, source=make.source(title_en="Old list"))
    clock.shift(10)
    save(row, valid_to=MAY)
    decision = make.source(title_en="Decision on the end")
    make.further_source(allocation=row, source=decision, says_en="the end")
    other = make.source(title_en="Another page")
    make.further_source(
        allocation=row, source=other, differs=True, says_en="no end", why_en="It is older."
    )
    make.further_source(allocation=make.allocation(), source=make.source(title_en="Of another"))
    ended, *_others = [each for each in entries(client) if ENDED in each]
    assert "says: the end" in ended
    assert ended.count("further source") == 1
    page = main(client.get("/changes/"))
    assert "Decision on the end" in page
    for title in ("Old list", "Another page", "Of another"):
        assert title not in page


def test_many_ends_cost_the_queries_of_one(client):
    def end(number):
        for _each in range(number):
            row = make.allocation()
            save(row, valid_to=MAY)
            make.further_source(allocation=row)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/changes/", {"change": "ended"})
        return len(queries)

    end(1)
    cost()
    before = cost()
    end(9)
    assert cost() == before
