"""What readers read before and after a plan of facts: it is done, read, and taken back."""

import copy
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.http.addresses import path_to
from cstopa.models.periods import day_in_words, held_and_possible, today
from delegations.composition import by_participation, compositions, officers, roles
from delegations.models import DatedFact, Membership, Office, PersonFact, Role
from delegations.plans import Plan

# So many texts are named.
MOST_TEXTS = 20
# Nobody else writes while a plan is tried: so many rows of it are.
MOST_TRIED = 200


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


class Text(NamedTuple):
    """A public text that says otherwise then: ``turns`` are ``[(before, after)]``, in any language."""

    address: str
    title: str
    turns: list


# What reads the references to facts in the texts of other apps: see register().
_readers = []


def register(reader):
    """Register what, called with parliaments, reads what texts say of them now.

    ``differing(after)`` returns the Texts that say something else than when it was read ``after``.
    """
    _readers.append(reader)
    return reader


@dataclass(kw_only=True)
class ReadPlan(Plan):
    """A plan of ``facts`` of the parliaments that are its ``homes``, which is read today and on other ``days``.

    ``readings`` are those that differ, once it is done, and ``texts``, of what is only tried, the Texts
    that say otherwise.
    """

    readings: list = field(default_factory=list)
    texts: list = field(default_factory=list)

    @property
    def facts(self):
        return [row for row in (*self.ends, *self.starts) if isinstance(row, DatedFact)]

    @property
    def homes(self):
        return [*dict.fromkeys(row.home_row for row in self.facts if row.home_row)]

    @property
    def days(self):
        raise NotImplementedError

    def apply_and_read(self):
        before = self._read()
        super().apply()
        after = self._read()
        self.readings = [
            Reading(*place, *_differing(before.get(place, ()), after.get(place, ())))
            # What is only there before or after stands with its day too.
            for place in sorted({**before, **after}, key=itemgetter(0))
            if before.get(place) != after.get(place)
        ]

    @property
    def is_tried(self):
        return len(self.ends) + len(self.starts) <= MOST_TRIED

    def effects(self):
        """Return it as it would be done: it is done, read, and taken back; of many rows nothing is read."""
        if not self.is_tried:
            return self
        tried, before = copy.deepcopy(self), self._references()
        with transaction.atomic():
            tried.apply_and_read()
            after = self._references()
            transaction.set_rollback(True)
        pairs = zip(before, after, strict=True)
        tried.texts = [text for was, now in pairs for text in was.differing(now)]
        return tried

    def _references(self):
        return [reader(self.homes) for reader in _readers] if self.homes else []

    @property
    def shown_texts(self):
        return self.texts[:MOST_TEXTS]

    @property
    def more_texts(self):
        return len(self.texts[MOST_TEXTS:])

    @property
    def home(self):
        """The parliament whose facts these are, or None."""
        return next(iter(self.homes), None)

    def _read(self):
        found = {}
        for day in sorted(self.days):
            for home in self.homes:
                whose = "" if len(self.homes) == 1 else f"{home}: "
                read = read_on(home, day)
                found |= {(day, f"{whose}{name}"): words for name, words in read.items()}
            if not self.homes:
                found |= {(day, name): words for name, words in read_of_assembly(day).items()}
        return found

    @property
    def pages(self):
        """The public pages that say something else then: ``[(address, words)]``."""
        people = {
            row.person.pk: row.person
            for row in self.facts
            if isinstance(row, PersonFact) and row.person.pk
        }
        pages = []
        for home in self.homes:
            pages += [
                (path_to("delegations:detail", home.slug), _("Page of the delegation")),
                (path_to("delegations:parliament-detail", home.slug), _("Page of the parliament")),
            ]
        if self.homes:
            pages.append((path_to("delegations:list"), _("List of delegations, with its totals")))
        elif any(isinstance(row, Office) for row in self.facts):
            pages.append((path_to("home"), _("Home page")))
        pages += [(row.get_absolute_url(), str(row)) for row in people.values()]
        if max(self.days) > today():
            pages.append((path_to("delegations:ahead"), _("Ahead")))
        return pages

    def said(self, readings):
        return "; ".join(f"{each.label}: {each.after}" for each in readings)


def _differing(before, after):
    """Return in words what each of two readings has and the other has not, and how much is in both."""
    one, other = Counter(before), Counter(after)
    same = (one & other).total()
    as_before = [_("%(count)d as before") % {"count": same}] if same else []
    return [
        ", ".join([*(some - others).elements(), *as_before]) or _("not recorded")
        for some, others in ((one, other), (other, one))
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
