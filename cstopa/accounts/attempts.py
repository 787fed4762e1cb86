"""Wrong passwords are counted before one is hashed, and each next attempt waits longer.

What is counted stands in the database, so that all workers know it. Three counts, of which each is there for
another who guesses:

- of a name from an address: the strict one, for who tries many passwords of one account;
- of a name from anywhere: gentle, and never more than half a minute, for many machines that share the work. Whoever
  knows a name can have its next sign-in wait, so it must not be long;
- of an address: for who tries many names. An office may share one.

A browser in which the account has signed in before is asked for its own count alone, so that no stranger keeps
anybody out, from however many addresses, or from the same one.
"""

import datetime as dt
import logging
import math
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from cstopa.accounts.models import Attempts

log = logging.getLogger(__name__)

# After so long without a wrong password the count begins anew, and the row goes.
FORGOTTEN_AFTER = dt.timedelta(days=1)
# So many old rows each attempt takes away.
SWEPT = 100


@dataclass(frozen=True)
class Limit:
    """So many attempts are free; then the next waits so many seconds, twice as many each time, up to the longest."""

    free: int
    first: int
    longest: int

    def wait_after(self, failures):
        """Return as a timedelta how long the next attempt waits."""
        if failures < self.free:
            return dt.timedelta()
        # Beyond this power it is the longest anyhow.
        return dt.timedelta(seconds=min(self.first << min(failures - self.free, 20), self.longest))


STRICT = Limit(free=5, first=30, longest=15 * 60)
OF_NAME = Limit(free=20, first=2, longest=30)
OF_ADDRESS = Limit(free=30, first=10, longest=15 * 60)


def digest(*parts, secret=None):
    """Return the key of a count, of which nobody can tell what was typed; by the SECRET_KEY, or a ``secret`` of before."""
    return salted_hmac("attempts", "\0".join(parts), secret, algorithm="sha256").hexdigest()


def limits_of(name, network, browser):
    """Return ``{key: Limit}`` of an attempt. Either may be "": the network is not known, the browser is new."""
    if browser:
        return {digest("browser", browser): STRICT}
    limits = {digest("name", name): OF_NAME, digest("pair", name, network): STRICT}
    return limits | ({digest("address", network): OF_ADDRESS} if network else {})


def limits_of_factor(account, network, browser):
    """Return ``{key: Limit}`` of an attempt at the second factor of an account.

    Who is there has the password, so that no stranger keeps its owner waiting: from anywhere it is strict. For the
    same reason the browser is one in which both steps were done: the password alone makes any number of browsers known.
    """
    if browser:
        return {digest("factor in browser", browser): STRICT}
    limits = {digest("factor", str(account.pk)): STRICT}
    return limits | ({digest("address", network): OF_ADDRESS} if network else {})


def count(limits):
    """Count what is counted whatever comes of it. Raises a ValidationError where it is too early."""
    if wait := _wait(Attempts.objects.filter(key__in=limits)) or _count(limits):
        raise ValidationError(in_words(wait), code="too_many")


@contextmanager
def attempt(limits, who, what="password"):
    """Around what looks whether a password, or ``what`` is typed, is right, and raises a ValidationError where it is not.

    It is counted first, for others are at it at the same moment, and taken back where the password was right.
    ``who`` says it in the log. Raises a ValidationError, and looks at nothing, where it is too early.
    """
    count(limits)
    try:
        yield
    except ValidationError as error:
        next_wait = _wait(Attempts.objects.filter(key__in=limits))
        seconds = math.ceil(next_wait.total_seconds())
        log.warning("Wrong %s: %s; the next is looked at in %d s", what, who, seconds)
        if next_wait:
            raise ValidationError([error, ValidationError(in_words(next_wait))]) from error
        raise
    _take_back(limits)


def _wait(rows):
    longest = max((row.open_at for row in rows), default=timezone.now())
    return max(longest - timezone.now(), dt.timedelta())


def _count(limits):
    """Count an attempt, or return how long it has to wait."""
    now = timezone.now()
    with transaction.atomic():
        old = Attempts.objects.filter(counted_at__lt=now - FORGOTTEN_AFTER)
        # Not those at which another is: two who sweep would wait for one another.
        swept = old.select_for_update(skip_locked=True).order_by("pk")[:SWEPT]
        Attempts.objects.filter(pk__in=[row.pk for row in swept]).delete()
        # In one order, for the same reason.
        new = [Attempts(key=key) for key in sorted(limits)]
        Attempts.objects.bulk_create(new, ignore_conflicts=True)
        rows = Attempts.objects.filter(key__in=limits).order_by("key").select_for_update()
        if wait := _wait(rows):
            return wait
        for row in rows:
            row.failures += 1
            row.counted_at = now
            row.open_at = now + limits[row.key].wait_after(row.failures)
        Attempts.objects.bulk_update(rows, ["failures", "counted_at", "open_at"])
    return dt.timedelta()


def _take_back(limits):
    # What is strict is of one person, who has shown who it is.
    strict = [key for key, limit in limits.items() if limit is STRICT]
    Attempts.objects.filter(key__in=strict).delete()
    # One by one: two who take back several would wait for one another.
    for key in limits:
        counted = Attempts.objects.filter(key=key, failures__gt=0)
        counted.update(failures=F("failures") - 1, open_at=timezone.now())


def in_words(wait):
    """Return what to do, the same whether there is such an account or not."""
    seconds = math.ceil(wait.total_seconds())
    if seconds <= 90:
        words = ngettext(
            "Too many attempts. Try again in %(count)d second.",
            "Too many attempts. Try again in %(count)d seconds.",
            seconds,
        )
        return words % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    words = ngettext(
        "Too many attempts. Try again in %(count)d minute.",
        "Too many attempts. Try again in %(count)d minutes.",
        minutes,
    )
    return words % {"count": minutes}
