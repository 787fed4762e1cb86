"""A delegation gets new seats and members on a day, by one decision."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.languages import LANGUAGES
from cstopa.models.codes import next_code, transliterated
from cstopa.models.periods import ONE_DAY, today
from delegations.models import (
    Chamber,
    CompleteRoster,
    Delegation,
    Membership,
    Person,
    Role,
    SeatAllocation,
)
from delegations.models.facts import fact_models
from delegations.person_matching import is_name_of, people_named
from delegations.plans import Obstacle
from delegations.readings import ReadPlan

NEW, SKIP = "new", "skip"
# The code of a membership is made of those of the chamber and the person, and has to fit.
LONGEST_SLUG = 70


@dataclass(frozen=True)
class Line:
    """One row of the table: a person, who holds a seat of a chamber, has a role, or both.

    ``name`` is ``{column of a person: text}``; ``person`` is who is meant, where the table says so.
    """

    number: int
    name: dict
    person: Person | None
    chamber: Chamber | None
    role: str

    @property
    def seat(self):
        """The chamber of which the person holds a seat; an alternate holds none."""
        return None if self.role == Role.Kind.ALTERNATE else self.chamber

    @property
    def given_up(self):
        """The chamber of which an alternate holds no seat any more."""
        return self.chamber if self.role == Role.Kind.ALTERNATE else None

    def __str__(self):
        return str(self.person or Person(**self.name))


@dataclass(kw_only=True)
class NewComposition(ReadPlan):
    """What ends, starts and stays when the delegation consists of ``lines`` from a day on.

    A chamber that no line names keeps its members. Without a role in any line the roles go on,
    unless the editor ends them. ``seats`` is ``{chamber: number}``.
    """

    delegation: Delegation
    first_day: date
    lines: list
    seats: dict = field(default_factory=dict)
    is_complete: bool = False
    # Rows that end, unless the editor decides that a line means their person.
    depends: list = field(default_factory=list)

    def __post_init__(self):
        self.founded_on(self.first_day, self.is_complete, *map(repr, self.lines))
        self.founded_on(*((chamber.pk, seats) for chamber, seats in self.seats.items()))
        self._named = {line.seat for line in self.lines if line.seat}
        self._gives_roles = any(line.role for line in self.lines)
        names = people_named([line.name for line in self.lines])
        self._known = {
            line.number: [line.person] if line.person else people
            for line, people in zip(self.lines, names, strict=True)
        }
        self._read_record()
        self._ask_about_lines()
        self._ask_about_roles()

    def _read_record(self):
        people = {row.pk: row for rows in self._known.values() for row in rows}
        self.reads(people[key] for key in sorted(people))
        self._record_of = defaultdict(list)
        for model in fact_models().values():
            if "person" in model.value_fields:
                rows = model.objects.filter(person__in=people)
                for row in rows.select_related(*model.related()):
                    self._record_of[row.person_id].append(row)
        self._seats_of = defaultdict(list)
        for row in self.in_force_since(self.first_day, Membership, person__in=people):
            self._seats_of[row.person_id].append(row)
        sitting = self.in_force_since(self.first_day, Membership, chamber__in=self._named)
        self._sitting = [row for row in sitting if row.covers(self.first_day)]
        self._roles = self.in_force_since(self.first_day, Role, parliament=self.delegation)
        chambers = {line.chamber for line in self.lines if line.chamber}
        self._allocations = self.in_force_since(
            self.first_day, SeatAllocation, chamber__in=chambers | {*self.seats}
        )
        self._rosters = self.in_force_since(self.first_day, CompleteRoster, chamber__in=chambers)

    # Questions

    def _ask_about_lines(self):
        """Ask whom a line means, where it does not say: even of one name there may be two people."""
        first_with = {}
        for line in self.lines:
            if line.person:
                continue
            known = self._known[line.number]
            twin = first_with.setdefault(tuple(line.name.values()), line)
            label = _("Row %(number)d: %(name)s") % {"number": line.number, "name": line}
            if line.seat:
                label = f"{label}, {line.seat.title}"
            likely = ""
            if twin is not line:
                label = _("%(line)s; the same name stands in row %(other)d") % {
                    "line": label,
                    "other": twin.number,
                }
            elif not known:
                likely = NEW
            elif len(known) == 1 and is_name_of(line.name, known[0]):
                likely = "" if self._elsewhere(known[0], line) else f"person-{known[0].pk}"
            leave_out = _("Leave this row out")
            if self.is_complete and line.seat:
                leave_out = _("Leave this row out; no complete roster is then stated")
            choices = [
                *((f"person-{each.pk}", self._recorded(each, line)) for each in known),
                (NEW, _("A new person: %(name)s") % {"name": line}),
                (SKIP, leave_out),
            ]
            self.ask(f"row-{line.number}", label, choices, likely)

    def _chamber_of(self, person):
        """Return the chamber of which the person holds a seat on the first day, or None."""
        seats = (row for row in self._seats_of[person.pk] if row.covers(self.first_day))
        return next((row.chamber for row in seats), None)

    def _elsewhere(self, person, line):
        """Return the chamber whose seat the person would give up for that of the line, or None."""
        chamber = self._chamber_of(person)
        return chamber if line.seat and chamber != line.seat else None

    def _recorded(self, person, line):
        # __str__ of a fact of a person starts with the person.
        facts = [str(row).removeprefix(f"{person}: ") for row in self._record_of[person.pk]]
        words = _("On record: %(person)s (%(code)s): %(record)s") % {
            "person": person,
            "code": person.slug,
            "record": "; ".join(facts) or _("no seat, office or role on record"),
        }
        if chamber := self._elsewhere(person, line):
            return _("%(person)s, and the seat elsewhere ends: %(chamber)s") % {
                "person": words,
                "chamber": chamber,
            }
        if line.given_up and line.given_up == self._chamber_of(person):
            return _("%(person)s, and the seat ends: an alternate holds none") % {"person": words}
        return words

    def _ask_about_roles(self):
        if self._gives_roles or not self.lines:
            return
        listed = {
            people[0].pk
            for line in self.lines
            if len(people := self._known[line.number]) == 1
            and (line.person or is_name_of(line.name, people[0]))
        }
        for row in self._roles:
            if row.covers(self.first_day) and row.person_id not in listed:
                self.ask_whether_it_ends(row, _("Ends the day before"), self.first_day - ONE_DAY)

    # Decisions

    def decide(self, answers):
        # Whom each line means, by its number. And by the key of each person whom a line may mean
        # that is left out or not decided yet: the list of the plan in which their rows are shown.
        people, undecided, left_out = {}, {}, set()
        for line in self.lines:
            known = {f"person-{each.pk}": each for each in self._known[line.number]}
            answer = answers.get(f"row-{line.number}", "")
            if line.person or answer in known:
                people[line.number] = line.person or known[answer]
            elif answer == NEW:
                people[line.number] = Person(**line.name)
                self.starts.append(people[line.number])
            elif answer == SKIP:
                left_out.add(line.number)
                for each in known.values():
                    undecided.setdefault(each.pk, self.stays)
            else:
                undecided |= dict.fromkeys((each.pk for each in known.values()), self.depends)
        meant = [(line, people[line.number]) for line in self.lines if line.number in people]
        self._refuse_twins(meant)
        for chamber, number in self.seats.items():
            new = self._starting(SeatAllocation, chamber=chamber, seats=number)
            self.succeed(new, [row for row in self._allocations if row.chamber == chamber])
        self._seat(meant, undecided)
        self._change_roles(meant, undecided, answers)
        listed = [line for line in self.lines if line.number not in left_out]
        self._state_rosters({line.seat for line in self.lines if line not in listed})
        self._warn(listed)

    def _refuse_twins(self, meant):
        numbers = defaultdict(list)
        for line, person in meant:
            if person.pk:
                numbers[person].append(str(line.number))
        for person, rows in numbers.items():
            if len(rows) > 1:
                why = _("Rows %(rows)s name the same person.") % {"rows": ", ".join(rows)}
                self.obstacles.append(Obstacle(person, why))

    def _starting(self, model, **values):
        return model(valid_from=self.first_day, source=self.source, **values)

    def _seat(self, meant, undecided):
        seated = {person.pk for line, person in meant if line.seat}
        for line, person in meant:
            if line.seat:
                new = self._starting(Membership, person=person, chamber=line.seat)
                self.succeed(new, self._seats_of[person.pk] if person.pk else [])
        for line, person in meant:
            if person.pk and person.pk not in seated and line.given_up:
                for row in self._seats_of[person.pk]:
                    if row.covers(self.first_day) and row.chamber == line.given_up:
                        self.end(row, self.first_day - ONE_DAY)
        for row in self._sitting:
            if row.person_id not in seated and row not in self.ends:
                self._end_unless(undecided, row)

    def _end_unless(self, undecided, row):
        if row.person_id in undecided:
            undecided[row.person_id].append(row)
        else:
            self.end(row, self.first_day - ONE_DAY)

    def _change_roles(self, meant, undecided, answers):
        for line, person in meant:
            if line.role:
                rows = [
                    row
                    for row in self._roles
                    if row.person_id == person.pk or line.role == row.kind == Role.Kind.HEAD
                ]
                of = {"person": person, "parliament": self.delegation}
                self.succeed(self._starting(Role, kind=line.role, **of), rows)
        named = {person.pk for line, person in meant if line.role}
        for row in self._roles:
            if not row.covers(self.first_day) or row.person_id in named:
                continue
            if self._gives_roles:
                self._end_unless(undecided, row)
            else:
                answer = answers.get(f"role-{row.pk}")
                self.end_or_keep(row, answer, self.first_day - ONE_DAY)

    def _state_rosters(self, incomplete):
        changed = {row.chamber for row in self.ends + self.starts if isinstance(row, Membership)}
        for chamber in sorted(self._named, key=lambda chamber: chamber.pk):
            if self.is_complete and chamber in incomplete:
                words = _("%(chamber)s: a row is left out, so no complete roster is stated.")
                self.warnings.append(words % {"chamber": chamber.title})
            elif self.is_complete:
                rows = [row for row in self._rosters if row.chamber == chamber]
                self.succeed(self._starting(CompleteRoster, chamber=chamber), rows)
                changed.discard(chamber)
        if self.is_complete and not self._named:
            self.warnings.append(_("No row gives a seat, so no complete roster is stated."))
        for row in self._rosters:
            # It is about the members of before.
            if (
                row.chamber in changed
                and row.covers(self.first_day)
                and (row.valid_from != self.first_day)
            ):
                self.end(row, self.first_day - ONE_DAY)

    def _warn(self, listed):
        in_force = {
            row.chamber: row.seats for row in self._allocations if row.covers(self.first_day)
        }
        for chamber, seats in (in_force | self.seats).items():
            members = sum(line.seat == chamber for line in listed)
            if members > seats:
                words = ngettext(
                    "%(chamber)s: the table has %(members)d name, and the chamber sends %(seats)d.",
                    "%(chamber)s: the table has %(members)d names, and the chamber sends %(seats)d.",
                    members,
                )
                self.warnings.append(
                    words % {"chamber": chamber.title, "members": members, "seats": seats}
                )

    @property
    def days(self):
        return {today(), self.first_day}

    def write(self):
        slugs = set()
        for row in self.starts:
            if isinstance(row, Person):
                row.slug = slug_of(row, slugs)
                slugs.add(row.slug)
        super().write()


def slug_of(person, taken=()):
    """Return a slug for somebody new that nobody has, or had, and that is not ``taken``."""
    words = next(
        f"{getattr(person, f'given_name_{language}')} {family}"
        for language in LANGUAGES
        if (family := getattr(person, f"family_name_{language}"))
    )
    stem = transliterated(words, LONGEST_SLUG) or "person"
    return next_code(Person, stem, taken, numbered=False, field="slug")
