"""References: tags in an article for which its day's value is shown.

``[[seats:belarus]]`` in a headline, a summary or a body is shown as the number of seats that the
delegation had on the day of the article. So no number that rows state is typed, and an old article
keeps saying what was true then. The vocabulary is ``KINDS``; parliaments and chambers are named by
their codes, which never change.

A value that no row gives on that day is "not recorded", and so is one whose row was deleted since.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.http.addresses import as_of
from cstopa.library import references as pictures
from cstopa.library.documents import references as documents
from cstopa.models.periods import ONE_DAY, day_in_words, today
from cstopa.search.words import BREAK
from delegations.composition import Chronicle

OPENING, CLOSING = "[[", "]]"
REFERENCE = re.compile(r"\[\[([^\[\]<>]*)\]\]")
NOT_RECORDED = gettext_lazy("not recorded")


@dataclass(frozen=True)
class Kind:
    """What a reference may ask for.

    ``of``: "delegation" or "chamber", one of which its code names, or "" for all delegations.
    ``read`` takes the Chronicle, the row and the day, and returns None for "not recorded".
    """

    of: str
    label: Promise
    read: Callable


def counted(chronicle, chamber, day):
    seats = seats_of(chronicle, chamber, day)
    return seats and chamber.counted(seats)


def seats_of(chronicle, chamber, day):
    return chronicle.seats(chamber, day)


KINDS = {
    "total": Kind(
        "",
        gettext_lazy("seats of all delegations on record"),
        lambda chronicle, _row, day: chronicle.total(day),
    ),
    "seats": Kind(
        "delegation",
        gettext_lazy("seats of the delegation"),
        lambda chronicle, row, day: chronicle.composition(row, day, with_members=False).seats,
    ),
    "members": Kind(
        "delegation",
        gettext_lazy("members on record"),
        lambda chronicle, row, day: chronicle.composition(row, day).members_on_record,
    ),
    "vacant": Kind(
        "delegation",
        gettext_lazy("vacant seats"),
        lambda chronicle, row, day: chronicle.composition(row, day).vacant,
    ),
    "parliament": Kind(
        "delegation",
        gettext_lazy("name of the parliament"),
        lambda _chronicle, row, day: row.name_on(day),
    ),
    "deputies": Kind("chamber", gettext_lazy("seats of the chamber, in words"), counted),
    "chamber-seats": Kind(
        "chamber", gettext_lazy("seats of the chamber, the number alone"), seats_of
    ),
}


def tag(kind, code=""):
    return f"{OPENING}{kind}:{code}{CLOSING}" if code else f"{OPENING}{kind}{CLOSING}"


@dataclass(frozen=True)
class Reference:
    """What stands between the brackets."""

    name: str
    code: str

    @classmethod
    def read(cls, words):
        name, _colon, code = words.partition(":")
        return cls(name, code)

    @property
    def kind(self):
        """The Kind; None where there is none of this name, or its code is missing or too much."""
        kind = KINDS.get(self.name)
        return kind if kind and bool(kind.of) == bool(self.code) else None

    def row(self, chronicle):
        """Return the delegation or the chamber; None where there is none with this code."""
        rows = {"delegation": "delegations", "chamber": "chambers"}.get(self.kind.of)
        return getattr(chronicle, rows).get(self.code) if rows else None

    def value(self, day, chronicle):
        """Return the value in words, in the language that is active; None: not recorded."""
        if self.kind is None:
            return None
        row = self.row(chronicle)
        if self.kind.of and row is None:
            return None
        value = self.kind.read(chronicle, row, day)
        return str(value) if isinstance(value, int) else value or None

    def readings(self, day, chronicle):
        """Return the values of a day in words, as readers see them first and on all days after.

        They differ where what is counted has no dates: that holds when its day is today alone.
        """
        first = max(day, today())
        return [
            self.value(day, chronicle.as_read_on(now)) or NOT_RECORDED
            for now in (first, first + ONE_DAY)
        ]

    def path(self, day, chronicle):
        """Return the address of the page that says the same as of the day; None without a row."""
        if self.kind is None:
            return None
        row = self.row(chronicle)
        if not self.kind.of:
            return as_of(reverse("delegations:list"), day)
        if row is None:
            return None
        slug = row.parliament.slug if self.kind.of == "chamber" else row.slug
        view = "parliament-detail" if self.name == "parliament" else "detail"
        return as_of(reverse(f"delegations:{view}", args=[slug]), day)


def in_words(text, language, day, chronicle):
    """Return plain text with its references as of ``day()``, which is asked only if there are any.

    So is the Chronicle, which reads nothing before.
    """
    if OPENING not in text:
        return text
    with translation.override(language):
        return REFERENCE.sub(
            lambda found: Reference.read(found[1]).value(day(), chronicle) or _("not recorded"),
            text,
        )


def in_html(text, language, day, chronicle):
    """Return sanitised HTML with its references as of ``day()``, each marked and linked to its page.

    Those to pictures stay: a Gallery shows them.
    """
    if OPENING not in text:
        return text

    def marked(found, in_link):
        if found[0].startswith(pictures.OPENING):
            return found[0]
        reference = Reference.read(found[1])
        value = reference.value(day(), chronicle)
        if value is None:
            value = _("not recorded")
        if getattr(value, "language", language) != language:
            value = format_html('<span lang="{}">{}</span>', value.language, str(value))
        data = format_html(
            '<data class="reference" value="{}">{}</data>', found[1], conditional_escape(value)
        )
        path = reference.path(day(), chronicle)
        if in_link or path is None:
            return data
        return format_html(
            '<a href="{}" title="{}">{}</a>',
            path,
            _("As of %(day)s") % {"day": day_in_words(day())},
            data,
        )

    with translation.override(language):
        return pictures.among_words(text, REFERENCE, marked)


def left_out(text):
    """Return plain text without its references, as the search index keeps it, with a BREAK for each.

    The index follows the article alone: a number in it would be stale once an allocation changes.
    """
    return REFERENCE.sub(BREAK, text)


def mistakes(text, chronicle):
    """Yield a sentence for each reference in a text, plain or sanitised, that means nothing."""
    for part in pictures.MARKUP.split(pictures.left_out(text)):
        if part.startswith("<"):
            if OPENING in part:
                yield _("A reference stands among the words, not in an address.")
            continue
        for found in REFERENCE.finditer(part):
            if mistake := _mistake(Reference.read(found[1]), chronicle):
                yield mistake % {"tag": found[0]}
        rest = REFERENCE.sub(" ", part)
        if OPENING in rest or CLOSING in rest:
            yield _(
                "A reference is written in one piece, between double brackets: [[seats:belarus]]."
            )


def _mistake(reference, chronicle):
    if reference.name == documents.NAME:
        # All of a text are asked for at once.
        return None
    if reference.name == pictures.NAME:
        return pictures.misplaced()
    if reference.name not in KINDS:
        return _("%(tag)s: there is no such reference.")
    if reference.kind is None:
        if reference.code:
            return _("%(tag)s: this reference takes no code.")
        return _("%(tag)s: this reference needs a code after a colon.")
    if reference.kind.of and reference.row(chronicle) is None:
        if reference.kind.of == "chamber":
            return _("%(tag)s: there is no chamber with this code.")
        return _("%(tag)s: there is no parliament with this code.")
    return None


def passing(text, day, chronicle):
    """Yield ``(tag, value, value from the next day on)`` of the references that change, or have none."""
    known = documents.left_out(text)
    for words in dict.fromkeys(REFERENCE.findall(known)):
        first, later = map(str, Reference.read(words).readings(day, chronicle))
        if first != later or first == str(NOT_RECORDED):
            yield f"{OPENING}{words}{CLOSING}", first, later


def _of_documents(name, text):
    """Yield a sentence for each document that a text may not link."""
    if name.startswith("body"):
        yield from documents.dead([text])
    elif documents.codes_in(text):
        yield _("A document is linked in the body alone.")


def check(texts):
    """Raise a ValidationError for ``{field: text}`` where a reference in a text means nothing."""
    chronicle = Chronicle()
    errors = {
        name: [
            ValidationError(mistake, "reference")
            for mistake in dict.fromkeys((*mistakes(text, chronicle), *_of_documents(name, text)))
        ]
        for name, text in texts.items()
        if OPENING in text or CLOSING in text
    }
    if errors := {name: found for name, found in errors.items() if found}:
        raise ValidationError(errors)
