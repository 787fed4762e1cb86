"""The OpenAPI 3.1 document, made from the resources: nothing is said of them a second time."""

from django.conf import settings
from django.urls import get_script_prefix

from cstopa.opendata import log
from cstopa.opendata.catalogue import RESOURCES
from cstopa.opendata.operations import (
    ADDRESS,
    TEXT,
    list_of,
    ok,
    operation,
    parameter,
    record,
    reference,
)
from cstopa.opendata.popolo import SCHEMA as POPOLO
from cstopa.opendata.responses import PROBLEM

VERSION = "1"
PARAMETERS = {
    "date": (
        {"type": "string", "format": "date"},
        "As of a day, from 1900 to 2199: facts that were not in force on it are left out, and names "
        "are those of the day. Without it come all rows through time, with the names of today.",
    ),
    "changed_since": (
        {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
        "Only rows that changed at this moment or later, in the order of the changes, those that were "
        "deleted or withdrawn too. A day is its start in Moscow. What is written while you ask may "
        "bear an earlier moment: ask from a few minutes before your last question.",
    ),
    "page": (TEXT, "The position of a page, taken from a next link."),
}


def document():
    paths = {"/": operation("index", "What there is.", ok(reference("Index")))}
    for resource in RESOURCES.values():
        paths |= paths_of(resource)
    paths["/popolo.json"] = operation(
        "popolo",
        "The same in the form of the Popolo project, version 1.0 of its data specification.",
        ok(reference("Popolo")),
        [reference("date", "parameters")],
    )
    paths |= log.paths()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Open data: {settings.ASSEMBLY_NAME}",
            "version": VERSION,
            "description": "Read-only. Each answer has an ETag; ask again with If-None-Match. Members "
            "of an answer may be added, and none is taken away or changed in meaning under this version.",
        },
        "servers": [{"url": f"{settings.SITE_URL}{get_script_prefix()}api"}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "parameters": {
                name: parameter(name, *described) for name, described in PARAMETERS.items()
            },
            "responses": {
                "Problem": {
                    "description": "What was wrong.",
                    "content": {PROBLEM: {"schema": reference("Problem")}},
                }
            },
        },
    }


def paths_of(resource):
    names = [name for name in PARAMETERS if name in resource.parameters]
    asked = [reference(name, "parameters") for name in names]
    day = [reference(name, "parameters") for name in names if name == "date"]
    return {
        f"/{resource}/": operation(
            f"{resource}-list",
            str(resource.description),
            ok(reference(f"{resource.record}Page")),
            asked,
        ),
        f"/{resource}/{{code}}/": operation(
            f"{resource}-detail",
            f"One of the {resource}. 410: it was deleted or withdrawn.",
            ok(reference(resource.record)),
            day,
            (404, 410),
            in_path=["code"],
        ),
        f"/{resource}.csv": operation(
            f"{resource}-table",
            f"All {resource} as a table; {resource}.csv-metadata.json describes its columns.",
            ok(TEXT, "text/csv"),
            day,
        ),
        f"/{resource}.csv-metadata.json": operation(
            f"{resource}-table-description",
            f"The columns of {resource}.csv, as in CSV on the Web.",
            ok({"type": "object", "required": ["@context", "url"]}, "application/csvm+json"),
        ),
    }


def schemas():
    found = {
        "Gone": record(
            code=TEXT,
            deleted={"const": True},
            deleted_at={"type": "string", "format": "date-time"},
        ),
        "Index": record(
            title=TEXT,
            resources=list_of(
                record(
                    name=TEXT,
                    description=TEXT,
                    items=ADDRESS,
                    table=ADDRESS,
                    table_description=ADDRESS,
                    parameters=list_of({"enum": [*PARAMETERS]}),
                )
            ),
            openapi=ADDRESS,
            popolo=ADDRESS,
            changes=ADDRESS,
        ),
        "Problem": record(
            type=TEXT,
            title=TEXT,
            status={"type": "integer"},
            detail=TEXT,
            errors=list_of(record(parameter=TEXT, detail=TEXT)),
        ),
        "Popolo": POPOLO,
        **log.SCHEMAS,
    }
    found["Problem"]["required"].remove("errors")
    for resource in RESOURCES.values():
        item = reference(resource.record)
        if resource.has_versions:
            item = {"anyOf": [item, reference("Gone")]}
        found[resource.record] = resource.kind.schema
        found[f"{resource.record}Page"] = record(
            items=list_of(item), next=ADDRESS | {"type": ["string", "null"]}
        )
    return found
