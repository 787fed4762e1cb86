"""A delegation gets new seats and members on a day, by one decision."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.models.codes import transliterated
from cstopa.models.constraints import overlapping
from delegations.models import (
    CompleteRoster,
    Delegation,
    Membership,
    Office,
    Person,
    Role,
    SeatAllocation,
)
from delegations.person_matching import recognised
from delegations.plans import DAY, Obstacle, Plan, Question

NEW, TURNED, SKIP, KEEP, END = "new", "turned", "skip", "keep", "end"
# A code is made of it and of that of the chamber, and has to fit.
SLUG = 70
ROLE = ("person", "parliament")


@dataclass
class NewComposition(Plan):
    """What ends, starts and stays when the delegation consists of ``lines`` from a day on.

    A chamber that no line names keeps its members. Without a role in any line the roles go on,
    unless the editor ends them. ``seats`` is ``{chamber: number}``.
    """

    delegation: Delegation = None
    first_day: date = None
    lines: list = ()
    seats: dict = field(default_factory=dict)
    is_complete: bool = False
    # Memberships that end unless the editor says that a line means the person.
    depends: list = field(default_factory=list)

    def __post_init__(self):
        self.founded_on(self.first_day, self.is_complete, self.lines)
        self.founded_on(*((chamber.pk, seats) for chamber, seats in self.seats.items()))
        self._named = {line.chamber.pk: line.chamber for line in self.lines if line.chamber}
        self._unseated = {line.unseated.pk for line in self.lines if line.unseated}
        self._gives_roles = any(line.role for line in self.lines)
        self._recognised = recognised(line.name for line in self.lines)
        self._read()
        self._ask_about_lines()
        self._ask_about_roles()

    def _in_the_way(self, model, *related, **filters):
        rows = model.objects.filter(overlapping(self.first_day, None), **filters)
        return self.reads(rows.select_related(*related).order_by("pk"))

    def _read(self):
        people = {person.pk: person for each in self._recognised.values() for person in each.people}
        self.reads(people[key] for key in sorted(people))
        seat = ("person", "chamber__parliament")
        self._record_of = defaultdict(list)
        for model, related in ((Membership, seat), (Office, ROLE), (Role, ROLE)):
            for row in model.objects.filter(person__in=people).select_related(*related):
                self._record_of[row.person_id].append(row)
        self._seats_of = defaultdict(list)
        for row in self._in_the_way(Membership, *seat, person__in=people):
            self._seats_of[row.person_id].append(row)
        self._sitting = [
            row
            for row in self._in_the_way(Membership, *seat, chamber__in=self._named)
            if row.covers(self.first_day)
        ]
        self._roles = self._in_the_way(Role, *ROLE, parliament=self.delegation)
        chambers = {*self._named, *self._unseated, *(chamber.pk for chamber in self.seats)}
        self._allocations = self._in_the_way(
            SeatAllocation, "chamber__parliament", chamber__in=chambers
        )
        self._rosters = self._in_the_way(
            CompleteRoster, "chamber__parliament", chamber__in=chambers
        )

    # Questions

    def _ask_about_lines(self):
        """Ask whom each line means: even of the very same name there may be somebody new."""
        seen = {}
        for line in self.lines:
            known = self._recognised[line.name]
            twin = seen.setdefault(line.name, line)
            choices = [(f"person-{each.pk}", self._described(each, line)) for each in known.people]
            choices.append((NEW, _("A new person: %(name)s") % {"name": read_as(line.name)}))
            if turned := line.name.other_way_round:
                choices.append((TURNED, _("A new person: %(name)s") % {"name": read_as(turned)}))
            default = ""
            if twin is line:
                if not known.people:
                    default = NEW
                elif known.is_certain and not self._elsewhere(known.people[0], line):
                    default = choices[0][0]
            leave_out = _("Leave this line out")
            if self.is_complete and line.chamber:
                leave_out = _("Leave this line out; no complete roster is then stated")
            choices.append((SKIP, leave_out))
            about = _("Line %(number)d: %(name)s") % {"number": line.number, "name": line.name}
            if line.chamber:
                about = f"{about}, {line.chamber.title}"
            if twin is not line:
                about = _("%(line)s; the same name stands in line %(other)d") % {
                    "line": about,
                    "other": twin.number,
                }
            self.questions.append(Question(f"line-{line.number}", about, choices, default))

    def _elsewhere(self, person, line):
        """Return the seats that the person would give up for that of the line."""
        return [
            row
            for row in self._seats_of[person.pk]
            if line.chamber and row.covers(self.first_day) and row.chamber_id != line.chamber.pk
        ]

    def _given_up(self, person, line):
        """Return the seats that an alternate would give up."""
        return [
            row
            for row in self._seats_of[person.pk]
            if line.unseated and row.covers(self.first_day) and row.chamber_id == line.unseated.pk
        ]

    def _described(self, person, line):
        # Its own words start with the person.
        facts = [str(row).removeprefix(f"{person}: ") for row in self._record_of[person.pk]]
        record = "; ".join(facts) or _("no seat, office or role on record")
        words = _("On record: %(person)s (%(code)s): %(record)s") % {
            "person": person,
            "code": person.slug,
            "record": record,
        }
        if given_up := self._elsewhere(person, line):
            return _("%(person)s, and the seat elsewhere ends: %(chamber)s") % {
                "person": words,
                "chamber": given_up[0].chamber,
            }
        if self._given_up(person, line):
            return _("%(person)s, and the seat ends: an alternate holds none") % {"person": words}
        return words

    def _ask_about_roles(self):
        self._roles_asked = {}
        if self._gives_roles or not self.lines:
            return
        listed = {known.people[0].pk for known in self._recognised.values() if known.is_certain}
        for row in self._roles:
            if row.covers(self.first_day) and row.person_id not in listed:
                self._roles_asked[f"role-{row.pk}"] = row
                choices = [(KEEP, _("Goes on as it is")), (END, _("Ends the day before"))]
                self.questions.append(Question(f"role-{row.pk}", str(row), choices, KEEP))

    # Decisions

    def decide(self, answers):
        self._slugs, self._left_out = None, set()
        people, open_people, spared = {}, set(), set()
        for line in self.lines:
            known = self._recognised[line.name]
            answer = answers.get(f"line-{line.number}", "")
            if answer.startswith("person-"):
                people[line] = next(p for p in known.people if answer == f"person-{p.pk}")
            elif answer in {NEW, TURNED}:
                people[line] = self._new_person(
                    line.name.other_way_round if answer == TURNED else line.name
                )
            elif answer == SKIP:
                # Whoever of them is meant keeps what there is.
                spared |= {each.pk for each in known.people}
                self._left_out.add(line)
            else:
                open_people |= {each.pk for each in known.people}
        self._tell_twice(people)
        self._change_seats()
        self._seat(people, spared, open_people)
        self._change_roles(people, spared, open_people, answers)
        self._state_rosters()
        self._warn()

    def _new_person(self, name):
        person = Person(**name.columns, slug=self._free_slug(name))
        self.starts.append(person)
        return person

    def _free_slug(self, name):
        if self._slugs is None:
            rows = (Person.objects, Person.history)
            self._slugs = {
                slug for each in rows for slug in each.order_by().values_list("slug", flat=True)
            }
        stem = transliterated(f"{name.given} {name.family}", SLUG) or "person"
        slug, number = stem, 1
        while slug in self._slugs:
            number += 1
            slug = f"{stem}-{number}"
        self._slugs.add(slug)
        return slug

    def _tell_twice(self, people):
        lines_of = defaultdict(list)
        for line, person in people.items():
            if person.pk:
                lines_of[person].append(str(line.number))
        for person, numbers in lines_of.items():
            if len(numbers) > 1:
                why = _("NormalisedTextField %(lines)s name the same person.") % {
                    "lines": ", ".join(numbers)
                }
                self.obstacles.append(Obstacle(person, why))

    def _starting(self, model, **values):
        return model(valid_from=self.first_day, source=self.source, **values)

    def _change_seats(self):
        for chamber, number in self.seats.items():
            new = self._starting(SeatAllocation, chamber=chamber, seats=number)
            self.succeed(new, [row for row in self._allocations if row.chamber_id == chamber.pk])

    def _seat(self, people, spared, open_people):
        seated = set()
        for line, person in people.items():
            if line.chamber:
                seated.add(person.pk)
                new = self._starting(Membership, person=person, chamber=line.chamber)
                self.succeed(new, self._seats_of[person.pk] if person.pk else [])
        for line, person in people.items():
            if person.pk not in seated:
                for row in self._given_up(person, line):
                    self.end(row, self.first_day - DAY)
        for row in self._sitting:
            if row.person_id in seated or row in self.ends:
                continue
            if row.person_id in open_people:
                self.depends.append(row)
            elif row.person_id in spared:
                self.stays.append(row)
            else:
                self.end(row, self.first_day - DAY)

    def _change_roles(self, people, spared, open_people, answers):
        named = {}
        for line, person in people.items():
            if line.role:
                named[person.pk] = line.role
                head = line.role == Role.Kind.HEAD
                rows = [
                    row
                    for row in self._roles
                    if row.person_id == person.pk or (head and row.kind == line.role)
                ]
                new = self._starting(
                    Role, person=person, parliament=self.delegation, kind=line.role
                )
                self.succeed(new, rows)
        for row in self._roles:
            if not row.covers(self.first_day) or row.person_id in named:
                continue
            if answers.get(f"role-{row.pk}") == END or (
                self._gives_roles and row.person_id not in spared | open_people
            ):
                self.end(row, self.first_day - DAY)
            elif self._gives_roles and row.person_id in open_people:
                self.depends.append(row)
            else:
                self.stays.append(row)

    def _state_rosters(self):
        changed = {
            row.chamber_id for row in (*self.ends, *self.starts) if isinstance(row, Membership)
        }
        incomplete = {line.chamber.pk for line in self._left_out if line.chamber}
        for key, chamber in self._named.items():
            rows = [row for row in self._rosters if row.chamber_id == key]
            if self.is_complete and key in incomplete:
                words = _("%(chamber)s: a line is left out, so no complete roster is stated.")
                self.warnings.append(words % {"chamber": chamber.title})
            if self.is_complete and key not in incomplete:
                self.succeed(self._starting(CompleteRoster, chamber=chamber), rows)
                changed.discard(key)
        if self.is_complete and not self._named:
            self.warnings.append(_("No line gives a seat, so no complete roster is stated."))
        for row in self._rosters:
            # It spoke of the members of before.
            if row.chamber_id in changed & (self._named.keys() | self._unseated) and (
                row.covers(self.first_day) and row.valid_from != self.first_day
            ):
                self.end(row, self.first_day - DAY)

    def _warn(self):
        in_force = {
            row.chamber_id: row.seats for row in self._allocations if row.covers(self.first_day)
        }
        in_force |= {chamber.pk: number for chamber, number in self.seats.items()}
        for key, chamber in self._named.items():
            members = sum(
                bool(line.chamber) and line.chamber.pk == key and line not in self._left_out
                for line in self.lines
            )
            if members > in_force.get(key, members):
                words = ngettext(
                    "%(chamber)s: the list has %(members)d name, and the chamber sends %(seats)d.",
                    "%(chamber)s: the list has %(members)d names, and the chamber sends %(seats)d.",
                    members,
                )
                self.warnings.append(
                    words % {"chamber": chamber.title, "members": members, "seats": in_force[key]}
                )


def read_as(name):
    """Return a name with its parts told apart, the family name first."""
    return ", ".join(part for part in (name.family, name.given, name.patronymic) if part)
