"""Saves at the same moment: one is tried again, or comes back with its words."""

import logging
import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, OperationalError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

# As many times as others may be through before.
TRIES = 5
# What PostgreSQL says of a transaction that others have overtaken, and of a lock that did not come.
OVERTAKEN, LOCKED = {"40001", "40P01"}, "55P03"

logger = logging.getLogger("django.request")
# Why a form is only to be shown again, in words; without them it is not.
_reason = ContextVar("reason", default="")


@contextmanager
def _putting_off(reason):
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def why_put_off():
    """Return why a form is only to be shown again, in words, or "" where it is not."""
    return _reason.get()


def _others_are_saving():
    return _("Somebody else is saving at this moment. Nothing of yours was saved: try once more.")


def _refused():
    return _(
        "The database refuses this, and nothing of yours was saved. Why it does stands in the log of this site’s server."
    )


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
    the way. What was overtaken is repeated once. Then ``put_off``, with the same arguments, answers; in it
    :func:`why_put_off` says why.
    """

    def decorate(view):
        @wraps(view)
        def answer(self, request, *args, **kwargs):
            was_repeated = False
            before = len(_messages_of(request))
            for left in reversed(range(TRIES)):
                # What was said of what was not done is taken back as well.
                del _messages_of(request)[before:]
                try:
                    return view(self, request, *args, **kwargs)
                except IntegrityError:
                    if left:
                        continue
                    if request.method != "POST":
                        raise
                    # Nobody is in the way, a check is missing.
                    logger.exception("Refused in each of %d tries: %s", TRIES, request.path)
                    reason = _refused()
                except OperationalError as error:
                    is_in_vain = was_locked(error) or (was_overtaken(error) and was_repeated)
                    if request.method == "POST" and is_in_vain:
                        reason = _others_are_saving()
                        break
                    if not was_overtaken(error) or not left:
                        raise
                    was_repeated = True
            del _messages_of(request)[before:]
            with _putting_off(reason):
                return put_off(self, request, *args, **kwargs)

        return answer

    return decorate


def _messages_of(request):
    """Return the list of the messages that were added for a request."""
    return getattr(get_messages(request), "_queued_messages", [])


def say_and_ask_again(admin, request, *args, **kwargs):
    """Show the page once more from which something was to be done, with a message."""
    messages.error(request, why_put_off())
    return HttpResponseRedirect(request.get_full_path())


def say_and_go_to(name):
    """Return what leads to the page of the desk with a name, with a message."""

    def put_off(pages, request, *args, **kwargs):
        messages.error(request, why_put_off())
        return HttpResponseRedirect(reverse(name))

    return put_off
