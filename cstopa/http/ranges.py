"""Answers with a file, or with the part of it that is asked for (RFC 9110, 14)."""

import re
from http import HTTPStatus

from django.http import HttpResponse

UNIT = "bytes"
# From a byte, perhaps to another, or so many of the last.
PART = re.compile(r"[ \t]*(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))[ \t]*", re.ASCII)


def answer(request, file, etag, content_type):
    """Answer with an open file: 206 with a part of it, 416 where nothing of it is asked for."""
    size = file.size
    part = asked_of(request, size, etag)
    bounds = range(size) if part is None else part
    file.seek(bounds.start)
    response = HttpResponse(file.read(len(bounds)), content_type=content_type)
    response.headers["Accept-Ranges"] = UNIT
    if part:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"{UNIT} {part[0]}-{part[-1]}/{size}"
    elif part is not None:
        response.status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        response.headers["Content-Range"] = f"{UNIT} */{size}"
    return response


def asked_of(request, size, etag):
    """Return the range of the bytes that are asked for, None for the whole, which answers several parts too."""
    unit, _equals, asked = request.headers.get("Range", "").partition("=")
    if request.method != "GET" or unit.strip().lower() != UNIT or "," in asked:
        return None
    # Who goes on with what is another file by now begins anew.
    if request.headers.get("If-Range", etag) != etag:
        return None
    found = PART.fullmatch(asked)
    if found is None:
        return range(0)
    first, last, length = found.groups()
    if length:
        return range(max(size - int(length), 0), size)
    return range(int(first), min(int(last or size) + 1, size))
