"""Links inside the site: whether a reader who follows one comes to a page."""

from contextlib import suppress
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from cstopa.http.kept.middleware import never_kept
from cstopa.middleware import DESK, language_of_path

# So many addresses of a row are looked at in one save.
MOST = 100

_leading_on = []


class State(Enum):
    ALIVE, DEAD, GONE, MOVED, NOT_YET, AT_DESK = range(6)


class Inside(NamedTuple):
    """What becomes of who follows a link: ``address`` is where one that has MOVED leads."""

    state: State
    address: str = ""


ALIVE, DEAD = Inside(State.ALIVE), Inside(State.DEAD)


def register(leads_to):
    """Register a function that returns where a request leads for which there is no page, or None."""
    _leading_on.append(leads_to)
    return leads_to


def path_inside(href, page):
    """Return the path, with its query, to which a link in the page at the path ``page`` leads.

    None where it leads outside, or stays on its page.
    """
    try:
        parts = urlsplit(urljoin(settings.SITE_URL + page, href))
        site = urlsplit(settings.SITE_URL)
    except ValueError:
        return None
    is_here = parts.scheme in {"http", "https"} and parts.netloc.lower() == site.netloc.lower()
    if not is_here:
        return None
    path = parts.path or "/"
    return None if path == page else f"{path}?{parts.query}" if parts.query else path


def follow(address):
    """Return what becomes of who follows an address, a path with its query; no page is made for it."""
    path, _mark, query = address.partition("?")
    path = unquote(path)
    if f"{path}/".startswith(tuple(map(str, DESK))):
        return Inside(State.AT_DESK)
    try:
        QueryDict(query)
    except SuspiciousOperation:
        # No request may have so many parameters.
        return DEAD
    if path.startswith(never_kept()):
        return ALIVE
    with translation.override(language_of_path(path)):
        found = _found(path, query)
        if found is DEAD and not path.endswith("/"):
            found = _found(f"{path}/", query)
            if found.state is State.ALIVE:
                return Inside(State.MOVED, f"{path}/")
    if found is DEAD and (address := _leads_on(_asked(path, query))):
        return Inside(State.MOVED, address)
    return found


def _asked(path, query):
    request = HttpRequest()
    request.method, request.path, request.path_info = "HEAD", path, path
    request.GET = QueryDict(query)
    request.META = {"QUERY_STRING": query, **_host()}
    request.LANGUAGE_CODE = translation.get_language()
    return request


def _host():
    site = urlsplit(settings.SITE_URL)
    return {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port or 443)}


def _leads_on(request):
    return next(filter(None, (leads_to(request) for leads_to in _leading_on)), None)


def _found(path, query):
    try:
        match = resolve(path)
    except Resolver404:
        return DEAD
    if not match.kwargs:
        return ALIVE
    request = _asked(path, query)
    request.resolver_match = match
    view = getattr(match.func, "view_class", None)
    try:
        if hasattr(view, "get_object"):
            # What its page would be made of is not read.
            with suppress(Http404):
                return _has_row(view(**match.func.view_initkwargs), request, match)
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return Inside(State.NOT_YET) if _is_there(view, match.kwargs) else DEAD
    except (BadRequest, SuspiciousOperation):
        return DEAD
    if response.status_code == 410:
        return Inside(State.GONE)
    if response.status_code in {301, 302}:
        return Inside(State.MOVED, response.headers["Location"])
    return ALIVE if response.status_code < 400 else DEAD


def _has_row(view, request, match):
    view.setup(request, *match.args, **match.kwargs)
    view.get_object()
    return ALIVE


def _is_there(view, named):
    """Return whether the row of a page is there, which readers do not see."""
    model = getattr(view, "model", None)
    return "slug" in named and model and model._base_manager.filter(slug=named["slug"]).exists()
