"""No input gives a 500, whatever stands in a parameter or in a path."""

from collections import defaultdict
from urllib.parse import quote

import pytest
from django.test import Client

from delegations.models import Delegation
from tests import make
from tests.cstopa.opendata.asking import described
from tests.public import addresses, patterns

pytestmark = pytest.mark.django_db

BAD = {
    "NUL": "%00",
    "a NUL inside": "belarus%00",
    "long": "x" * 10_000,
    "many words": quote("a " * 5_000),
    "invalid UTF-8": "%FF%FE%C3%28",
    "half a character": "%D1",
    "a lone surrogate": "%ED%A0%80",
    "a huge number": "9" * 500,
    "a number beyond the database": "9223372036854775808",
    "a negative number": "-1",
    "markup": quote("<script>alert(1)</script>"),
    "quotes": quote("' OR 1=1 --"),
    "a wildcard": quote("%_%"),
    "a line break": "%0D%0AX-Broken:1",
    "no such day": "2024-02-30",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a day in other digits": quote("٢٠٢٤-٠١-٠١"),
    "an empty value": "",
    "a dot": ".",
    "garbage": "garbage",
}
SHOWN_ELSEWHERE = {"size", "url", "maxwidth", "maxheight", "format"}
NAMES = SHOWN_ELSEWHERE | {
    *("q", "page", "from", "to", "date", "delegation", "topic", "participation", "chambers"),
    *("person", "kind", "change", "recorded", "changed_since", "next", "letter", "role", "version"),
}


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    parliament = make.parliament("belarus")
    chamber = make.chamber(parliament, source=make.source(code="decision"))
    make.allocation(chamber)
    person = make.person("viktor-kogut")
    make.office(person)
    make.article(
        "conference",
        delegations=[Delegation.objects.get(pk=parliament.pk)],
        people=[person],
        topics=[make.topic("laws")],
    )


def is_data(name):
    return name.startswith("opendata:") or name.endswith(("-json", "-csv", "-svg"))


def is_described(name):
    return is_data(name) and name != "opendata:openapi"


def parameters(address):
    return {
        each.get("name") or each["$ref"].rpartition("/")[2]
        for each in described(address.removeprefix("/ru"))["parameters"]
        if each.get("in") != "path"
    }


@pytest.fixture(scope="module")
def asked(rows):
    """What each address reads, ``{address: names of parameters}``."""
    client, found = Client(), {}
    for name, some in known().items():
        for address in some:
            context = client.get(address).context or {}
            form = context.get("form")
            found[address] = {
                *(form.fields if form else ()),
                *({"page"} if "page" in context else ()),
                *({"next"} if name == "set_language" else ()),
            }
            if is_described(name):
                found[address] |= parameters(address)
    assert {name for names in found.values() for name in names} <= NAMES
    return found


def expected(name, address):
    if name == "sitemap-month":
        # No article is of that month.
        return {404}
    if name in {"set_language", "favicon"} or name.endswith("timegate"):
        return {302}
    if not is_described(name):
        # A page shows its form again.
        return {200, 400} if is_data(name) else {200}
    # No data is the answer to a misread question; which problem is, the document says.
    responses = described(address.removeprefix("/ru"))["responses"]
    found = {int(status) for status in responses} - {304, 410}
    # The row is there; a position in a list, and a page to be shown elsewhere, may be nowhere.
    return found if {"page", "url"} & parameters(address) else found - {404}


def answers(client, address):
    response = client.get(address)
    assert response.status_code < 500, address[:200]
    return response.status_code


def known():
    """Return the public addresses by their names, and of data those of dated rows as well."""
    dated = {
        "opendata:list of a day": {"/api/delegations/"},
        "opendata:detail of a day": {"/api/delegations/belarus/"},
        "opendata:table of a day": {"/api/delegations.csv"},
    }
    return addresses() | dated


def one_of_each(number):
    """Yield ``(name, address)``, of each name in one of its languages, turn by turn."""
    for place, (name, some) in enumerate(known().items()):
        yield name, sorted(some)[(number + place) % len(some)]


@pytest.mark.parametrize(("number", "value"), [*enumerate(BAD.values())], ids=BAD)
def test_no_parameter_breaks_a_page(client, asked, number, value):
    together = "&".join(f"{name}={value}" for name in sorted(NAMES))
    turns = defaultdict(list)
    for name, address in one_of_each(number):
        if asked[address]:
            assert answers(client, f"{address}?{together}") in expected(name, address), address
        for each in asked[address]:
            turns[each].append((name, address))
    # One by one as well, for a form may stop at the first that it refuses: each of those that read
    # a parameter has its turn.
    for each, readers in turns.items():
        for name, address in readers[number % 3 :: 3] or readers:
            status = answers(client, f"{address}?{each}={value}")
            assert status in expected(name, address), (address, each)


def test_what_no_page_reads_breaks_none(client, asked):
    question = "&".join(f"{name}={value}" for name in sorted(NAMES) for value in BAD.values())
    for name, address in one_of_each(0):
        if not asked[address]:
            assert answers(client, f"{address}?{question}") in expected(name, address), name


@pytest.mark.parametrize(
    "question",
    [
        "&".join(f"{name}=a&{name}=&{name}=belarus" for name in sorted(NAMES)),
        "&".join(f"{name}[]={name}" for name in sorted(NAMES)),
        "&&&=&=x&;&q",
        "%00=%00",
        "%FF=%FF",
        "?" * 100,
        "&".join(f"x{number}=1" for number in range(5000)),
    ],
    ids=["repeated", "lists", "separators", "a NUL", "invalid UTF-8", "question marks", "many"],
)
def test_no_question_breaks_a_page(client, question):
    for _name, address in one_of_each(len(question)):
        answers(client, f"{address}?{question}")


@pytest.mark.parametrize(("number", "value"), [*enumerate(BAD.values())], ids=BAD)
def test_no_path_breaks_the_site(client, number, value):
    with_parameters = {name for name, parameters in patterns() if parameters}
    endings = [value, f"{value}/", f"/{value}/x"]
    for place, (name, address) in enumerate(one_of_each(number), number):
        if place % 2:
            answers(client, address + endings[place % len(endings)])
        if name in with_parameters:
            head, _slash, tail = address.rstrip("/").rpartition("/")
            assert answers(client, f"{head}/{value}/") in {200, 301, 404, 410}
            if "." in tail:
                head = head.rpartition("/")[0]
                answers(client, f"{head}/{value}/{tail}")
