"""Questions to the data: each answer is held against what the OpenAPI document says of it."""

import datetime as dt
import re
from functools import cache
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from cstopa.opendata import openapi
from cstopa.opendata.resources import RESOURCES

FORMATS = FormatChecker(["date"])


@FORMATS.checks("date-time", ValueError)
def is_moment(text):
    return text is None or dt.datetime.fromisoformat(text).tzinfo is not None


@FORMATS.checks("uri")
def is_address(text):
    return text is None or urlsplit(text).scheme in {"http", "https"}


STORED = [name for name, resource in RESOURCES.items() if resource.has_versions]
DATED = [name for name, resource in RESOURCES.items() if resource.is_dated]


@cache
def document():
    return openapi.document()


def described(path):
    """Return the operation that the document has for a path of the site."""
    path = urlsplit(path).path.removeprefix("/api")
    for template, methods in document()["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            return methods["get"]
    raise AssertionError(f"{path} is not in the document")


def resolved(answer):
    if "$ref" in answer:
        return document()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return answer


def check(path, response):
    answer = resolved(described(path)["responses"][str(response.status_code)])
    [(content_type, content)] = answer["content"].items()
    assert response.headers["Content-Type"].partition(";")[0] == content_type
    if content_type in {
        "application/json",
        "application/problem+json",
        "application/vnd.oai.openapi+json",
    }:
        schema = content["schema"] | {"components": document()["components"]}
        Draft202012Validator(schema, format_checker=FORMATS).validate(response.json())


def ask(client, path, status=200):
    """Return what the data says, having checked that it says it as it is described."""
    path = path.removeprefix("http://testserver")
    response = client.get(path)
    assert response.status_code == status, response.text
    check(path, response)
    return response.json()


def items(client, path):
    """Return the rows of every page of a list."""
    found = []
    while path:
        page = ask(client, path)
        found += page["items"]
        path = page["next"]
    return found


def codes(client, path):
    return [item["code"] for item in items(client, path)]
