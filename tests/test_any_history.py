"""Whatever was edited in whatever order: page, data, table, total and log say the same of any day."""

import datetime as dt
import re
from itertools import chain
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from delegations.changes.models import LogEntry
from delegations.changes.replay import state_at
from delegations.models import Parliament
from tests import make
from tests.histories import DAYS_AROUND, World, any_history, facts_of, steps
from tests.reading import parsed, table, words

pytestmark = pytest.mark.django_db

START = dt.datetime(2024, 6, 1, 9, tzinfo=dt.UTC)
STEP = dt.timedelta(hours=5)
SLUGS = ("erewhon", "utopia")
# The total of the list is that of the first of these.
LEADING = ("member", None, "suspended", "observer", "partner", "not_participating")

histories = st.lists(steps(), min_size=4, max_size=30)


def seats(word):
    """Return the number of seats that a row of the list begins with: "no" seats are 0."""
    return 0 if word == "no" else int(word) if word.isdigit() else None


class Told:
    """What one form of publication says of the delegations on a day, to compare with another."""

    def __init__(self, client, day):
        self.client = client
        self.query = {"date": day.isoformat()}

    def by_pages(self):
        return {slug: self._page(slug) for slug in SLUGS}

    def _page(self, slug):
        response = self.client.get(f"/delegations/{slug}/", self.query)
        assert response.status_code == 200
        main = parsed(response).find(".//main")
        cells = [
            (row.get("id"), words(cell))
            for row in main.findall(".//table[@class='seat-table__table']/tbody/tr")
            for cell in row
            if cell.get("data-label") == "Seats"
        ]
        seats = {code: int(number) for code, number in cells if code}
        [answer] = [words(each) for each in main.iter("h2") if each.get("id") == "page:composition"]
        total = re.match(r"(\d+) seats?\b", answer)
        sends_none = answer.startswith("No seats: the parliament does not take part")
        if total:
            assert sum(seats.values()) == int(total[1])
        members = [
            re.search("/people/([-a-z]+)/", a.get("href"))[1]
            for group in main.iter("div")
            if group.get("class") == "members"
            for a in group.iter("a")
            if "/people/" in a.get("href")
        ]
        return {
            "name": words(main.find(".//p")).partition(" · ")[0],
            "total": int(total[1]) if total else 0 if sends_none else None,
            "members": sorted(members),
        }

    def by_the_list(self):
        """Return the total of the list of delegations, and the number that each has there."""
        main = parsed(self.client.get("/delegations/", self.query)).find(".//main")
        (lead,) = [words(p) for p in main.iter("p") if p.get("class") == "lead"]
        rows = [words(row.find("td[2]")).split()[0] for row in main.findall(".//tbody/tr")]
        return (
            int(lead.split()[0]) if lead[0].isdigit() else None,
            dict(zip(SLUGS, map(seats, rows), strict=True)),
        )

    def by_json(self):
        found = self.client.get("/api/delegations/", self.query).json()["items"]
        return {
            each["slug"]: {
                "name": each["name"]["en"],
                "total": each["seats"],
                "possible_members": each["possible_members"],
                "seats": {part["code"]: part["seats"] for part in each["chambers"]},
                "members": sorted(
                    membership["person"]["code"]
                    for part in each["chambers"]
                    for membership in part["memberships"]
                ),
                "complete": sorted(part["code"] for part in each["chambers"] if part["roster"]),
                "roles": sorted((role["kind"], role["person"]["code"]) for role in each["roles"]),
                "representative": each["representative"]
                and each["representative"]["person"]["code"],
                "participation": each["participation"] and each["participation"]["status"],
            }
            for each in found
        }

    def by_csv(self):
        rows = table(self.client.get("/api/delegations.csv", self.query))
        return {
            row["slug"]: {
                "name": row["name_en"],
                "total": int(row["seats"]) if row["seats"] else None,
                "representative": row["representative_person_code"] or None,
                "participation": row["participation_status"] or None,
            }
            for row in rows
        }


def known(model, code):
    """Return a row of which the log tells the code alone: of a document, with its date."""
    return model(code=code, **({"published_on": make.OLD} if code == "decision" else {}))


def by_replay(state):
    """Return what a replayed State says; a parliament that was not on record then is left out."""
    found = {}
    for slug in SLUGS:
        composition = state.composition(slug)
        if composition is None:
            continue
        representative, participation = composition.representative, composition.participation
        found[slug] = {
            # No page is made, so the name is the one that the replay has put in.
            "name": composition.delegation.name_en,
            "total": composition.seats,
            "possible_members": composition.possible_members,
            "seats": {part.chamber.code: part.seats for part in composition.chambers},
            "members": sorted(row.person.code for row in state.members(slug)),
            "complete": sorted(part.chamber.code for part in composition.chambers if part.roster),
            "roles": sorted((row.kind, row.person.code) for row in state.roles(slug)),
            "representative": representative and representative.person.code,
            "participation": participation and participation.status,
        }
    return found


def expected(world, day):
    """Return the state as the rows have it, its members in one list as most tell them."""
    return {
        slug: state | {"members": sorted(chain(*state["members"].values()))}
        for slug, state in world.state(day).items()
    }


def published_log(client, address="/changes/changes.json"):
    """Return the log as anybody can read it, the last page too."""
    found = []
    while address:
        answer = client.get(address).json()
        found += answer["entries"]
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    return [
        SimpleNamespace(**{**each, "recorded_at": dt.datetime.fromisoformat(each["recorded_at"])})
        for each in found
    ]


def replayed(state):
    """Return what each fact says in a replayed State."""
    rows = [rows for kind, rows in state.facts.items() if kind != "parliament"]
    return facts_of(row for some in rows for row in some.values())


def agree(told, fact):
    """Compare what both say."""
    assert told.keys() == fact.keys()
    for slug, says in told.items():
        assert says == {name: fact[slug][name] for name in says}, slug


@any_history
@given(history=histories, number=st.integers(0, 4))
def test_everything_says_the_same_of_any_day(client, db, monkeypatch, history, number):
    monkeypatch.setattr("delegations.changes.views.SIZE_OF_DATA", 20)
    with transaction.atomic():
        world = World()
        for step in history:
            world.do(step)
        assert world.overlaps() == []
        log = published_log(client)
        of_utopia = published_log(client, "/delegations/utopia/changes/changes.json")
        for day in DAYS_AROUND[number::5]:
            fact = expected(world, day)
            told = Told(client, day)
            agree(told.by_json(), fact)
            agree(told.by_csv(), fact)
            agree(told.by_pages(), fact)
            agree(by_replay(state_at(log, day, related=known)), fact)
            assert replayed(state_at(log, day, related=known)) == world.facts(day)
            alone = by_replay(state_at(of_utopia, day, related=known))
            agree({"utopia": alone["utopia"]}, {"utopia": fact["utopia"]})
            totals = {slug: state["total"] for slug, state in fact.items()}
            ways = [state["participation"] for state in fact.values()]
            leading = next(way for way in LEADING if way in ways)
            recorded = [
                state["total"]
                for state in fact.values()
                if state["participation"] == leading and state["total"] is not None
            ]
            assert told.by_the_list() == (sum(recorded) if recorded else None, totals)
        transaction.set_rollback(True)


@any_history
@given(history=histories, day=st.sampled_from(DAYS_AROUND))
def test_the_log_tells_what_was_on_record_at_any_moment(db, history, day):
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        world = World()
        snapshots = [(START, expected(world, day), world.facts(day))]
        for step in history:
            clock.shift(STEP)
            world.do(step)
            moment = START + STEP * len(snapshots)
            snapshots.append((moment, expected(world, day), world.facts(day)))
        log = list(LogEntry.objects.all())
        for moment, fact, facts in snapshots:
            state = state_at(log, day, recorded=moment, related=known)
            agree(by_replay(state), fact)
            assert replayed(state) == facts
        assert by_replay(state_at(log, day, recorded=START - STEP)) == {}
        transaction.set_rollback(True)


ON_RECORD = [
    f"/delegations/{slug}/changes/on-record{form}" for slug in SLUGS for form in ("/", ".json")
]


@any_history
@given(
    history=histories,
    day=st.sampled_from(DAYS_AROUND),
    clocks=st.lists(st.sampled_from([0, 0, 5, 90000, -5, -90000]), min_size=30, max_size=30),
)
def test_a_version_stays_what_it_was_when_it_was_the_newest(client, db, history, day, clocks):
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        world, told = World(), {}
        for step, seconds in zip(history, clocks, strict=False):
            query = f"?date={day}&version={LogEntry.objects.latest('pk').pk}"
            for address in ON_RECORD:
                told[address + query] = client.get(address + query).content
            clock.shift(seconds)
            world.do(step)
        for address, then in told.items():
            assert client.get(address).content == then
        transaction.set_rollback(True)


def test_the_parliaments_of_a_history_are_all_compared():
    World()
    assert tuple(Parliament.objects.order_by("slug").values_list("slug", flat=True)) == SLUGS
