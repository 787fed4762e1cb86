"""When pages change by themselves: at midnight, and whenever an app says so in its ``moments.py``."""

import datetime as dt

from django.utils import timezone

from cstopa.models.periods import start_of

_nexts = []


def register(next_moment):
    """Register a function that returns the first moment after one at which a page is another, or None."""
    _nexts.append(next_moment)
    return next_moment


def next_moment(after):
    """Return the first moment after one at which any public page may be another."""
    tomorrow = start_of(timezone.localdate(after) + dt.timedelta(days=1))
    return min([tomorrow, *filter(None, (each(after) for each in _nexts))])
