"""The facts: chambers, seats, members, roles, offices, how each takes part, and what was mended."""

import datetime as dt
from itertools import zip_longest

from cstopa.models.history import because
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    FurtherSource,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Role,
    SeatAllocation,
)
from tests.demo import sources
from tests.demo.record import ENDS, OPENED, day
from tests.demo.states import BY_SLUG, STATES

ONE_DAY = dt.timedelta(days=1)
SITTING = 0.35
# The Assembly's own; those to come are decided.
CHAIRMEN = ["1996-05-20", "2001-06-01", "2006-06-01", "2012-06-01", "2016-11-24", "2021-11-24"]
SECRETARIES = ["1996-05-20", "2004-02-01", "2013-09-16", "2022-03-01"]
DEPUTIES = [
    ("1998-01-12", "2009-12-31"),
    ("2006-09-01", "2018-08-31"),
    ("2014-02-03", None),
    ("2019-04-15", None),
]
# The first days of the representatives; the last stays.
REPRESENTATIVES = {
    "ruritania": ["2003-02", "2009-09-01", "2017-01-16", "2023-11-20"],
    "graustark": ["2008-06-02", "2016-03-14"],
    "laurania": ["2010-04-05", "2014-10-13", "2021-10-04"],
    "kravonia": ["2006-01-16", "2015-02-02"],
    "gruenewald": ["2011-05-23"],
    "lutha": [None],
}
PARTICIPATION = {
    "ruritania": [("member", "1996-05-20", None)],
    "graustark": [("member", "1996-05-20", None)],
    "laurania": [("observer", "1997-11-03", "2001-05-31"), ("member", "2001-06-01", None)],
    "kravonia": [("member", "1996-05-20", "2025-02-28"), ("suspended", "2025-03-01", None)],
    "gruenewald": [
        ("member", "1996-05-20", "2019-03-31"),
        ("not_participating", "2019-04-01", None),
    ],
    "gerolstein": [("observer", "2015-06-18", "2027-06-30"), ("member", "2027-07-01", None)],
    "lutha": [("partner", "2012-12-10", None)],
}


def in_succession(starts, gap=1):
    """Yield the first and the last day of each, so many days before the next; None for the last."""
    for since, following in zip_longest(starts, starts[1:]):
        yield since, following and (day(following) - gap * ONE_DAY).isoformat()


def history(record):
    record.at(OPENED, lambda: record.source(sources.THE_SITE), ENDS)
    parliaments = {}
    for state in STATES:
        parliaments[state.slug] = parliament = _parliament(record, state)
        for status, since, until in PARTICIPATION[state.slug]:
            record.fact(
                Participation, since, until, parliament=parliament, status=status,
                source=sources.assembly(since), recorded=_ahead(since, "2026-10-05"),
            )  # fmt: skip
        members = [_house(record, state, parliament, house) for house in state.houses]
        _roles(record, state, parliament, members)
        _representatives(record, state, parliament)
    _names(record, parliaments)
    _officers(record)
    mended(record)


def _ahead(since, recorded):
    """Return the day on which something was recorded that is decided and starts later."""
    return recorded if since and since > "2026-10-31" else None


def _parliament(record, state):
    found = []

    def save():
        found.append(
            Parliament.objects.create(
                slug=state.slug,
                **{
                    name: getattr(state, name)
                    for name in ("state_en", "state_ru", "name_en", "name_ru")
                },
                search_words_en=state.words_en,
                search_words_ru=state.words_ru,
            )
        )

    record.at(OPENED, save, ENDS)
    return lambda: found[0]


def _house(record, state, parliament, house):
    """Record a chamber with its seats and members; return these by term, see ``_terms``."""
    decided = sources.of_state(record, state, house.since)
    language = (
        "ru" if house.website.endswith("/ru/") else "en" if house.website.endswith("/en/") else ""
    )
    chamber = record.fact(
        Chamber, house.since, house.until, source=decided, parliament=parliament, house=house.house,
        name_en=house.name_en, name_ru=house.name_ru, member_title=house.title,
        website=house.website, website_language=language,
        recorded=house.since and house.since > "2010" and house.since, ended=(house.until and house.until[:4] == "2029" and "2026-09-14") or house.until,
    )  # fmt: skip
    record.chambers[state.slug, house.name_en] = chamber
    for seats, since, until in house.seats:
        record.allocations[state.slug, house.name_en, since] = record.fact(
            SeatAllocation, since, until, source=sources.of_state(record, state, since),
            chamber=chamber, seats=seats, recorded=_ahead(since, "2026-10-12") or _after(since, 1),
        )  # fmt: skip
    return _terms(record, state, house, chamber)


def _after(since, days):
    return since and since > "2010-01-17" and (day(since) + days * ONE_DAY).isoformat()


def _terms(record, state, house, chamber):
    """Record who sits in each term; return ``[(first day, last day, [people])]``."""
    chance, terms, sitting = record.chance, [], []
    for number, (since, until) in enumerate(in_succession(house.terms)):
        # What lies ahead ends no term that runs.
        if house.until and house.until < "2027":
            until = until or house.until
        seats = next(
            count
            for count, first, end in house.seats
            if not since or (first or "") <= since <= (end or "9999")
        )
        count = house.filled.get(since) or max(1, round(seats * house.known))
        again = [person for person in sitting if chance.random() < SITTING]
        sitting = [*again, *(record.person() for _ in range(count - len(again)))]
        decided = sources.of_state(record, state, since, is_list=True)
        for person in sitting:
            _member(record, house, chamber, person, since, until, decided)
        if since and number >= len(house.terms) - house.complete:
            record.fact(CompleteRoster, since, until, source=decided, chamber=chamber)
        terms.append((since, until, sitting))
    return terms


def _member(record, house, chamber, person, since, until, decided):
    """Record a membership; of some only a part is known, and some give up their seats."""
    chance, more = record.chance, {}
    first, last = since, until
    if since and since < "2000" and chance.random() < 0.4:
        # Of the oldest not even the start is known, or only its month.
        first = chance.choice((None, since[:7]))
    if until and chance.random() < 0.12:
        left = day(since) + (day(until) - day(since)) * chance.uniform(0.3, 0.8)
        last, more["valid_to_is_latest"] = left.isoformat(), chance.random() < 0.4
        if left < OPENED and not more["valid_to_is_latest"]:
            last = last[:7]
        if chance.random() < 0.7:
            record.fact(
                Membership, (left + 20 * ONE_DAY).isoformat(), until, source=decided,
                chamber=chamber, person=record.person(),
            )  # fmt: skip
    record.fact(Membership, first, last, source=decided, chamber=chamber, person=person, **more)


def _roles(record, state, parliament, houses):
    """Record heads, deputies and alternates by the terms of the first house that has any."""
    for house, terms in zip(state.houses, houses, strict=True):
        for since, until, people in terms:
            if since is None or (house is not state.houses[0] and house.house):
                continue
            decided = sources.of_state(record, state, since, is_list=True)
            record.terms.append((state.slug, since, people[0]))
            kinds = ["head", "deputy_head", *["deputy_head"] * (len(people) > 8)]
            for kind, person in zip(kinds, people, strict=False):
                record.fact(
                    Role,
                    since,
                    until,
                    source=decided,
                    parliament=parliament,
                    person=person,
                    kind=kind,
                )
            if since > "2014":
                for _ in range(record.chance.randint(1, 3)):
                    record.fact(
                        Role, since, until, source=decided, parliament=parliament,
                        person=record.person(), kind="alternate",
                    )  # fmt: skip


def _representatives(record, state, parliament):
    for since, until in in_succession(REPRESENTATIVES.get(state.slug, []), gap=15):
        record.fact(
            Office, since, until, source=sources.of_state(record, state, since), function="representative",
            parliament=parliament, person=record.person(),
            valid_to_is_latest=bool(until) and state.slug == "laurania",
        )  # fmt: skip


def _officers(record):
    for function, starts in (("chairman", CHAIRMEN), ("executive_secretary", SECRETARIES)):
        for since, until in in_succession(starts):
            until = until or ("2026-12-31" if function == "chairman" else None)
            person = record.person()
            record.officers.append((since, function, person))
            record.fact(
                Office,
                since,
                until,
                source=sources.assembly(since),
                function=function,
                person=person,
            )
    record.officers.append(("2027-01-01", "chairman", record.person()))
    record.fact(
        Office, "2027-01-01", "2030-12-31", source=sources.assembly("2026-10-20"), function="chairman",
        person=record.officers[-1][2], recorded="2026-10-21",
    )  # fmt: skip
    for since, until in DEPUTIES:
        record.fact(
            Office, since, until, source=sources.assembly(since), function="deputy_executive_secretary",
            person=record.person(),
        )  # fmt: skip


def _names(record, parliaments):
    record.fact(
        ParliamentName, None, "2005-12-31", source=sources.of_state(record, BY_SLUG["laurania"], "2006-01-01"),
        parliament=parliaments["laurania"], name_en="Constituent Assembly of the Republic of Laurania",
        name_ru="Учредительное собрание Республики Лаурания",
    )  # fmt: skip
    record.fact(
        ParliamentName, "2023-10-01", source=sources.of_state(record, BY_SLUG["ruritania"], "2023-10-01"),
        parliament=parliaments["ruritania"], name_en="National Diet of the Kingdom of Ruritania",
        name_ru="Национальный сейм Королевства Руритания", recorded="2023-10-01",
    )  # fmt: skip
    record.fact(
        ChamberName, None, "2011-06-30", source=sources.of_state(record, BY_SLUG["kravonia"], "2011-07-01"),
        chamber=record.chambers["kravonia", "House of Delegates"], name_en="Chamber of Communes", name_ru="Палата общин",
    )  # fmt: skip
    state = BY_SLUG["kravonia"]
    assembly = record.fact(
        Chamber, "2030-03-01", source=sources.of_state(record, state, "2026-09-01"), recorded="2026-09-14",
        parliament=parliaments["kravonia"], house="lower", name_en="House of the People", name_ru="Народная палата",
    )  # fmt: skip
    record.fact(
        SeatAllocation, "2030-03-01", source=sources.of_state(record, state, "2026-09-01"),
        chamber=assembly, seats=8, recorded="2026-09-15",
    )  # fmt: skip


def mended(record):
    """Correct, delete and confirm some facts, and name further documents about others."""
    seats = record.allocations
    house = seats["graustark", "House of Representatives", "2007-01-01"]
    record.correct(
        "2012-02-06", house, "The annex to the decision was read in place of the decision.", seats=7
    )
    record.correct("2013-09-30", house, "The decision in force says eight.", seats=8)
    record.correct(
        "2018-05-21", seats["ruritania", "Chamber of Peers", "2011-07-01"],
        "The decision was signed on 1\N{NO-BREAK SPACE}July and came into force on 15\N{NO-BREAK SPACE}July.", valid_from=day("2011-07-15"),
    )  # fmt: skip
    record.correct(
        "2018-05-21", seats["ruritania", "Chamber of Peers", "1996-02-15"],
        "The decision that ends it came into force on 15\N{NO-BREAK SPACE}July.", valid_to=day("2011-07-14"),
    )  # fmt: skip
    for slug, name, since, is_other in (
        ("graustark", "House of Representatives", "2018-04-01", True),
        ("laurania", "", "2021-09-01", True),
        ("kravonia", "House of Delegates", "2010-01-01", False),
    ):
        record.at(
            day("2024-02-12"),
            lambda key=(slug, name, since), other=is_other: _further(record, seats[key], other),
        )
    for on, number in (("2014-03-10", 5), ("2020-06-15", 60)):
        record.at(day(on), lambda number=number: _remove(record, number))
    for on in ("2016-01-25", "2021-02-08", "2026-09-07"):
        for key in (
            ("graustark", "House of Representatives", "2007-01-01"),
            ("laurania", "", "2006-01-01"),
        ):
            record.check(on, seats[key])


def _further(record, allocation, differs):
    words = {
        "says_en": "10\N{NO-BREAK SPACE}deputies", "says_ru": "10\N{NO-BREAK SPACE}депутатов",
        "why_en": "The yearbook repeats the number of an earlier draft; the decision itself is followed.",
        "why_ru": "В ежегоднике повторено число из раннего проекта решения; мы следуем самому решению.",
    }  # fmt: skip
    FurtherSource.objects.create(
        source=record.source(sources.REPORT),
        allocation=allocation(),
        differs=differs,
        **words if differs else {},
    )


def _remove(record, number):
    row = Membership.objects.filter(valid_to__isnull=False).order_by("code")[number]
    with because("The person had been recorded twice."):
        row.delete()
