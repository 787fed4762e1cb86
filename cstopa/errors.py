"""Errors in the site's own layout, on a development site too; to machines, a problem."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import get_template
from django.urls import reverse_lazy
from django.utils.http import escape_leading_slashes
from django.views.defaults import page_not_found

from cstopa.languages import LANGUAGES
from cstopa.opendata.answers import problem, readable_anywhere

DATA = reverse_lazy("opendata:index")


def is_for_machines(request):
    """Return whether data is asked for: below its address, or of a view that answers with data."""
    match = request.resolver_match
    return request.path_info.startswith(str(DATA)) or (
        match is not None and getattr(match.func, "is_for_machines", False)
    )


def not_understood(request, exception):
    """Answer 400, or 413 to what is larger than the site takes."""
    is_too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if is_too_large else 400
    if is_for_machines(request):
        title = "Content Too Large" if is_too_large else "Bad Request"
        return readable_anywhere(problem(status, title, "The request cannot be read."))
    largest = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE) if is_too_large else ""
    return render(request, "400.html", {"largest": largest}, status=status)


def not_found(request, exception):
    """Answer 404."""
    if is_for_machines(request):
        return readable_anywhere(problem(404, "Not Found", "Nothing is at this address."))
    return page_not_found(request, exception)


def our_mistake(request):
    """Answer 500, or 503 where it is the database that cannot answer now; without asking it."""
    if isinstance(sys.exception(), InterfaceError | OperationalError):
        status, title, detail = 503, "Service Unavailable", "The database does not answer."
    else:
        status, title, detail = 500, "Internal Server Error", "The mistake is ours."
    if is_for_machines(request):
        return readable_anywhere(problem(status, title, detail))
    # One page for all: it must not fail as well.
    response = HttpResponse(get_template("500.html").render(), status=status)
    response.headers["Content-Language"] = ", ".join(LANGUAGES)
    return response


def as_the_public_sees_it(get_response):
    """Answer what the public would see, where Django would list its patterns or fail.

    Its page about a question with too many parts reads the question once more, and it refuses to
    add the missing slash to an address to which something is sent.
    """
    slashes = CommonMiddleware(get_response)

    def middleware(request):
        try:
            response = get_response(request)
        except SuspiciousOperation as exception:
            return not_understood(request, exception)
        if settings.DEBUG and type(response) is HttpResponseNotFound:
            if slashes.should_redirect_with_slash(request):
                address = request.get_full_path(force_append_slash=True)
                return HttpResponsePermanentRedirect(escape_leading_slashes(address))
            return not_found(request, Http404())
        return response

    return middleware
