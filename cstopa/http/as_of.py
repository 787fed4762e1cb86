"""The day of which a page speaks: today, or the one asked for by ``?date=2024-03-01``.

It surrounds what is made for one request, as the language does: names are those of the day, and
links keep it.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from cstopa.models.periods import today


@dataclass
class Surroundings:
    """The day that was asked for, or None, and what was read for it."""

    asked: date | None = None
    memory: dict = field(default_factory=dict)


_surroundings = ContextVar("surroundings", default=None)


@contextmanager
def speaking_of(asked):
    """Let what is made inside speak of a day; of today where None is asked for."""
    token = _surroundings.set(Surroundings(asked))
    try:
        yield
    finally:
        _surroundings.reset(token)


def asked_day():
    """Return the day that was asked for, or None."""
    surroundings = _surroundings.get()
    return surroundings and surroundings.asked


def day_spoken_of():
    return asked_day() or today()


def remembered(key, make):
    """Return ``make()``, called once while the same page is made, and each time elsewhere."""
    surroundings = _surroundings.get()
    if surroundings is None:
        return make()
    if key not in surroundings.memory:
        surroundings.memory[key] = make()
    return surroundings.memory[key]


def address(view, *args, anchor=""):
    """Return the path of a page that answers for any day, with the day that was asked for."""
    path = reverse(view, args=args)
    if asked := asked_day():
        path = f"{path}?date={asked.isoformat()}"
    return f"{path}#{anchor}" if anchor else path
