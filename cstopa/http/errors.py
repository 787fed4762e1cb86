"""Errors in the site's own layout; to machines, a problem."""

import re
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import get_template
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from cstopa.languages import LANGUAGES
from cstopa.opendata.responses import problem, readable_anywhere

DATA = reverse_lazy("opendata:index")
DATA_FILE = re.compile(r"\.(json|csv|xlsx|zip)\Z")


class TooLarge(RequestDataTooBig):
    """More was sent than the site takes at once: ``largest`` bytes."""

    def __init__(self, largest):
        super().__init__(f"More than {largest} bytes.")
        self.largest = largest


class Unavailable(Exception):
    """What the site is made of cannot be reached now."""


def is_for_machines(request):
    """Return whether data is asked for: below its address, or of a view that answers with data."""
    match = request.resolver_match
    path = request.path_info
    if path.startswith(str(DATA)):
        return True
    if match is None:
        # No page is at such an address.
        return bool(DATA_FILE.search(path)) or path.endswith(".svg")
    return getattr(match.func, "is_for_machines", False)


def bad_request(request, exception):
    """Answer 400, or 413 to what is larger than the site takes."""
    is_too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if is_too_large else 400
    if is_for_machines(request):
        title = "Content Too Large" if is_too_large else "Bad Request"
        return readable_anywhere(problem(status, title, "The request cannot be read."))
    largest = ""
    if is_too_large:
        taken = getattr(exception, "largest", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        largest = filesizeformat(taken)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        # A script of the desk shows it in its page.
        sentence = (
            _("This is larger than %(largest)s, and was not taken.") % {"largest": largest}
            if is_too_large
            else _("This could not be read.")
        )
        return JsonResponse({"error": sentence}, status=status)
    return render(request, "400.html", {"largest": largest}, status=status)


def not_found(request, exception):
    """Answer 404."""
    if is_for_machines(request):
        return readable_anywhere(problem(404, "Not Found", "Nothing is at this address."))
    return page_not_found(request, exception)


def server_error(request):
    """Answer 500, or 503 where it is what keeps rows or files that cannot answer now; without asking it."""
    if isinstance(sys.exception(), Unavailable):
        return unavailable(request, str(sys.exception()))
    if isinstance(sys.exception(), InterfaceError | OperationalError):
        return unavailable(request, "The database does not answer.")
    return in_both_languages(request, 500, "Internal Server Error", "The mistake is ours.")


def unavailable(request, detail):
    """Answer 503 to what the site cannot do now."""
    return in_both_languages(request, 503, "Service Unavailable", detail)


def in_both_languages(request, status, title, detail):
    if is_for_machines(request):
        return readable_anywhere(problem(status, title, detail))
    # One page for all: it must not fail as well.
    response = HttpResponse(get_template("500.html").render(), status=status)
    response.headers["Content-Language"] = ", ".join(LANGUAGES)
    return response
