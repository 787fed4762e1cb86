"""The log: one entry for each version that says something new about what was so."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.admin.labels import labels
from cstopa.languages import LANGUAGES, Text
from cstopa.models.periods import period_in_words, start_of
from delegations.changes import pages
from delegations.changes.querysets import MODELS, PERIOD, Change, columns, states, versions
from delegations.changes.related import Rows, is_gone
from delegations.models import Parliament
from delegations.models.names import undated_name

ONE_DAY = dt.timedelta(days=1)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """What one version of a row changed. ``rows`` are those that it names."""

    version: object
    rows: Rows

    @property
    def kind(self):
        """The kind of fact: a key of ``MODELS``."""
        return self.version.kind_of_fact

    @property
    def code(self):
        return self.version.code

    @property
    def number(self):
        """The number of the version among those of its kind: a later one is higher."""
        return self.version.history_id

    @property
    def change(self):
        return Change(self.version.change)

    @property
    def recorded_at(self):
        return self.version.history_date

    @property
    def reason(self):
        """Why it was corrected or removed, as it was written, in the language of its letters."""
        reason = self.version.reason
        return Text(reason, "ru" if CYRILLIC.search(reason) else "en")

    @cached_property
    def fact(self):
        """The row as this version has it, or had it last before it was removed."""
        return self.rows.relate(self.version.instance)

    @cached_property
    def before(self):
        """The row as the version before had it, or None."""
        if self.version.was_history_id is None:
            return None
        names = {name: f"was_{name}" for name in columns(self.kind)}
        if self.source is not None:
            names["source_id"] = "was_source_id"
        return self.rows.relate(
            MODELS[self.kind](**{name: getattr(self.version, was) for name, was in names.items()})
        )

    @property
    def source(self):
        return getattr(self.fact, "source", None)

    @property
    def ended_by(self):
        """The further sources that were recorded with the end, or since: they say by what it ended."""
        if self.change != Change.ENDED:
            return []
        return [
            row
            for row in self.rows.further.get((self.kind, self.version.id), [])
            if row.recorded_at and row.recorded_at >= self.recorded_at
        ]

    @property
    def person(self):
        return getattr(self.fact, "person", None)

    @property
    def chamber(self):
        """The chamber that it is about, where it is a part of something of a chamber."""
        return getattr(self.fact, "chamber", None)

    @property
    def parliament(self):
        """The parliament to whose delegation it belongs; None for an office of the Assembly."""
        if self.kind == "parliament":
            return self.rows.parliament[self.version.id]
        return self.chamber.parliament if self.chamber else self.fact.parliament

    @property
    def delegation_address(self):
        """The page of the delegation to which it belongs, or ""."""
        if self.parliament is None or is_gone(self.parliament):
            return ""
        return reverse("delegations:detail", args=[self.parliament.slug])

    @property
    def heading(self):
        if self.kind == "chamber" and not self.subject:
            # It is the parliament, whose pages never say "chamber".
            return _("Unicameral parliament")
        return capfirst(MODELS[self.kind]._meta.verbose_name)

    @property
    def subject(self):
        """``(words, address)`` of whom and what it is about; an address of "" leads nowhere."""
        parts = [(row_name(row), address_of(row)) for row in (self.person,) if row]
        parts.append((statement(self.fact), ""))
        if self.chamber:
            parts.append((self.chamber.title, address_of(self.chamber)))
        return [(words, address) for words, address in parts if words]

    @property
    def in_words(self):
        """What it is about, as plain text."""
        parliament = [self.parliament.name] if self.parliament else []
        parts = [words for words, _address in self.subject] + parliament
        # The only chamber of a parliament is named as itself.
        return ", ".join(dict.fromkeys(map(str, parts)))

    @property
    def period(self):
        """When it was so, as the version says it: "" for what has no period."""
        return own_period(self.fact)

    @property
    def differences(self):
        """``(label, old value, new value)`` of what is said otherwise than in the version before."""
        if self.before is None or self.change == Change.REMOVED:
            return []
        names = labels(MODELS[self.kind])
        found = []
        for name in states(self.kind):
            if getattr(self.before, name) != getattr(self.fact, name):
                field = self.fact._meta.get_field(name)
                label = names.get(name) or capfirst(field.verbose_name)
                found.append((label, shown(self.before, field), shown(self.fact, field)))
        if own_period(self.before) != own_period(self.fact):
            found.append((_("Period"), own_period(self.before), own_period(self.fact)))
        if self.source and self.before.source != self.source:
            found.append((_("Source"), self.before.source.title, self.source.title))
        return found

    @property
    def values(self):
        """What was so and when, by names that never change: rows by their codes."""
        return values(self.kind, self.fact)

    @property
    def values_before(self):
        return self.before and values(self.kind, self.before)


def own_period(fact):
    """Return in words the period that a fact says of itself, whenever its chamber ends."""
    if isinstance(fact, Parliament):
        return ""
    ends = [(fact.valid_to, fact.valid_to_is_latest)] if fact.valid_to else []
    return str(period_in_words(fact.valid_from, ends))


def statement(row):
    return undated_name(row) if isinstance(row, Parliament) else row.statement()


def row_name(row):
    return row.name or _("name not recorded")


def address_of(row):
    return "" if is_gone(row) else row.get_absolute_url()


def shown(fact, field):
    """Return the value of a column for readers, marked with its language where it has one."""
    value = getattr(fact, field.attname)
    if value in ("", None):
        return _("not recorded")
    if field.is_relation:
        row = getattr(fact, field.name)
        return getattr(row, "title", None) or row_name(row)
    language = getattr(field, "_translated_field_language_code", None)
    if language in LANGUAGES:
        return Text(value, language)
    return dict(field.flatchoices).get(value, value)


def values(kind, fact):
    found = {}
    for name in (*states(kind), *(PERIOD if kind != "parliament" else ())):
        if name.endswith("_id"):
            row = getattr(fact, name.removesuffix("_id"))
            found[name.removesuffix("_id")] = row and row.code
        else:
            found[name] = getattr(fact, name)
    if kind != "parliament":
        found["source"] = fact.source.code
    return found


def tables(parliament=None, kind="", change="", first=None, last=None, evidence=False):
    """Return ``{kind: versions}``: of one parliament, kind, change and days of recording, or of all."""
    asked = Q()
    if change:
        asked &= Q(change=change)
    if first:
        asked &= Q(history_date__gte=start_of(first))
    if last:
        asked &= Q(history_date__lt=start_of(last + ONE_DAY))
    return {
        each: versions(each, parliament, evidence).filter(asked)
        for each in MODELS
        if kind in ("", each)
    }


def entries(parliament=None, **asked):
    """Return the whole log, or that of a parliament, the last recorded first."""
    return entries_of(pages.whole(tables(parliament, **asked)))


def page_of(position="", size=pages.SIZE, **asked):
    """Return the Page of entries at a position."""
    page = pages.page_of(tables(**asked), position, size)
    return replace(page, rows=entries_of(page.rows))


def last_recorded(parliament):
    """Return the moment of the newest entry of the log of a parliament, or None, in one query."""
    newest = (rows.values("history_date")[:1] for rows in tables(parliament).values())
    moments = Parliament.objects.filter(pk=parliament.pk).values_list(*map(Subquery, newest))
    return max(filter(None, moments.get()), default=None)


def entries_of(versions):
    rows = Rows(versions)
    return [Entry(version, rows) for version in versions]
