"""What one decision does to many rows: seen before, then done at once or not at all."""

import hashlib
import json
from dataclasses import dataclass, field

from django import forms
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cstopa.admin.previews import AnswersForm
from cstopa.languages import LANGUAGES
from cstopa.models.constraints import overlapping
from cstopa.models.partial_dates import admits, is_exact, last_possible
from cstopa.models.periods import ONE_DAY, day_in_words, today
from delegations.models import Chamber, FurtherSource
from delegations.taking_back import place_of

KEEP, END, CHECKED = "keep", "end", "checked"


def is_doubtful(row):
    """Return whether nothing says of a row in force when it was so: ended, it is not known of today."""
    return row.is_dated_by_nothing and row.covers(today())


@dataclass(frozen=True)
class Obstacle:
    """A row that contradicts the decision, and has to be dealt with first."""

    row: models.Model
    why: str


@dataclass
class Plan:
    """The rows that a decision ends, starts and leaves as they are.

    Rows are closed and never overwritten: one that says something else about the same days is an
    obstacle. The decision becomes the source of what starts, and a further source of what ends.
    ``questions`` are the fields of what only an editor can decide. ``written`` are the places of all that
    it wrote, by which it is taken back.
    """

    source: models.Model
    ends: list = field(default_factory=list)
    starts: list = field(default_factory=list)
    stays: list = field(default_factory=list)
    obstacles: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)
    written: list = field(default_factory=list)
    _basis: list = field(default_factory=list)

    def ask(self, key, label, choices, likely=""):
        """Add a question; ``likely`` is the choice that is taken where nothing is chosen."""
        self.questions[key] = forms.ChoiceField(
            label=label,
            choices=choices if likely else [("", _("– choose –")), *choices],
            initial=likely,
            error_messages={"required": _("Choose one of these.")},
        )

    def ask_whether_it_ends(self, row, words, last_day):
        """Ask whether a fact goes on, as is likely, or ends with ``last_day``, as ``words`` say."""
        key = f"{row.fact_kind}-{row.pk}"
        choices = [(KEEP, _("Goes on as it is")), (END, words)]
        if is_doubtful(row) and today() <= last_possible(last_day):
            so = _("%(ends)s; until then it is so: count it as checked today")
            choices.append((CHECKED, so % {"ends": words}))
        self.ask(key, str(row), choices, KEEP)
        return key

    def end_or_keep(self, row, answer, last_day, is_latest=False):
        """Do as was answered when it was asked whether a fact ends."""
        if answer not in {END, CHECKED}:
            self.stays.append(row)
            return
        self.end(row, last_day, is_latest)
        if answer == CHECKED:
            row.checked_on = today()

    def answers(self, data=None):
        return AnswersForm(self.questions, data)

    def decide(self, answers):
        """Take ``{key: choice}`` of the questions; what is not answered stays open."""

    @property
    def changes_something(self):
        return bool(self.ends or self.starts)

    @property
    def is_possible(self):
        return self.changes_something and not self.obstacles

    @property
    def is_open(self):
        """Whether the editor has to decide something before it can be done."""
        return any(not each.initial for each in self.questions.values())

    @property
    def digest(self):
        """A hash of the decision and of every row that was read: it differs where one of them does."""
        words = json.dumps(self._basis, default=str, sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()

    def founded_on(self, *parts):
        """Count words of the decision in the digest."""
        self._basis += map(str, parts)

    def reads(self, rows):
        """Return the rows as a list, and count what they say in the digest."""
        rows = list(rows)
        self._basis += [
            [row._meta.label, *(getattr(row, each.attname) for each in row._meta.concrete_fields)]
            for row in rows
        ]
        return rows

    def in_force_since(self, day, model, **filters):
        """Return the rows of a model that are in force on a day or later, and count what they say."""
        rows = model.objects.filter(overlapping(day, None), **filters)
        # Whoever saves one of them waits until this is done.
        rows = rows.select_for_update(of=("self",)).select_related(*model.related())
        return self.reads(rows)

    def described(self, row):
        """Return a row in words, as the editor sees it before it is done."""
        # __str__ of a chamber does not say its period.
        return f"{row.title}, {row.period_in_words}" if isinstance(row, Chamber) else str(row)

    def end(self, row, last_day, is_latest=False):
        """Close a row, where nothing that is on record contradicts it."""
        if row in self.ends:
            return
        if (row.end, row.valid_to_is_latest) == (last_day, is_latest):
            self.stays.append(row)
        elif row.valid_from and row.valid_from > last_possible(last_day):
            self.obstacles.append(Obstacle(row, _("It starts too late to end here.")))
        elif row.end and not (
            last_possible(last_day) <= row.valid_to
            if row.valid_to_is_latest
            else admits(row.end, last_day) and not is_latest
        ):
            self.obstacles.append(Obstacle(row, _("Another end of it is on record.")))
        else:
            row.valid_to, row.valid_to_is_latest = last_day, is_latest
            self.ends.append(row)

    def succeed(self, new, rows):
        """Start a row in the place of those that would share its days, unless one says the same."""
        day = new.valid_from
        for row in rows:
            if row.covers(day) and row.stated_values() == new.stated_values():
                self.stays.append(row)
                return
        for row in rows:
            if row.valid_from and row.valid_from > last_possible(new.start):
                self.obstacles.append(Obstacle(row, _("It is on record for later days.")))
            elif row.end and last_possible(row.end) < last_possible(new.start):
                # It is over by then.
                self.stays.append(row)
            else:
                # Within a month or a year known only as such both are. A fact that ended with its
                # chamber is closed on the last day of the chamber.
                last_day = day - ONE_DAY if is_exact(new.start) else new.start
                self.end(row, *min([(last_day, False), *row.ends[-1:]]))
        self.starts.append(new)

    def effects(self):
        """Return what readers read then, see ReadPlan; None where nothing is read beforehand."""
        return None

    def apply(self):
        """Write it, or nothing of it."""
        with transaction.atomic():
            self.write()

    def write(self):
        """Write one version for each row."""
        for row in (self.source, *self.ends, *self.starts):
            if row is not self.source or row._state.adding:
                self._write(row)
        for row in self.ends:
            further = FurtherSource(source=self.source, **{row.fact_kind: row}, **says_the_end(row))
            known = {each.source_id for each in row.further_sources.all()} | {row.source_id}
            if self.source.pk not in known:
                self._write(further)

    def _write(self, row):
        is_new = row._state.adding
        row.save()
        self.written.append(place_of(row, is_new))

    @property
    def outcome(self):
        return _("Done at once. Rows that end: %(ended)d, rows that start: %(started)d.") % {
            "ended": len(self.ends),
            "started": len(self.starts),
        }


def says_the_end(row):
    """Return what a decision says of a row that it ends, in each language."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            day = {"day": day_in_words(row.end)}
            words[f"says_{language}"] = (
                _("the end, with %(day)s at the latest") % day
                if row.valid_to_is_latest
                else _("the end, with %(day)s") % day
            )
    return words
