"""The OpenAPI 3.1 document, made from what is registered: nothing is said a second time."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.conf import settings
from django.urls import get_script_prefix
from pydantic import ConfigDict, create_model
from pydantic.json_schema import models_json_schema

from cstopa.opendata.archive import ZIP
from cstopa.opendata.resources import DOCUMENTS, RESOURCES, TABLES
from cstopa.opendata.responses import JSON, PROBLEM
from cstopa.opendata.schemas import Address, Schema
from cstopa.opendata.workbooks import MOST_ROWS, XLSX

VERSION = "1"
JSON_LD = "application/ld+json"
TEXT = {"type": "string"}
# A day of the calendar from 1900-01-01 to 2199-12-31, for which JSON Schema has no words of its own.
_OF_MONTHS = (
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    "(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    "02-(0[1-9]|1[0-9]|2[0-8])",
)
_LEAP_YEAR = "((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
_DAY = f"((19|20|21)[0-9]{{2}}-({'|'.join(_OF_MONTHS)})|{_LEAP_YEAR}-02-29)"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
DAY = {"type": "string", "pattern": f"^{_DAY}$"}
MOMENT = {
    "type": "string",
    "pattern": rf"^{_DAY}([T ]{_TIME}(:[0-5][0-9](\.[0-9]{{1,6}})?)?(Z|[+-]{_TIME})?)?$",
}
LIMITS = "A day from 1900-01-01 to 2199-12-31, never empty."
NAME = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}


class Gone(Schema):
    """A row that is public no more."""

    code: str
    deleted: Literal[True]
    deleted_at: dt.datetime


class IndexedTable(Schema):
    name: str
    description: str
    table: Address
    workbook: Address


class IndexedResource(IndexedTable):
    items: Address
    parameters: list[str]


class WrongParameter(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongParameter] = []


class DataPackage(Schema):
    """A descriptor of the Data Package standard, version 2."""

    model_config = ConfigDict(extra="allow")

    name: str
    resources: list[dict]


def parameter(name, schema, words, **others):
    return {"name": name, "in": "query", "schema": schema, "description": words} | others


PARAMETERS = {
    "date": parameter(
        "date",
        DAY,
        f"As of a day: facts that were not in force on it are left out, and names are those of the "
        f"day. Without it come all rows through time, with the names of today. {LIMITS} With "
        "changed_since it is refused (409), where rows are in force for a time: what is no more in "
        "force on the day would be missing among what changed.",
    ),
    "changed_since": parameter(
        "changed_since",
        MOMENT,
        "Only rows that changed at this moment or later, in the order of the changes, those that were "
        "deleted or withdrawn too. A day, which is its start in Moscow, or a moment, which is Moscow's "
        "where it has no offset, from 1900 to 2199, never empty. What is written while you ask may "
        "bear an earlier moment: ask from a few minutes before your last question.",
    ),
    "page": parameter(
        "page",
        {"type": "string", "pattern": "^[!-~]+$"},
        "The position of a page, taken from a next link of the same list, whose other parameters it has; "
        "404 for any other text.",
    ),
}
IN_PATH = {
    "code": "The stable code of the row.",
    "slug": "The name of the delegation in the addresses of pages; a former one leads to it.",
}


@dataclass(frozen=True)
class Operation:
    """What one address answers to GET: a Schema as JSON, or a file where it is None."""

    path: str
    name: str
    description: str
    answer: type[Schema] | None
    parameters: tuple = ()
    problems: tuple = ()
    file: str = "text/csv"
    # Where it may lead to instead.
    leads: str = ""

    def described(self, schemas):
        """Return it as OpenAPI has it; ``schemas`` are the references to Schemas."""
        in_path = [
            parameter(name, NAME, IN_PATH[name], **{"in": "path", "required": True})
            for name in re.findall(r"{(\w+)}", self.path)
        ]
        content = {self.file: {"schema": TEXT} if self.file == "text/csv" else {}}
        if self.answer:
            content = {JSON: {"schema": schemas[self.answer]}}
        problem = {"$ref": "#/components/responses/Problem"}
        return {
            "operationId": self.name,
            "description": self.description,
            "parameters": [*in_path, *self.parameters],
            "responses": {
                "200": {"description": "The answer.", "content": content},
                **({"302": {"description": self.leads}} if self.leads else {}),
                "304": {"description": "Not changed since the answer with this ETag."},
                **{str(status): problem for status in (400, *self.problems)},
            },
        }


# Those of apps, at addresses of their own beside their pages.
OTHERS = []


def register_operations(*operations):
    OTHERS.extend(operations)


def operations():
    """Yield the operation of every address below /api/."""
    yield Operation("/", "index", "What there is.", index_schema())
    for resource in RESOURCES.values():
        asked = tuple(PARAMETERS[name] for name in PARAMETERS if name in resource.parameters)
        day = (PARAMETERS["date"],) if resource.is_as_of_day else ()
        listed, schema = str(resource.description), resource.schema
        one = f"One of the {resource}. 410: it was deleted or withdrawn."
        problems = (404, 409) if resource.is_dated else (404,)
        yield Operation(
            f"/{resource}/", f"{resource}-list", listed, page_schema(resource), asked, problems
        )
        yield Operation(
            f"/{resource}/{{code}}/", f"{resource}-detail", one, schema, day, (404, 410)
        )
    for each in TABLES.values():
        day = (PARAMETERS["date"],) if each.is_as_of_day else ()
        words = f"All of {each} as a table; datapackage.json describes its columns."
        yield Operation(f"/{each}.csv", f"{each}-table", words, None, day)
        words = f"The same as a workbook, up to {MOST_ROWS} rows; its second sheet describes them."
        yield Operation(f"/{each}.xlsx", f"{each}-workbook", words, None, day, file=XLSX)
    for each in DOCUMENTS.values():
        day = (PARAMETERS["date"],)
        yield Operation(f"/{each.name}.json", each.name, each.description, each.schema, day)
    words = "All tables, and what their columns mean, as a Frictionless data package."
    yield Operation("/datapackage.json", "datapackage", words, DataPackage)
    words = "All tables, and who publishes them, as DCAT in JSON-LD."
    yield Operation("/dcat.json", "dcat", words, None, file=JSON_LD)
    words, day = "All tables and documents in one file.", (PARAMETERS["date"],)
    yield Operation("/everything.zip", "archive", words, None, day, file=ZIP)


def root():
    return f"{settings.SITE_URL}{get_script_prefix()}".rstrip("/")


def indexed():
    """Return ``{name: address}`` of the JSON beside the data that has one address."""
    return {
        each.name: root() + each.path for each in OTHERS if each.answer and "{" not in each.path
    }


def index_schema():
    names = ("archive", "openapi", "datapackage", "dcat", *DOCUMENTS, *indexed())
    members = {"title": str, "resources": list[IndexedResource], "tables": list[IndexedTable]}
    members |= dict.fromkeys(names, Address)
    return create_model("Index", __base__=Schema, **members)


def page_schema(resource):
    item = resource.schema | Gone if resource.has_versions else resource.schema
    name = f"{resource.schema.__name__}Page"
    return create_model(name, __base__=Schema, items=list[item], next=Address | None)


def document():
    return document_of(root())


@cache
def document_of(root):
    below = [*operations()]
    server = {"servers": [{"url": root}]}
    answers = {each.answer: "serialization" for each in (*below, *OTHERS) if each.answer}
    # Its errors may be missing.
    answers[Problem] = "validation"
    references, components = models_json_schema(
        [*answers.items()], ref_template="#/components/schemas/{model}"
    )
    schemas = {schema: reference for (schema, _mode), reference in references.items()}
    problem = {PROBLEM: {"schema": schemas[Problem]}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Open data: {settings.ASSEMBLY_NAME}",
            "version": VERSION,
            "description": "Read-only. Each answer has an ETag, but for a table of more than a million "
            "characters; ask again with If-None-Match. Members "
            "of an answer may be added, and none is taken away or changed in meaning under this version.",
        },
        "servers": [{"url": f"{root}/api"}],
        "paths": {
            **{each.path: {"get": each.described(schemas)} for each in below},
            **{each.path: {**server, "get": each.described(schemas)} for each in OTHERS},
        },
        "components": {
            "schemas": components["$defs"],
            "responses": {"Problem": {"description": "What was wrong.", "content": problem}},
        },
    }
