"""Saves at the same moment: one is tried again, or comes back with its words."""

import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.contrib import messages
from django.db import IntegrityError, OperationalError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

# As many times as others may be through before.
TRIES = 5
# What PostgreSQL says of a transaction that others have overtaken, and of a lock that did not come.
OVERTAKEN, LOCKED = {"40001", "40P01"}, "55P03"

_is_put_off = ContextVar("is_put_off", default=False)


@contextmanager
def _putting_off():
    token = _is_put_off.set(True)
    try:
        yield
    finally:
        _is_put_off.reset(token)


def is_put_off():
    """Return whether a form is only to be shown again, since another is saving."""
    return _is_put_off.get()


def others_are_saving():
    """Return what a form says then."""
    return _("Somebody else is saving at this moment. Nothing of yours was saved: try once more.")


def was_overtaken(error):
    """Return whether a transaction failed that may succeed when it is begun again."""
    return getattr(error.__cause__, "sqlstate", None) in OVERTAKEN


def was_locked(error):
    """Return whether others kept a transaction waiting for longer than it had patience."""
    cause = error.__cause__
    # The lower byte says what happened, the upper one how.
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return getattr(cause, "sqlstate", None) == LOCKED or code in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }


def tried_again(put_off):
    """Let a method of the desk that is one transaction answer again where it collided with another.

    Where the database refused what it did, somebody has saved: the next time its checks see what is in
    the way. What was overtaken is repeated once. Then ``put_off``, with the same arguments, answers.
    """

    def decorate(view):
        @wraps(view)
        def answer(self, request, *args, **kwargs):
            was_repeated = False
            for left in reversed(range(TRIES)):
                try:
                    return view(self, request, *args, **kwargs)
                except IntegrityError:
                    if not left:
                        raise
                except OperationalError as error:
                    is_in_vain = was_locked(error) or (was_overtaken(error) and was_repeated)
                    if request.method == "POST" and is_in_vain:
                        break
                    if not was_overtaken(error) or not left:
                        raise
                    was_repeated = True
            with _putting_off():
                return put_off(self, request, *args, **kwargs)

        return answer

    return decorate


def say_and_ask_again(admin, request, *args, **kwargs):
    """Show the page once more from which something was to be done, with a message."""
    messages.error(request, others_are_saving())
    return HttpResponseRedirect(request.get_full_path())


def say_and_go_to(name):
    """Return what leads to the page of the desk with a name, with a message."""

    def put_off(pages, request, *args, **kwargs):
        messages.error(request, others_are_saving())
        return HttpResponseRedirect(reverse(name))

    return put_off
