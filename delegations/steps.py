"""A step: one fact ends, or another starts and takes its place; and what readers then read."""

import copy
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.http.addresses import path_to
from cstopa.models.constraints import NoOverlap, is_ordered
from cstopa.models.partial_dates import is_exact, last_possible
from cstopa.models.periods import ONE_DAY, day_in_words, held_and_possible, start_in_words, today
from delegations.composition import by_participation, compositions, officers, roles
from delegations.models import (
    Chamber,
    ChamberFact,
    CompleteRoster,
    DatedFact,
    Membership,
    Office,
    Person,
    PersonFact,
    Role,
)
from delegations.models.facts import fact_models
from delegations.new_composition import slug_of
from delegations.plans import END, Obstacle, Plan

# Where a list of people has nobody of those who differ.
NOBODY = "–"


@dataclass(frozen=True)
class Reading:
    """What readers read of something on a day, before a step and after it."""

    day: date
    label: str
    before: str
    after: str

    @property
    def day_in_words(self):
        return _("today") if self.day == today() else day_in_words(self.day)


@dataclass(kw_only=True)
class Step(Plan):
    """``row`` ends with ``last_day``, or ``new``, which has no row yet, takes its place.

    Without a ``row`` it takes that of whatever it contradicts. ``person`` is whom ``new`` is about if
    nobody knew her before. ``readings`` are those that differ, once it is done.
    """

    row: DatedFact | None = None
    last_day: date | None = None
    is_latest: bool = False
    new: DatedFact | None = None
    person: Person | None = None
    readings: list = field(default_factory=list)
    # Facts of an ending chamber, which end with it whether somebody closes them or not.
    with_chamber: list = field(default_factory=list)

    def __post_init__(self):
        # Whoever shows the row as it is on record has another one.
        self.row = copy.copy(self.row)
        self.founded_on(self.last_day, self.is_latest, str(self.person))
        if self.row:
            self.reads([self.row])
        if self.new is None:
            self.end(self.row, self.last_day, self.is_latest)
        elif self.new.valid_from is None:
            self.starts.append(self.new)
        else:
            self.succeed(self.new, [*([self.row] if self.row else []), *self._in_the_way()])
            met = (*self.ends, *self.stays, *(each.row for each in self.obstacles))
            goes_on = self.row and is_ordered(self.new.latest_start, self.row.earliest_end)
            if goes_on and self.row not in met:
                why = _("What is to follow it is on record already: let this end by itself.")
                self.obstacles.append(Obstacle(self.row, why))
        if self.new:
            self.founded_on(*self.new.stated_values(), self.new.start)
        if self.person:
            self.starts.insert(0, self.person)
        self._ask()

    def _in_the_way(self):
        """Return the rows that could not stand beside the new one, without the one that it follows."""
        found = {}
        for rule in self.new._meta.constraints:
            if isinstance(rule, NoOverlap) and rule.applies_to(self.new):
                same = {name: getattr(self.new, f"{name}_id") for name in rule.same}
                # Somebody new has nothing.
                if None in same.values():
                    continue
                rows = self.in_force_since(
                    self.new.valid_from, type(self.new), **rule.where, **same
                )
                found |= {row.pk: row for row in rows if rule.clash(self.new, row)}
        return [row for row in found.values() if row != self.row]

    def _ask(self):
        """Ask about what could end with a row that ends, and find what does by rule."""
        self._asked = {}
        for row in self.ends:
            for other in self._beside(row):
                key = self.ask_whether_it_ends(other, _("Ends on the same day"))
                self._asked[key] = other, row
            if isinstance(row, Chamber):
                for model in fact_models().values():
                    if issubclass(model, ChamberFact):
                        rows = self.in_force_since(row.valid_to, model, chamber=row)
                        self.with_chamber += [
                            each for each in rows if each.valid_to != row.valid_to
                        ]

    def _beside(self, row):
        if not isinstance(row, Membership):
            return []
        home = {"person": row.person_id, "parliament": row.chamber.parliament_id}
        rows = [
            *self.in_force_since(row.valid_to, Role, **home),
            *self.in_force_since(row.valid_to, CompleteRoster, chamber=row.chamber_id),
        ]
        is_open = (each for each in rows if each.valid_to is None or each.valid_to_is_latest)
        return [each for each in is_open if each not in self.ends]

    def decide(self, answers):
        for key, (row, ending) in self._asked.items():
            if answers.get(key) == END:
                self.end(row, ending.end, ending.valid_to_is_latest)
            else:
                self.stays.append(row)
        self._check()

    def _check(self):
        """Find what the rules of the rows say against it, before the database does."""
        chamber = isinstance(self.new, ChamberFact) and self.new.chamber
        start = chamber and self.new.start
        if start and not (
            is_ordered(chamber.valid_from, last_possible(start))
            and is_ordered(self.new.valid_from, chamber.last_day)
        ):
            why = _("The chamber is not in force on that day.")
            self.obstacles.append(Obstacle(chamber, why))
        for row in (*self.ends, *self.starts):
            if row is self.person:
                continue
            together = [each.pk for each in self.ends if type(each) is type(row)]
            try:
                row.validate_constraints(exclude={"code"}, apart_from=together)
            except ValidationError as error:
                self.obstacles.append(Obstacle(row, " ".join(error.messages)))

    def apply(self):
        days = sorted({today(), self.first_day})
        before = self._read_on(days)
        if self.person:
            self.person.slug = slug_of(self.person)
        super().apply()
        after = self._read_on(days)
        self.readings = [
            Reading(*place, *_differing(before.get(place, ()), after.get(place, ())))
            for place in {**before, **after}
            if before.get(place) != after.get(place)
        ]

    def effects(self):
        """Return the readings that it would leave: it is done, read, and taken back."""
        tried = copy.deepcopy(self)
        with transaction.atomic():
            tried.apply()
            transaction.set_rollback(True)
        return tried.readings

    @property
    def home(self):
        """The parliament whose fact it is, or None."""
        return (self.new or self.row).home_row

    @property
    def first_day(self):
        """The first day that is known to be after it."""
        if self.new is None:
            return last_possible(self.last_day) + ONE_DAY
        start = self.new.start
        if start is None:
            return today()
        return start if is_exact(start) else start.last + ONE_DAY

    def _read_on(self, days):
        return {
            (day, label): words
            for day in days
            for label, words in (
                read_on(self.home, day) if self.home else read_of_assembly(day)
            ).items()
        }

    @property
    def pages(self):
        """The public pages that say something else then: ``[(address, words)]``."""
        people = {
            row.person.pk: row.person
            for row in (*self.ends, *self.starts)
            if isinstance(row, PersonFact) and row.person.pk
        }
        pages = [(row.get_absolute_url(), str(row)) for row in people.values()]
        if self.home:
            slug = self.home.slug
            pages = [
                (path_to("delegations:detail", slug), _("Page of the delegation")),
                (path_to("delegations:parliament-detail", slug), _("Page of the parliament")),
                (path_to("delegations:list"), _("List of delegations, with its totals")),
                *pages,
            ]
        elif isinstance(self.new or self.row, Office):
            pages.insert(0, (path_to("home"), _("Home page")))
        if self.first_day > today():
            pages.append((path_to("delegations:ahead"), _("Ahead")))
        return pages

    @property
    def outcome(self):
        if not self.readings:
            return super().outcome
        now = [each for each in self.readings if each.day == today()]
        if now:
            words = _("Saved. Readers read now: %(readings)s.")
        else:
            words = _("Saved. Readers will read from %(from)s on: %(readings)s.")
        said = "; ".join(f"{each.label}: {each.after}" for each in now or self.readings)
        return words % {"readings": said, "from": start_in_words(self.first_day)}


def _differing(before, after):
    """Return in words what each of two readings has and the other has not."""
    return [
        ", ".join(each for each in one if each not in other) or NOBODY
        for one, other in ((before, after), (after, before))
    ]


def read_on(parliament, day):
    """Return ``{label: texts}`` of what pages say of a delegation on a day, and of all together."""
    every = compositions(day=day)
    [own] = [each for each in every if each.delegation.pk == parliament.pk]
    nothing = _("not recorded")
    found = {
        _("Name"): [str(own.delegation.name_on(day))],
        _("Seats in the delegation"): [nothing if own.seats is None else str(own.seats)],
        _("Plenipotentiary representative"): [_person(own.representative) or nothing],
        _("Participation"): [
            own.participation.get_status_display() if own.participation else nothing
        ],
        _("Head of the delegation"): [_person(own.head) or nothing],
    }
    for part in own.chambers:
        seats = part.allocation.statement() if part.allocation else nothing
        found[str(part.chamber.title_on(day))] = [f"{seats}, {part.in_words}"]
    for role in roles(own.delegation, day):
        if role.kind != Role.Kind.HEAD:
            found.setdefault(role.get_kind_display(), []).append(str(role.person))
    members = Membership.objects.as_of(day).filter(chamber__parliament=parliament.pk)
    members = members.select_related("person", "source", "chamber__source").order_by("pk")
    found[capfirst(_("members"))] = [str(row.person) for row in held_and_possible(members, day)[0]]
    for group in by_participation(every):
        total = nothing if group.seats is None else str(group.seats)
        words = _("Seats of all delegations (participation: %(group)s)")
        if group.status is None:
            words = _("Seats of all delegations (participation not recorded)")
        found[words % {"group": group.label}] = [total]
    return found


def read_of_assembly(day):
    """Return ``{label: texts}`` of what pages say of the offices of the Assembly on a day."""
    found = {}
    for office in held_and_possible(officers(day), day)[0]:
        found.setdefault(office.get_function_display(), []).append(str(office.person))
    return found


def _person(fact):
    return fact and str(fact.person)
