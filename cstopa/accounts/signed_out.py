"""Who comes to the sign-in because a session has ended is told so, and that what was written is kept."""

from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.accounts.browsers import KNOWN
from cstopa.working_copies.models import step_of
from cstopa.working_copies.unsent import token_of

# In a browser in which somebody is signed in: the key of a session goes with it, or with the first ping of a form.
COOKIE = "was_signed_in"


def remember_signed_in(request, response):
    """Let the browser say later on that somebody was signed in at the desk."""
    if not request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE,
            "1",
            max_age=KNOWN,
            path=reverse("admin:index"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget_signed_in(response):
    response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")


def say_signed_out(request, response):
    """Say it at the sign-in to which a request leads, of whose browser there was a session, or a form was sent."""
    # What a script asks it shows to nobody, and a form that is left open asks every few seconds.
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return
    if request.method == "POST":
        said = _("You were signed out, and nothing was saved.")
        # A script has kept it before it was sent.
        if token_of(request.POST) and step_of(request.POST):
            said = _(
                "You were signed out, and nothing was saved yet. What you wrote is kept: sign in, and the form offers it."
            )
        messages.warning(request, said)
    elif request.COOKIES.get(COOKIE) and request.session.is_empty():
        messages.warning(request, _("You were signed out: your session has ended."))
    forget_signed_in(response)
