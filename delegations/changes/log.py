"""The log as it is read: entries in words, with the rows that they name."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa.admin.labels import labels
from cstopa.http import pagination
from cstopa.http.addresses import absolute, path_to
from cstopa.http.kept.rows import until_written
from cstopa.languages import Text, language_of
from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, period_in_words
from cstopa.models.reasons import OF_THE_HOUSE, reason_in_words
from delegations.changes.models import (
    Change,
    LogEntry,
    home_of,
    kind_of,
    logged_models,
    logged_names,
    steps_home,
)
from delegations.changes.replay import Version
from delegations.changes.rows import NamedRows, is_gone, row_of
from delegations.models import DatedFact, Parliament
from delegations.models.people import person_fact_models

# How many removals the page of a delegation or a person tells.
REMOVED = 3
# Whether a fact covers a day, and holds on it: one that nobody recorded.
NEVER = False, False
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def in_words(entries, parliament=None):
    """Return LogEntries in words. Of the log of a ``parliament``, it was read ``with_names()``."""
    entries = list(entries)
    rows = NamedRows(entries, parliament)
    return [EntryInWords(entry, rows) for entry in entries]


def page_of(entries, parliament, position, **options):
    """Return a Page of entries in words, see :func:`cstopa.http.pagination.page_of`."""
    page = pagination.page_of(entries, position, **options)
    return replace(page, rows=shared_in_words(tuple(page.rows), parliament))


# Entries are final, and what they name is read once for both languages.
shared_in_words = until_written(size=40)(in_words)


@until_written(size=200)
def removed(parliament):
    """Return the last entries by which something of a parliament was removed, in words."""
    entries = LogEntry.objects.of(parliament).of_pages().removed()
    return in_words(entries[:REMOVED])


@until_written(size=200)
def removed_of(person):
    """Return the last entries by which a fact of a person was removed, in words."""
    entries = LogEntry.objects.removed().filter(
        kind__in=[kind_of(model) for model in person_fact_models()],
        values__person=person.code,
    )
    return in_words(entries[:REMOVED])


@until_written(size=200)
def last_version(parliament=None):
    """Return the last Version of the record in which that of a parliament, or the whole, is another."""
    last = LogEntry.objects.of(parliament).values_list("pk", "recorded_at").first()
    return Version(*last) if last else Version(0, None)


def address(delegation, name):
    """Return the address of a form of the log of a delegation, or of the whole where it is None."""
    if delegation is None:
        return path_to(f"delegations:{name}")
    return path_to(f"delegations:delegation-{name}", delegation.slug)


def address_of_entry(entry):
    """Return the address of an entry: its place among those of its decision."""
    page = address(entry.delegation, "changes")
    return f"{page}?decision={entry.decision}#{entry.kind}-{entry.number}"


def asking(day, version):
    """Return the query that asks for what a Version of the record says of a day."""
    return f"?{urlencode({'date': day, 'version': version.number})}"


def lasting_address(delegation, day, version):
    """Return the address to quote, of a delegation or of all: it says the same for ever."""
    return absolute(address(delegation, "on-record") + asking(day, version))


@dataclass(frozen=True)
class EntryInWords:
    """An entry of the log, as it is ``stored``, and in words. ``rows`` are those that it names."""

    stored: LogEntry
    rows: NamedRows

    def __getattr__(self, name):
        # The columns of the stored entry.
        return getattr(self.stored, name)

    @property
    def lasting_address(self):
        return absolute(address_of_entry(self))

    @property
    def change(self):
        return Change(self.stored.change)

    @property
    def values(self):
        """What was so and when, by names that never change: rows by their codes."""
        return self._in_order(self.stored.values)

    @property
    def before(self):
        """The same of the version before, or None."""
        return self.stored.before and self._in_order(self.stored.before)

    def _in_order(self, values):
        # PostgreSQL keeps the names of a JSON object in an order of its own.
        return {name: values[name] for name in logged_names(self.model) if name in values}

    @property
    def reason(self):
        """Why it was corrected or removed, as it was written, in the language of its letters; of the house in any."""
        reason = self.stored.reason
        if reason in OF_THE_HOUSE:
            return Text(reason_in_words(reason), get_language())
        return Text(reason, "ru" if CYRILLIC.search(reason) else "en")

    @property
    def model(self):
        return logged_models()[self.kind]

    @cached_property
    def fact(self):
        """The row as this version has it, or had it last before it was removed."""
        return row_of(self.model, self.code, self.stored.values, self.rows.get)

    @cached_property
    def fact_before(self):
        """The row as the version before had it, or None."""
        before = self.stored.before
        return before and row_of(self.model, self.code, before, self.rows.get)

    @cached_property
    def source(self):
        return getattr(self.fact, "source", None)

    @cached_property
    def ended_by(self):
        """The further sources that were recorded with the end, or since: they say by what it ended."""
        return [
            row
            for row in self.rows.further_sources.get((self.kind, self.stored.object_id), [])
            if self.change == Change.ENDED
            # Versions of two models are numbered apart: their moments alone can be compared.
            and row.recorded_at
            and row.recorded_at >= self.recorded_at
        ]

    @cached_property
    def parliament(self):
        """The parliament to whose delegation it belongs; None for an office of the Assembly."""
        if self.model is Parliament:
            return self.rows.get(Parliament, self.code)
        return self.fact.home_row

    @property
    def parliament_name(self):
        return self.name_of(self.parliament)

    def name_of(self, row, fact=None):
        """Return the name of a row; of a parliament and a chamber, that on the day of the recording, or
        on the nearest one of the fact, which is that of the entry.
        """
        if not hasattr(row, "names_on"):
            return row.name or _("name not recorded")
        fact, day = fact or self.fact, timezone.localdate(self.stored.recorded_at)
        if isinstance(fact, DatedFact):
            day = fact.day_of_name(day)
        return row.title_on(day) or _("name not recorded")

    @property
    def delegation(self):
        """The same, as far as it is on record today."""
        parliament = self.parliament
        return None if parliament is None or is_gone(parliament) else parliament

    @property
    def heading(self):
        if self.kind == "chamber" and not self.subject:
            # The only chamber of a parliament, whose pages never say "chamber".
            return _("Unicameral parliament")
        return capfirst(self.model._meta.verbose_name)

    @property
    def subject(self):
        """``(words, address)`` of whom and what it is about; an address of "" leads nowhere."""
        person = getattr(self.fact, "person", None)
        parts = [(self.name_of(person), address_of(person))] if person else []
        parts.append((self.fact.statement(), ""))
        # What belongs to a parliament itself: the delegation is shown beside it.
        if steps_home(self.model) > 1:
            about = getattr(self.fact, home_of(self.model)[0])
            parts.append((self.name_of(about), address_of(about)))
        return [(words, address) for words, address in parts if words]

    @property
    def in_words(self):
        """What it is about, as plain text."""
        parliament = [self.parliament_name] if self.parliament else []
        parts = [words for words, _address in self.subject] + parliament
        # Once: the only chamber of a parliament has the name of the parliament.
        return ", ".join(dict.fromkeys(map(str, parts)))

    @property
    def period(self):
        """When it was so, as the version says it: "" for what has no period."""
        return own_period(self.fact)

    @property
    def day_of_difference(self):
        """The day, nearest to that of the recording, of which this version says something else than the
        one before, or, where only what holds is another, the nearest on which it holds.
        """
        recorded = timezone.localdate(self.stored.recorded_at)
        if not isinstance(self.fact, DatedFact):
            return recorded
        is_removal = self.change == Change.REMOVED
        versions = self.fact_before, None if is_removal else self.fact

        def said(day):
            now = max(day, recorded)
            return [
                (fact.covers(day), fact.holds(day, now)) if fact else NEVER for fact in versions
            ]

        days = sorted(days_around(versions, recorded), key=lambda day: abs(day - recorded))
        differing = (day for day in days if len(set(said(day))) > 1)
        return next(differing, self.fact.day_of_name(recorded))

    @property
    def differences(self):
        """``(label, old value, new value)`` of what is said otherwise than in the version before."""
        if self.stored.before is None or self.change == Change.REMOVED:
            return []
        names = labels(self.model)
        differences = []
        for name in self.model.value_fields:
            if self.stored.before.get(name) != self.stored.values.get(name):
                field = self.model._meta.get_field(name)
                label = names.get(name) or capfirst(field.verbose_name)
                differences.append(
                    (label, self.shown(self.fact_before, field), self.shown(self.fact, field))
                )
        periods = own_period(self.fact_before), own_period(self.fact)
        if periods[0] != periods[1]:
            differences.append((_("Period"), *periods))
        if self.source and self.fact_before.source != self.source:
            differences.append((_("Source"), self.fact_before.source.title, self.source.title))
        return differences

    def shown(self, fact, field):
        """Return the value of a column for readers, marked with its language where it has one."""
        value = getattr(fact, field.name)
        if value in ("", None):
            return _("not recorded")
        if field.is_relation:
            return self.name_of(value, fact)
        if language := language_of(field):
            return Text(value, language)
        return dict(field.flatchoices).get(value, value)


def days_around(facts, day):
    """Return a day, and those on which what facts say begins or is over."""
    days = {day}
    for fact in filter(None, facts):
        first, last = fact.valid_from, fact.last_day
        days |= {fact.day_of_name(day), *fact.evidence}
        days |= {first, first - ONE_DAY} if first else set()
        days |= {last, last + ONE_DAY} if last else set()
    return {each for each in days if EARLIEST <= each <= LATEST}


def own_period(fact):
    """Return in words the period that a fact says of itself, whenever its chamber ends."""
    if isinstance(fact, Parliament):
        return ""
    ends = [(fact.end, fact.valid_to_is_latest)] if fact.end else []
    return str(period_in_words(fact.start, ends))


def address_of(row):
    return "" if is_gone(row) else row.get_absolute_url()
