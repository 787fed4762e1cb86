"""Browsers in which an account has signed in before, by a password alone or by both steps.

A cookie says so, signed; it opens nothing, and is read where one signs in alone.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cstopa.accounts.attempts import digest

COOKIE, SALT = "known_browser", "cstopa.accounts.browsers"
BY_PASSWORD, BY_BOTH = "known", "known by both"
# Seconds for which a browser is known, and in which a link makes it so.
KNOWN, LINK_OPEN = 180 * 24 * 3600, 3600


def folded(name):
    """Return a name as it is counted, whichever case it is typed in."""
    return name.casefold()


def browser_of(request, name, ways=(BY_PASSWORD, BY_BOTH)):
    """Return the number of a browser in which a name has signed in before, in one of the ways, or ""."""
    said = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=KNOWN)
    of_name, _sign, number = said.partition(".")
    # As what Django signs is read by each of them, too.
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = {digest(way, folded(name), secret=each) for way in ways for each in keys}
    return number if of_name in known else ""


def remember(response, name, way=BY_PASSWORD):
    """Let a browser be known to a name from now on."""
    response.set_signed_cookie(
        COOKIE,
        f"{digest(way, folded(name))}.{secrets.token_urlsafe(16)}",
        salt=SALT,
        max_age=KNOWN,
        path=reverse("admin:login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def link(name):
    """Return what stands in the address of the sign-in where it is to make a browser known."""
    return signing.dumps(name, salt=SALT)


def name_in(text):
    """Return the name in what ``link()`` made, or ""."""
    try:
        return signing.loads(text, salt=SALT, max_age=LINK_OPEN)
    except signing.BadSignature:
        return ""
