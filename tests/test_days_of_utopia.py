"""An invented history with every case, and what a reader finds of any day of it.

Each row is a day, a question, the page on which a reader looks, and what stands there, or, after
"not:", what stands nowhere on it.
"""

import datetime as dt
from functools import cache

import pytest
import time_machine
from django.test import Client

from cstopa.models.history import because
from tests import make
from tests.reading import main, parsed, words

pytestmark = pytest.mark.django_db

UTOPIA, LIST = "/delegations/utopia/", "/delegations/"
PARLIAMENT, PEOPLE = "/parliaments/utopia/", "/people/"
RECORDED = "/delegations/lilliput/changes/on-record/"


def day(text):
    return text and dt.date.fromisoformat(text)


def period(since=None, until=None, **fields):
    return {"valid_from": day(since), "valid_to": day(until), **fields}


def utopia():
    """Two chambers until June 2024, an interval, and then one, under a new name."""
    state = make.parliament("utopia", name_en="Parliament of Utopia")
    make.name(state, "Grand Diet", **period("2024-09-01"))
    house = make.chamber(
        state, house="lower", name_en="House", code="house", **period(until="2024-06-30")
    )
    make.name(house, "Lower House", **period(until="2022-12-31"))
    senate = make.chamber(
        state, house="upper", name_en="Senate", code="senate", **period(until="2024-06-30")
    )
    diet = make.chamber(state, name_en="", code="diet", **period("2024-09-01"))
    make.allocation(house, 7, **period(until="2022-12-31"))
    make.allocation(house, 8, **period("2023-01-01"))
    make.allocation(senate, 4)
    make.allocation(diet, 5, **period("2024-09-01", "2026-12-31"))
    make.allocation(diet, 6, **period("2027-01-01"))
    make.roster(house, **period("2023-03-01"))
    ann, bob, cara = (make.person(slug) for slug in ("ann-alder", "bob-birch", "cara-cedar"))
    ivan = make.person("ivan-petrov", family_name_en="Petrov")
    other_ivan = make.person("ivan-petrov-2", given_name_en="Ivan", family_name_en="Petrov")
    make.membership(ann, house, **period(until="2023-05-31"))
    make.membership(bob, house, **period("2023-01-01"))
    make.membership(ivan, senate, **period("2023-02-01"))
    make.membership(other_ivan, diet, **period("2024-09-01"))
    make.membership(cara, diet, **period("2024-09-01", "2025-03-31", valid_to_is_latest=True))
    make.role(ann, "deputy_head", parliament=state, **period(until="2023-05-31"))
    make.role(bob, "head", parliament=state, **period("2023-01-01", "2024-06-30"))
    make.role(other_ivan, "head", parliament=state, **period("2024-09-01"))
    make.role(make.person("dora-dale"), "alternate", parliament=state, **period("2025-01-01"))
    kim, lee = make.person("kim-kale"), make.person("lee-larch")
    represents = {"function": "representative", "parliament": state}
    make.office(kim, **represents, **period("2022-01-01", "2024-03-15", valid_to_is_latest=True))
    make.office(lee, **represents, **period("2024-04-01"))
    make.office(bob, "chairman", **period("2023-07-01", "2024-06-30"))
    make.participation(state, "observer", **period("2022-01-01", "2023-12-31"))
    make.participation(state, "member", **period("2024-01-01"))


@pytest.fixture(scope="module", autouse=True)
def history(module_db):
    with time_machine.travel("2025-01-01T10:00:00+03:00", tick=False) as clock:
        utopia()
        erewhon = make.chamber(make.parliament("erewhon"), name_en="")
        for slug in ("eve-elder", "finn-fir"):
            make.membership(make.person(slug), erewhon)
        lilliput = make.chamber(make.parliament("lilliput"), name_en="", **period("2025-01-01"))
        seats = make.allocation(lilliput, 3, **period("2025-01-01"))
        for slug in ("gus-gorse", "hal-hazel"):
            make.membership(make.person(slug), lilliput, **period("2025-01-01"))
        clock.move_to("2025-06-10T10:00:00+03:00")
        seats.seats = 1
        with because("The decision says one."):
            seats.save()
        clock.move_to("2026-11-24T10:00:00+03:00")
        yield


TABLE = [
    # Seats, allocations and their ends
    ("2022-12-31", "How many seats has the House?", UTOPIA, "seats: Lower House 7"),
    ("2023-01-01", "How many seats has the House?", UTOPIA, "seats: House 8"),
    ("1900-01-01", "And long ago?", UTOPIA, "Seats 7 deputies: Lower House"),
    ("1900-01-01", "Is that certain?", UTOPIA, "Seats: not recorded for this day"),
    ("2022-12-31", "How many in all?", UTOPIA, "11 seats:"),
    ("2023-01-01", "How many in all?", UTOPIA, "12 seats:"),
    ("2024-06-30", "How many on the last day of the chambers?", UTOPIA, "12 seats:"),
    ("2024-07-01", "How many in the interval?", UTOPIA, "not: 12 seats"),
    ("2024-07-01", "Are they recorded?", UTOPIA, "Seats: not recorded for this day"),
    (
        "2024-07-01",
        "When did the chambers end?",
        UTOPIA,
        "The previous chambers ended on 30 June 2024.",
    ),
    ("2024-07-01", "What follows?", PARLIAMENT, "Their successor starts on 1 September 2024."),
    ("2024-07-01", "Is it zero?", UTOPIA, "not: 0 seats"),
    ("2024-07-01", "Is the Senate there?", UTOPIA, "not: Senate:"),
    ("2024-09-01", "How many sends the one chamber?", UTOPIA, "5 seats"),
    ("2024-09-01", "Does its page say chamber?", UTOPIA, "not: Chamber Seats"),
    ("2026-11-24", "How many today?", UTOPIA, "5 seats"),
    ("2027-01-01", "How many next year, as decided?", UTOPIA, "6 seats"),
    ("2027-01-01", "Does it say that the day lies ahead?", UTOPIA, "lies ahead"),
    ("2026-11-24", "Does today lie ahead?", UTOPIA, "not: lies ahead"),
    (
        "2023-06-01",
        "When do the Senate's start?",
        UTOPIA,
        "Senate: 4 deputies until 30 June 2024, start",
    ),
    # Totals
    (
        "2023-06-01",
        "How many seats are on record in all?",
        LIST,
        "Observer: 1 delegation, 12 seats",
    ),
    ("2024-07-01", "And in the interval?", LIST, "Seats: not recorded"),
    ("2025-02-01", "And with Lilliput?", LIST, "5 seats in the delegation of 1 member"),
    ("2025-02-01", "Whose are of nobody known?", LIST, "Participation not recorded: 2 delegations"),
    ("2025-02-01", "Are they one number?", LIST, "not: 6 seats"),
    ("2025-02-01", "Whose are not recorded?", LIST, "Parliament of Erewhon."),
    # Seats and who holds them
    ("2022-06-01", "Who is known to sit?", LIST, "1 of 7 seats filled, 6 not recorded"),
    ("2023-02-28", "Before the roster is complete?", LIST, "2 of 8 seats filled, 6 not recorded"),
    ("2023-03-01", "When it is complete?", LIST, "2 of 8 seats filled, 6 vacant"),
    ("2023-06-01", "After Ann has left?", LIST, "1 of 8 seats filled, 7 vacant"),
    ("2023-01-15", "Who is known in the Senate?", UTOPIA, "names not published here"),
    ("2024-09-01", "Is the new chamber's roster complete?", UTOPIA, "2 of 5 seats filled, 3 not"),
    ("2025-02-01", "How many seats has Erewhon?", "/delegations/erewhon/", "2 members, number of"),
    ("2025-02-01", "Are there too many?", "/delegations/lilliput/", "2 members for 1 seat"),
    # Members
    ("2023-05-31", "Does Ann sit on her last day?", UTOPIA, "Ann Alder until 31 May 2023, start"),
    ("2023-06-01", "Does Ann sit on the next?", UTOPIA, "Members of the delegation House 1 member"),
    (
        "2024-07-01",
        "Does Bob sit when his chamber is gone?",
        UTOPIA,
        "alternates; names of the members;",
    ),
    ("2025-03-31", "Does Cara on the latest day?", UTOPIA, "to no later than 31 March 2025"),
    ("2025-04-01", "And after it?", UTOPIA, "not: Cara Cedar"),
    ("2025-04-01", "What does her page say?", "/people/cara-cedar/", "Earlier Member of the"),
    (
        "2024-12-31",
        "And while she sat?",
        "/people/cara-cedar/",
        "Possibly on 31 December 2024 Member",
    ),
    ("2024-09-01", "And on her first day?", "/people/cara-cedar/", "On 1 September 2024 Member"),
    ("2024-08-31", "And before?", "/people/cara-cedar/", "Later Member of the delegation"),
    ("2024-01-01", "Are two Ivans one?", "/people/ivan-petrov/", "not: Grand Diet"),
    ("2024-10-01", "And the other?", "/people/ivan-petrov-2/", "not: Senate"),
    ("2024-10-01", "Does the list have one?", PEOPLE, "Petrov, Ivan On this day none; earlier:"),
    ("2024-10-01", "And the other?", PEOPLE, "Petrov, Ivan Head of the delegation"),
    # Roles and offices
    ("2023-05-31", "Who is deputy head?", UTOPIA, "Ann Alder: Deputy head of the delegation"),
    ("2023-06-01", "Who is head?", UTOPIA, "Head of the delegation Bob Birch"),
    ("2024-07-01", "Who is head in the interval?", UTOPIA, "head, deputy heads and alternates;"),
    ("2024-09-01", "Who is head then?", UTOPIA, "Head of the delegation Ivan Petrov"),
    ("2025-01-01", "Who is alternate?", UTOPIA, "Dora Dale: Alternate member"),
    ("2025-01-01", "Has an alternate a seat?", UTOPIA, "1 of 5 seats filled, 1 possibly"),
    ("2024-03-15", "Who represents?", UTOPIA, "representative Kim Kale"),
    ("2024-03-16", "And after the latest day?", UTOPIA, "Not recorded: plenipotentiary"),
    ("2024-04-01", "And in April?", UTOPIA, "representative Lee Larch"),
    ("2023-06-30", "Who is Chairman?", "/", "not: Chairman of the Assembly Bob"),
    ("2023-07-01", "Who is Chairman?", "/", "Chairman of the Assembly Bob Birch"),
    ("2024-07-01", "And later?", "/people/bob-birch/", "Earlier Chairman of the Assembly"),
    # Participation
    ("2021-12-31", "Does it take part?", UTOPIA, "participation in the Assembly; websites."),
    ("2022-01-01", "Does it take part?", UTOPIA, "Participation in the Assembly Observer"),
    ("2024-01-01", "Does it take part?", UTOPIA, "Participation in the Assembly Member"),
    # Names
    ("2024-08-31", "What is the parliament called?", UTOPIA, "Utopia Parliament of Utopia"),
    ("2024-09-01", "What is the parliament called?", UTOPIA, "Utopia Grand Diet"),
    ("2024-09-01", "And in the list?", LIST, "Grand Diet"),
    ("2024-08-31", "And on its own page?", PARLIAMENT, "not: Grand Diet Republic"),
    ("2022-12-31", "What is the lower house called?", PARLIAMENT, "Lower House"),
    # What followed
    ("2026-11-24", "What followed?", PARLIAMENT, "1 September 2024 by: Grand Diet; after an"),
    # Corrections, and what was on record
    ("2025-02-01", "Was it corrected?", "/delegations/lilliput/", "corrected on 10 June 2025"),
]


@cache
def says(address, date):
    return words(parsed(Client().get(address, {"date": date})).find("body"))


@pytest.mark.parametrize(("date", "question", "address", "answer"), TABLE)
def test_a_reader_finds(date, question, address, answer):
    if answer.startswith("not: "):
        assert answer.removeprefix("not: ") not in says(address, date)
    else:
        assert answer in says(address, date)


@pytest.mark.parametrize(
    ("date", "recorded", "answer"),
    [
        ("2025-02-01", "2024-12-31", "Nothing was on record"),
        ("2025-02-01", "2025-05-05", "3 deputies"),
        ("2025-02-01", "2025-06-09", "3 deputies"),
        ("2025-02-01", "2025-06-10", "1 deputy"),
        ("2024-12-31", "2025-06-10", "not recorded"),
    ],
)
def test_what_was_on_record(client, date, recorded, answer):
    assert answer in main(client.get(RECORDED, {"date": date, "recorded": recorded}, follow=True))
