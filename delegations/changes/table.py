"""The log as a table, in the reader's language."""

from django.utils import timezone
from django.utils.translation import get_language, override

from cstopa.opendata import tables
from delegations.changes.log import in_words
from delegations.changes.models import EDTF, published

OF_PERIOD = ("valid_from", f"valid_from{EDTF}", "valid_to", f"valid_to{EDTF}", "valid_to_is_latest")
# The same in every language, as those of all tables.
HEADER = (
    "recorded_at",
    "change",
    "kind",
    "about",
    "code",
    "delegation",
    *OF_PERIOD,
    "before",
    "after",
    "reason",
    "source_code",
    "source_title",
    "source_url",
    "further_sources",
)
# How many entries are read at a time, with the rows that they name.
PART = 1000


def table(entries, parliament):
    """Yield the text of a table, part after part: the LogEntries, the last first, in the language
    that is active. Of the log of a ``parliament``, see ``in_words()``.
    """
    language = get_language()
    yield tables.first_line(HEADER)
    for part in in_parts(entries):
        # When it is sent, the request is over for everybody else.
        with override(language):
            lines = tables.lines(map(cells, in_words(part, parliament)))
        yield lines


def in_parts(entries):
    """Yield lists of entries, of which one at a time is in memory."""
    part = list(entries[:PART])
    yield part
    while len(part) == PART:
        part = list(entries.filter(pk__lt=part[-1].pk)[:PART])
        yield part


def cells(entry):
    values = published(entry.values)
    *days, is_latest = (values.get(name) for name in OF_PERIOD)
    differences = entry.differences
    return [
        f"{timezone.localtime(entry.recorded_at):%Y-%m-%d %H:%M:%S}",
        entry.change.label,
        entry.heading,
        entry.in_words,
        entry.code,
        entry.parliament.code if entry.parliament else "",
        *days,
        is_latest,
        "; ".join(f"{label}: {before}" for label, before, _after in differences),
        "; ".join(f"{label}: {after}" for label, _before, after in differences),
        entry.reason,
        *((entry.source.code, entry.source.title, entry.source.url) if entry.source else ("",) * 3),
        "; ".join(further.source.title for further in entry.ended_by),
    ]
