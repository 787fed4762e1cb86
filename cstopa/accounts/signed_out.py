"""Who comes to the sign-in because a session has ended is told so, and that what was written is kept."""

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from cstopa.working_copies.models import step_of
from cstopa.working_copies.unsent import token_of


def say_signed_out(request):
    """Say it at the sign-in to which a request leads, of whose browser there was a session, or a form was sent."""
    if request.method == "POST":
        said = _("You were signed out, and nothing was saved.")
        # A script has kept it before it was sent.
        if token_of(request.POST) and step_of(request.POST):
            said = _(
                "You were signed out, and nothing was saved yet. What you wrote is kept: sign in, and the form offers it."
            )
        messages.warning(request, said)
    elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.session.is_empty():
        messages.warning(request, _("You were signed out: your session has ended."))
