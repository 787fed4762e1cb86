"""Tables as CSV, and what a Frictionless data package says of them.

The first line has the plain names of the columns, in every language the same, and is the only one
that is no row, since spreadsheets and programs take every other one for data; units, and whatever is
longer to say, stand in ``datapackage.json``.
Source: the Data Package standard, version 2, https://datapackage.org/standard/.
"""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, override

from cstopa.pages.models import imprint

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# A page is found by its code, and a text of paragraphs is no cell.
LEFT_OUT = {"Pages", "Texts"}
TYPES = {"date": "date", "date-time": "datetime"}
FORMATS = {"uri": "uri", "date-time": "%Y-%m-%d %H:%M:%S"}
# A spreadsheet would run a text that begins so. An apostrophe before it makes it a text; one that has
# such before it already gets one more, so that taking one away always gives back what it was.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
WORDS = (
    "Moments are those of Moscow, without fractions of a second. Where a text begins with one of the "
    "signs = + - @, a tab or a carriage return, which a spreadsheet would take for a formula, an "
    "apostrophe stands before it. To have the text back, take one apostrophe away wherever a text "
    "begins with apostrophes and one of these signs follows them."
)


def moment(text):
    return dt.datetime.fromisoformat(text).replace(microsecond=0, tzinfo=None)


READ = {"date": dt.date.fromisoformat, "date-time": moment}


@dataclass(frozen=True)
class Column:
    """A column, by the names of the members that lead to it, with its part of a JSON Schema."""

    path: tuple
    schema: dict
    description: str

    @property
    def name(self):
        return "_".join(self.path)

    def value(self, item):
        """Return what a cell holds of the JSON of a row: a list as codes, days and moments as such."""
        for name in self.path:
            item = item and item[name]
        if isinstance(item, list):
            return " ".join(each["code"] for each in item)
        as_read = READ.get(self.schema.get("format"))
        return as_read(item) if item and as_read else item

    @property
    def field(self):
        """The column as a field of a Table Schema."""
        format_ = self.schema.get("format")
        field = {
            "name": self.name,
            "type": TYPES.get(format_, self.schema["type"]),
            "description": self.description,
        }
        if format_ in FORMATS:
            field["format"] = FORMATS[format_]
        if "unit" in self.schema:
            field["unit"] = self.schema["unit"]
        limits = {name: self.schema[name] for name in ("minimum", "enum") if name in self.schema}
        return field | ({"constraints": limits} if limits else {})


@cache
def columns(schema):
    """Return the columns of a table of what a Schema says: a list is one, of codes."""
    whole = schema.model_json_schema(mode="serialization")
    return list(columns_of(whole, whole.get("$defs", {})))


def columns_of(schema, definitions, path=(), words=""):
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        else:
            [schema] = [each for each in schema["anyOf"] if each.get("type") != "null"]
    if schema["type"] == "array":
        schema = {"type": "string", "unit": "codes with spaces between"}
    if schema["type"] != "object":
        yield Column(path, schema, words)
    elif schema["title"] not in LEFT_OUT:
        for name, member in schema["properties"].items():
            more = member.get("description", f"Language: {name}.")
            yield from columns_of(member, definitions, (*path, name), f"{words} {more}".strip())


def lines(rows):
    """Return the text of some lines of a table."""
    text = io.StringIO()
    csv.writer(text).writerows(map(cell, row) for row in rows)
    return text.getvalue()


def cell(value):
    """Return a value as a line has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, (int, dt.date)):
        return value
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def unmarked(text):
    """Return a text without the apostrophe of ``cell()``."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def first_line(names):
    # Excel takes the mark for UTF-8, without which it garbles Cyrillic letters.
    return "\ufeff" + lines([names])


def table_of(resource, day):
    """Yield the text of the table of a resource, part after part, in the language that is active."""
    yield first_line(column.name for column in columns(resource.schema))
    yield from map(lines, parts_of(resource, day))


def parts_of(resource, day):
    """Yield lists of rows, each the values of its ``columns()``, in the language that is active."""
    header, language = columns(resource.schema), get_language()
    parts = resource.parts(day, {column.path[0] for column in header})
    while True:
        # When it is sent, the request is over for everybody else.
        with override(language):
            items = next(parts, None)
        if items is None:
            return
        yield [[column.value(item) for column in header] for item in items]


def package(resources, homepage, day=None):
    """Return the descriptor of the data package of all tables, as of a day or of any, whose paths are
    relative to it.
    """
    publisher = imprint()
    return {
        "$schema": PROFILE,
        "name": "open-data",
        "title": str(settings.ASSEMBLY_NAME),
        "description": f"{WORDS} {publisher.rights}",
        "homepage": homepage,
        **terms(publisher),
        "resources": [
            {
                "name": resource.name,
                "type": "table",
                "path": f"{resource}.csv",
                "title": str(resource.title),
                "description": " ".join(
                    map(str, (resource.description, *resource.unrecorded(day)))
                ),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [column.field for column in columns(resource.schema)],
                    **({"primaryKey": [*resource.key]} if resource.key else {}),
                },
            }
            for resource in resources
        ],
    }


def terms(imprint):
    """Return who publishes the data and under which licence, each only where it is stated."""
    found = {}
    if imprint.licence_url:
        licence = {"path": imprint.licence_url, "title": str(imprint.licence)}
        found["licenses"] = [{name: words for name, words in licence.items() if words}]
    if imprint.name:
        publisher = {"title": str(imprint.name), "email": imprint.email, "roles": ["publisher"]}
        found["contributors"] = [{name: words for name, words in publisher.items() if words}]
    return found
