"""Every public address of the site, taken from the project's own patterns."""

import re
from collections import deque

from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

# What is shown to those who sign in alone, or were sent a link; and files, see tests/cstopa/library.
NOT_PUBLIC = {"admin", "library", "preview"}

# The row, or the period, by which each pattern with parameters is tried: a test makes it.
EXAMPLES = {
    "opendata:detail": {"resource": "articles", "code": "conference"},
    "opendata:list": {"resource": "articles"},
    "opendata:table": {"resource": "articles"},
    "opendata:workbook": {"resource": "articles"},
    "opendata:document": {"name": "popolo"},
    "delegations:detail": {"slug": "belarus"},
    "delegations:delegation-calendar": {"slug": "belarus"},
    "delegations:delegation-changes": {"slug": "belarus"},
    "delegations:delegation-changes-atom": {"slug": "belarus"},
    "delegations:delegation-changes-csv": {"slug": "belarus"},
    "delegations:delegation-changes-json": {"slug": "belarus"},
    "delegations:delegation-on-record": {"slug": "belarus"},
    "delegations:delegation-on-record-json": {"slug": "belarus"},
    "delegations:delegation-on-record-csv": {"slug": "belarus"},
    "delegations:delegation-on-record-people-csv": {"slug": "belarus"},
    "delegations:delegation-timegate": {"slug": "belarus"},
    "delegations:delegation-timemap": {"slug": "belarus"},
    "delegations:parliament-detail": {"slug": "belarus"},
    "delegations:seats-svg": {"slug": "belarus"},
    "delegations:source-detail": {"code": "decision"},
    "delegations:person-detail": {"slug": "viktor-kogut"},
    "sitemap-facts": {"part": 1},
    "sitemap-month": {"year": 2021, "month": 5, "part": 1},
    "news:archive-year": {"year": 2021},
    "news:archive-month": {"year": 2021, "month": 5},
    "news:detail": {"slug": "conference"},
    "news:topic": {"slug": "laws"},
    "news:topic-atom": {"slug": "laws"},
    "news:topic-rss": {"slug": "laws"},
    "news:delegation-atom": {"slug": "belarus"},
    "news:delegation-rss": {"slug": "belarus"},
}


def patterns(resolver=None, namespace=""):
    """Yield ``(name, parameters)`` of each public pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if not isinstance(pattern, URLResolver):
            assert pattern.name, f"{pattern} has no name, so no test would find it"
            yield namespace + pattern.name, set(pattern.pattern.converters)
        elif pattern.app_name not in NOT_PUBLIC:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)


def addresses():
    """Return ``{name: addresses}``, in every language; a pattern nobody thought of is an error."""
    found = {}
    for name, parameters in patterns():
        assert not parameters or name in EXAMPLES, f"EXAMPLES in {__name__} has no {name}"
        found[name] = set()
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found[name].add(reverse(name, kwargs=EXAMPLES.get(name)))
    return found


def reached(client):
    """Return the addresses of every page that a reader comes to from the first ones."""
    queue, found = deque(["/", "/ru/"]), set()
    while queue:
        address = queue.popleft()
        if address in found:
            continue
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html"):
            found.add(address)
            queue.extend(re.findall(r'href="(/(?!admin|static|api)[^"?#]*)', response.text))
    return sorted(found)
