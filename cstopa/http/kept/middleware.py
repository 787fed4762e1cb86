"""Answers with the page that is kept, as long as nothing has changed, before anything is made."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import split_directive_names

from cstopa.http.errors import DATA, DATA_FILE
from cstopa.http.kept.memory import Memory
from cstopa.http.kept.version import current
from cstopa.middleware import DESK

# With them the same page is asked for: they tell others where its address was found.
TRACKER = re.compile(
    r"(utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|mc_cid|mc_eid|igshid"
    r"|_openstat)(=|\Z)"
)
# A longer question is asked once.
LONGEST = 500
# What a 304 says of the page, it says of none.
OF_CONTENT = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Language"}
OF_CONTENT |= {"Content-Disposition"}


class Key(NamedTuple):
    """All of a request that a page depends on; ``root`` is where the site lies on its host."""

    path: str
    query: str
    root: str
    is_secure: bool
    is_zipped: bool


# Some answer, for Django to say whether a reader has it: no more is asked than whether there is one.
WHOLE = HttpResponse()


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its bytes, as they are sent, and its headers."""

    content: bytes
    headers: dict

    def to(self, request):
        """Return it as a response, or 304 to who has it."""
        if "HTTP_IF_NONE_MATCH" in request.META:
            etag = self.headers.get("ETag")
            if get_conditional_response(request, etag, response=WHOLE) is not WHOLE:
                kept = {name: self.headers[name] for name in self.headers.keys() - OF_CONTENT}
                return HttpResponseNotModified(headers=kept)
        return HttpResponse(self.content, headers=self.headers)


def may_be_kept(response):
    """Return whether an answer is a page, the same for everybody."""
    headers = response.headers
    directives = split_directive_names(headers.get("Cache-Control", ""))
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and not {"no-store", "private"}.intersection(directives)
    )


@cache
def never_kept():
    """Return how the paths begin of what is not public, of files, and of what asks after the site."""
    return (
        *map(str, DESK),
        *(reverse(name) for name in ("healthz", "readyz")),
        # RFC 8615: what is said of the site to machines, and of which it may not be sure tomorrow.
        "/.well-known/",
        settings.STATIC_URL,
        settings.MEDIA_URL,
    )


def is_asked_by_anybody(request):
    """Return whether a request is one that any reader could send, and its answer is for all."""
    meta = request.META
    return (
        request.method in {"GET", "HEAD"}
        and not request.path_info.startswith(never_kept())
        and settings.SESSION_COOKIE_NAME not in meta.get("HTTP_COOKIE", "")
        # It may say how the address is to be read.
        and not meta.get("CONTENT_TYPE")
        and "HTTP_IF_MATCH" not in meta
        and "HTTP_IF_UNMODIFIED_SINCE" not in meta
    )


def forget_trackers(request):
    """Let a page be asked for without them. Data takes no parameter that it does not know."""
    query = request.META.get("QUERY_STRING", "")
    if query and not request.path_info.startswith(str(DATA)) and not DATA_FILE.search(request.path):
        parts = (part for part in query.split("&") if not TRACKER.match(part))
        request.META["QUERY_STRING"] = "&".join(parts)


def kept_pages_middleware(get_response):
    """Answer from memory, ahead of all others, who each have had their say about what is kept."""
    if not settings.PAGE_MEMORY:
        raise MiddlewareNotUsed
    memory = Memory(settings.PAGE_MEMORY)

    def middleware(request):
        if not is_asked_by_anybody(request):
            if not request.path_info.startswith(never_kept()):
                # Before any row: what is read meanwhile is kept of no later version.
                current()
            return get_response(request)
        forget_trackers(request)
        key = key_of(request)
        edition = key and memory.edition()
        if not edition:
            return get_response(request)
        answer = edition.get(key)
        if answer:
            return answer.to(request)
        with edition.one_at_a_time(key):
            answer = edition.get(key)
            return answer.to(request) if answer else make(request, edition, key)

    def make(request, edition, key):
        # Whole, also for who has it already or asks for its headers alone: the next one may not.
        known = request.META.pop("HTTP_IF_NONE_MATCH", None)
        method, request.method = request.method, "GET"
        response = get_response(request)
        request.method = method
        if known is not None:
            request.META["HTTP_IF_NONE_MATCH"] = known
        if not may_be_kept(response):
            return response
        answer = Answer(response.content, dict(response.headers))
        edition.keep(key, answer)
        return answer.to(request)

    return middleware


def key_of(request):
    """Return the Key of a request, or None where its host is not ours or its question too long."""
    try:
        request.get_host()
    except DisallowedHost:
        return None
    meta = request.META
    query = meta.get("QUERY_STRING", "")
    if len(query) > LONGEST:
        return None
    return Key(
        request.path_info,
        query,
        meta.get("SCRIPT_NAME", ""),
        request.is_secure(),
        bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", ""))),
    )
