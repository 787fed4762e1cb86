"""Answers that tell whether they have changed, by their ETag alone.

A moment of the last change would lie: what is withdrawn or deleted leaves older rows only, and two
changes within one second share it.
"""

from functools import wraps
from hashlib import sha256

from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def etag_of(content):
    """Return the ETag of some bytes."""
    return quote_etag(sha256(content).hexdigest()[:32])


def unless_unchanged(request, response):
    """Return a whole answer with its ETag, or 304 to who has it already."""
    etag = etag_of(response.content)
    response.headers.pop("Last-Modified", None)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=etag, response=response)


def conditional_get(view):
    """Add an ETag to what a view answers, and answer 304 to who has it; GET and HEAD alike."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        return unless_unchanged(
            request, response.render() if hasattr(response, "render") else response
        )

    return answer
