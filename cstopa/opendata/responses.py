"""Answers to machines: JSON or a table, the same for everybody, with a mark that tells a change."""

import json
from functools import wraps
from itertools import chain

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from cstopa.http.etags import unless_unchanged

METHODS = ("GET", "HEAD", "OPTIONS")
JSON, PROBLEM = "application/json", "application/problem+json"
CSV = "text/csv; charset=utf-8; header=present"
# A file of more bytes is sent as it is made.
WHOLE = 1_000_000


def as_json(value, status=200, content_type=JSON):
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type, status)


def problem(status, title, detail, errors=()):
    """Return what went wrong as RFC 9457 has it; ``errors`` are pairs of parameter and message."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = [{"parameter": name, "detail": message} for name, message in errors]
    return as_json(body, status, PROBLEM)


def bad_request(errors):
    """Return the problem of what cannot be read: pairs of parameter and message."""
    return problem(400, "Bad Request", f"Not understood: {named(errors)}.", errors)


def conflict(errors):
    """Return the problem of what can be read, and contradicts the rest or what is on record."""
    return problem(409, "Conflict", f"This has no answer: {named(errors)}.", errors)


def no_such_page(words):
    """Return the problem of a position that no list has given."""
    return problem(404, "Not Found", "There is no such page.", [("page", words)])


def named(errors):
    return ", ".join(dict.fromkeys(name for name, _message in errors))


def as_table(parts, name):
    """Return the parts of the text of a table as a file."""
    return as_file((part.encode() for part in parts), f"{name}.csv", CSV)


def as_file(parts, name, content_type):
    """Return the parts of a file: a long one is sent as it is made, and never whole in memory."""
    parts, start, length = iter(parts), [], 0
    for part in parts:
        start.append(part)
        length += len(part)
        if length > WHOLE:
            response = StreamingHttpResponse(chain(start, parts))
            response.headers["Cache-Control"] = "no-cache"
            break
    else:
        response = HttpResponse(b"".join(start))
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def for_machines(view):
    """Let any page of any site read what a view returns, and nobody write anything."""

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in METHODS:
            response = problem(405, "Method Not Allowed", "The data can be read and not written.")
        else:
            response = in_terms_of_data(view, request, *args, **kwargs)
            if response.streaming:
                # Its mark would be known with its last row. Nobody reads it for the headers.
                if request.method == "HEAD":
                    response.streaming_content = ()
            elif response.status_code == 200:
                response = unless_unchanged(request, response)
        if response.status_code in {204, 405}:
            response.headers["Allow"] = ", ".join(METHODS)
        return readable_anywhere(response)

    answer.is_for_machines = True
    return answer


def in_terms_of_data(view, *args, **kwargs):
    """Return what a view answers; where it has a page for what is not there, a problem instead."""
    try:
        response = view(*args, **kwargs)
    except Http404:
        return problem(404, "Not Found", "Nothing is at this address, nor ever was.")
    if response.status_code == 410 and response.headers["Content-Type"] != PROBLEM:
        return problem(410, "Gone", "What was at this address was deleted or withdrawn.")
    return response


def readable_anywhere(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    if response.status_code == 204:
        response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
