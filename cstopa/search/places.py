"""Where a row stands in the index: one number, so that the newest come first without being sorted.

A row that readers see from a moment on has a place of more than 0: the second, and its key. All
others have places below 0, those of a model together.
"""

import zlib
from datetime import UTC, datetime, timedelta

KEY_BITS = 29
REGION_BITS = 40
EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
# Of periods that are about 6 days, 7 weeks and a year long, the bits that a place has below them.
SPANS = (KEY_BITS + 19, KEY_BITS + 22, KEY_BITS + 25)


def place_of(row):
    """Return the place of a row."""
    moment = row.search_moment() if is_dated(type(row)) else None
    if moment is None:
        return -(region(type(row)) << REGION_BITS | row.pk)
    return at(moment) | row.pk


def at(moment):
    """Return the place before all of a second."""
    return (moment - EPOCH) // timedelta(seconds=1) << KEY_BITS


def key_of(place):
    """Return the key of the row at a place."""
    return abs(place) & (1 << KEY_BITS) - 1


def second(place):
    """Return the first and the last place in the second of a place."""
    start = place >> KEY_BITS << KEY_BITS
    return start, start | (1 << KEY_BITS) - 1


def is_dated(model):
    return hasattr(model, "search_moment")


def region(model):
    """Return the number of a model, which says where its rows without a moment stand."""
    label = model._meta.concrete_model._meta.label_lower
    return zlib.crc32(label.encode()) >> 10
