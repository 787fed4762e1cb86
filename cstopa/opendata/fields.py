"""Kinds of values: how each is written as JSON, described in a schema, and laid out in a table."""

from dataclasses import dataclass, replace
from operator import attrgetter

from django.utils import timezone

from cstopa.languages import LANGUAGES


@dataclass(frozen=True)
class Column:
    """A column of a table: ``type`` as in CSV on the Web, and what parts the words of a list."""

    name: str
    type: str
    description: str
    unit: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Scalar:
    """One value. ``unit`` says in what it is counted or written, where its name does not."""

    type: str
    column_type: str = "string"
    format: str = ""
    unit: str = ""
    choices: tuple = ()
    minimum: int | None = None
    is_optional: bool = False
    write: object = staticmethod(lambda value: value)

    @property
    def schema(self):
        schema = {"type": [self.type, "null"] if self.is_optional else self.type}
        if self.format:
            schema["format"] = self.format
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if self.choices:
            schema["enum"] = [*self.choices, *([None] if self.is_optional else [])]
        return schema

    def reader(self, name):
        return attrgetter(name)

    def json(self, value):
        return None if value in (None, "") else self.write(value)

    def columns(self, name, description):
        return [Column(name, self.column_type, description, self.unit)]

    def cells(self, value):
        if isinstance(value, bool):
            return ["true" if value else "false"]
        return ["" if value is None else value]


def optional(kind):
    return replace(kind, is_optional=True)


def moment_in_words(moment):
    """Return a moment with the offset of ``TIME_ZONE``, in which its day is the site's."""
    return timezone.localtime(moment).isoformat()


CODE = Scalar("string")
TEXT = Scalar("string")
TEXT_OR_NONE = optional(TEXT)
HTML = Scalar("string", format="html")
ADDRESS = Scalar("string", "anyURI", "uri")
YES_OR_NO = Scalar("boolean", "boolean", unit="true or false")
DAY = Scalar("string", "date", "date", unit="YYYY-MM-DD", write=lambda day: day.isoformat())
MOMENT = Scalar("string", "dateTime", "date-time", unit="date and time", write=moment_in_words)


def number_of(things):
    return Scalar("integer", "integer", unit=things, minimum=0)


def one_of(choices):
    """Return the kind of a value that is one of those of a ``TextChoices``."""
    return Scalar("string", choices=tuple(choices.values))


@dataclass(frozen=True)
class InEachLanguage:
    """A text in each language; null where it is not on record in that language."""

    kind: Scalar = TEXT_OR_NONE

    @property
    def schema(self):
        return {
            "type": "object",
            "properties": dict.fromkeys(LANGUAGES, self.kind.schema),
            "required": [*LANGUAGES],
            "additionalProperties": False,
        }

    def reader(self, name):
        return lambda row: {language: getattr(row, f"{name}_{language}") for language in LANGUAGES}

    def json(self, words):
        return {language: self.kind.json(words[language]) for language in LANGUAGES}

    def columns(self, name, description):
        return [
            Column(
                f"{name}_{language}", self.kind.column_type, f"{description} Language: {language}."
            )
            for language in LANGUAGES
        ]

    def cells(self, value):
        return [(value or {}).get(language) or "" for language in LANGUAGES]


@dataclass(frozen=True)
class Field:
    """What one member of a record says. ``read`` takes it from a row: the attribute of its name.

    A table leaves out what is not ``in_tables``.
    """

    name: str
    kind: object
    description: str
    read: object = None
    in_tables: bool = True

    def __post_init__(self):
        if self.read is None:
            object.__setattr__(self, "read", self.kind.reader(self.name))

    @property
    def schema(self):
        kind = self.kind
        unit = f" Unit: {kind.unit}." if getattr(kind, "unit", "") else ""
        return kind.schema | {"description": self.description + unit}


@dataclass(frozen=True)
class Record:
    """Several values under names of their own, such as another row in short."""

    fields: tuple
    is_optional: bool = False

    @property
    def schema(self):
        return {
            "type": ["object", "null"] if self.is_optional else "object",
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }

    def reader(self, name):
        return attrgetter(name)

    def json(self, row):
        if row is None:
            return None
        return {field.name: field.kind.json(field.read(row)) for field in self.fields}

    def columns(self, name="", description=""):
        start = f"{name}_" if name else ""
        return [
            column
            for field in self.fields
            if field.in_tables
            for column in field.kind.columns(
                start + field.name, f"{description} {field.description}".strip()
            )
        ]

    def cells(self, value):
        return [
            cell
            for field in self.fields
            if field.in_tables
            for cell in field.kind.cells(value and value[field.name])
        ]


@dataclass(frozen=True)
class ListOf:
    """Any number of records, each with a code. A table has one cell of the codes."""

    kind: Record

    @property
    def schema(self):
        return {"type": "array", "items": self.kind.schema}

    def reader(self, name):
        return lambda row: getattr(row, name).all()

    def json(self, rows):
        return [self.kind.json(row) for row in rows]

    def columns(self, name, description):
        return [Column(name, "string", description, "codes with spaces between", " ")]

    def cells(self, value):
        return [" ".join(each["code"] for each in value or ())]
