"""What is said of a row, as pydantic models: their JSON Schema describes it, and they read it."""

import datetime as dt
from functools import cache
from typing import Annotated, get_args, get_origin

from django.db.models.manager import BaseManager
from django.utils import timezone, translation
from pydantic import BaseModel, ConfigDict, Field, create_model

from cstopa.http.addresses import absolute, as_of
from cstopa.languages import LANGUAGES

SLUG = "Its name in the addresses of pages, which an editor may change."
PAGE = "The address of the page that shows it, in each language."


def number_of(things):
    return Annotated[int, Field(ge=0, json_schema_extra={"unit": things})]


def member(words, at=None):
    """Return a field that says ``words`` of itself; ``at``: the path where it is read."""
    return Field(description=words, validation_alias=at)


def former(name):
    """Return a field that is still served, and no more to be used: ``name`` says the same."""
    return Field(description=f"Deprecated: {name} says the same.", deprecated=True)


Day = Annotated[dt.date, Field(json_schema_extra={"unit": "YYYY-MM-DD"})]
Moment = Annotated[dt.datetime, Field(json_schema_extra={"unit": "date and time"})]
YesOrNo = Annotated[bool, Field(json_schema_extra={"unit": "true or false"})]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
HTML = Annotated[str, Field(json_schema_extra={"format": "html"})]


class Schema(BaseModel):
    """Members, each read from the attribute of its name, or at the path of its alias.

    A ``resolve_<name>(row, day)`` of the class reads what no attribute is. Of a list, what many rows
    share may have been read already.
    """

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def read(cls, row, day=None, only=None):
        """Return as JSON what is said of a row on a day; of any day, with today's names, if None.

        ``only``: the names of the members that are read; all if None.
        """
        return {
            name: member(row, day)
            for name, member in readers(cls).items()
            if only is None or name in only
        }

    @classmethod
    def read_member(cls, row, name, day):
        """Return what is said, by this schema, of a member of a row."""
        value = getattr(row, name)
        return None if value is None else cls.read(value, day)


class InEachLanguage(Schema):
    @classmethod
    def read(cls, words, day=None):
        return {language: words[language] or None for language in LANGUAGES}

    @classmethod
    def read_member(cls, row, name, day):
        return cls.read({each: getattr(row, f"{name}_{each}") for each in LANGUAGES})


class OfPages(InEachLanguage):
    @classmethod
    def read_member(cls, row, name, day):
        return in_each_language(lambda: absolute(as_of(row.get_absolute_url(), day)))


def in_each_language(make):
    """Return ``{language: make()}``, made as a page in the language would make it."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = str(make())
    return texts


def language_schema(name, kind, base=InEachLanguage):
    return create_model(name, __base__=base, **dict.fromkeys(LANGUAGES, (kind, ...)))


# Null: the text is not on record in that language.
Words = language_schema("Words", str | None)
Texts = language_schema("Texts", HTML | None)
Pages = language_schema("Pages", Address, OfPages)


class Reference(Schema):
    code: str = member("Its code.")


class NamedReference(Reference):
    name: Words = member("Its name.")


class Coded(Schema):
    code: str = member("Its stable code: it never changes and is never used again.")


class Addressed(Coded):
    slug: str = member(SLUG)


class Shown(Schema):
    page: Pages = member(PAGE)


class Versioned(Schema):
    changed_at: Moment | None = member(
        "The moment of its last version, in Moscow; null where no version is kept."
    )


def versioned(schema):
    """Add the moment of the last version behind the other members."""
    return create_model(schema.__name__, __base__=(Versioned, schema))


@cache
def readers(schema):
    """Return ``{name of a member: function of a row and a day that returns its JSON}``."""
    return {name: reader(schema, name, field) for name, field in schema.model_fields.items()}


def reader(schema, name, field):
    """Return the function of a row and a day that returns the JSON of a member."""
    kind, resolve = schema_in(field.annotation), getattr(schema, f"resolve_{name}", None)
    is_optional = type(None) in get_args(field.annotation)
    *way, last = (field.validation_alias or name).split(".")
    value, holder = resolve or at(*way, last), at(*way)

    def several(row, day):
        rows = value(row, day)
        rows = rows.all() if isinstance(rows, BaseManager) else rows
        return [each if isinstance(each, dict) else kind.read(each, day) for each in rows]

    def single(row, day):
        content = json_value(value(row, day))
        return None if content == "" and is_optional else content

    def member(row, day):
        held = holder(row)
        return None if held is None else kind.read_member(held, last, day)

    def resolved(row, day):
        content = value(row, day)
        return None if content is None else kind.read(content, day)

    if get_origin(field.annotation) is list:
        return several
    if kind is None:
        return single
    return resolved if resolve else member


def at(*path):
    """Return the function that returns what is found at a path, or None where the way ends before."""

    def value(row, _day=None):
        for name in path:
            if row is None:
                return None
            row = getattr(row, name)
        return row

    return value


def schema_in(annotation):
    """Return the Schema of which a value, or each of a list, is; None for any other value."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Schema) else None
    return next(filter(None, map(schema_in, get_args(annotation))), None)


def json_value(value):
    """Return a value as JSON has it: a moment with the offset of ``TIME_ZONE``."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
