"""What apps register: rows of one kind that are public, and documents made of many kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstopa.models.history import with_changed_at
from cstopa.opendata.schemas import Schema

# Resources, and other documents and tables below /api/, by their names in addresses.
RESOURCES = {}
DOCUMENTS = {}
TABLES = {}
# What the archive has besides: functions that return the parts of a text, by the names of its files.
FILES = {}
# The tables that most readers want, ``{name: title for people}``, ahead of the others on the page.
LEADING = {}
# How many rows of a table are read at a time.
PART = 500


class Rows:
    """Rows of which a table is made."""

    def unrecorded(self, day):
        """Return what is not on record as of a day, so that a table without rows is not read as "none".

        As ``str()`` each is a sentence.
        """
        day = day if self.is_as_of_day else None
        return [*([_("No row is on record.")] if self.is_empty(day) else []), *self.gaps(day)]


@dataclass(frozen=True)
class Resource(Rows):
    """Rows of a model. ``description`` is for people too, who read it in their language.

    ``rows(day)`` are the public ones, with all that ``schema`` reads: as of a day, or of any day;
    all of the model where it is None.

    ``is_as_of_day``: it answers ``?date=``. ``is_dated``: its rows are in force for a time, so that
    a day leaves some out. ``has_versions``: its rows are stored and not derived, so that it answers
    ``?changed_since=``. ``complete(rows, day)`` turns the rows of one page into what is read.
    ``seen()`` are those of the versions that the public saw, each with its end as ``until`` and
    ``replaced``; all of them where it is None. ``pages`` are the views of the site, of many rows or
    of one, that show the same. ``gaps(day)`` say what is not on record.
    """

    name: str
    description: str
    model: type
    schema: type[Schema]
    rows: Callable | None = None
    is_as_of_day: bool = True
    is_dated: bool = False
    has_versions: bool = True
    complete: Callable = lambda rows, day: list(rows)
    seen: Callable | None = None
    pages: tuple = ()
    gaps: Callable = lambda day: []

    def __str__(self):
        return self.name

    @property
    def title(self):
        """Its name for people, in the language of the reader."""
        return capfirst(self.model._meta.verbose_name_plural)

    # The columns of the table that tell its rows apart, and whether it has an address as JSON.
    key = ("code",)
    has_items = True

    @property
    def parameters(self):
        """The names of what may be asked of the list."""
        asked = {"page": True, "date": self.is_as_of_day, "changed_since": self.has_versions}
        return {name for name, may_be in asked.items() if may_be}

    def queryset(self, day=None):
        """Return the rows, each with the moment of its last version, or None, as ``changed_at``."""
        rows = self.rows(day) if self.rows else self.model.objects.all()
        return with_changed_at(rows) if self.has_versions else rows

    def read(self, rows, day=None, only=None):
        """Return as JSON what is said of rows; ``only``: as ``Schema.read()`` has it."""
        return [self.schema.read(row, day, only) for row in self.complete(rows, day)]

    def parts(self, day, only):
        """Yield what is said of all rows, in the order of their codes, a part of them in memory."""
        rows, last = self.queryset(day).order_by("code"), ""
        # From the first on by the code: SQLite would sort all the public articles for a part of them.
        while some := list(rows.filter(code__gt=last)[:PART]):
            yield self.read(some, day, only)
            last = some[-1].code

    def has_more_than(self, number, day):
        return self.queryset(day).order_by("code").filter(code__gt="")[number:].exists()

    def is_empty(self, day):
        return not self.has_more_than(0, day)


@dataclass(frozen=True)
class Table(Rows):
    """A table of what is derived, and has no address of its own as JSON.

    ``rows(day)`` yields what ``schema`` says of each, as of a day, or of any day. ``key`` are the
    columns that tell its rows apart, where there are such.
    """

    name: str
    title: str
    description: str
    schema: type[Schema]
    rows: Callable
    key: tuple = ()
    is_as_of_day: bool = True
    gaps: Callable = lambda day: []
    parameters = frozenset({"date"})
    has_items = False

    def __str__(self):
        return self.name

    def parts(self, day, only):
        return map(list, batched(self.rows(day), PART))

    def has_more_than(self, number, day):
        return False

    def is_empty(self, day):
        return not any(True for _row in self.rows(day))


@dataclass(frozen=True)
class Document:
    """One document below /api/: ``read(day)`` returns it as JSON, as of a day or of any day."""

    name: str
    description: str
    schema: type[Schema]
    read: Callable


def register(*resources):
    RESOURCES.update({resource.name: resource for resource in resources})
    TABLES.update({resource.name: resource for resource in resources})


def register_table(table):
    TABLES[table.name] = table


def lead_with(**titles):
    LEADING.update(titles)


def register_file(name, parts):
    FILES[name] = parts


def register_document(document):
    DOCUMENTS[document.name] = document
