"""What is noted when somebody signs in, or is refused."""

import re
import time

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in

from cstopa.accounts.addresses import address_of
from cstopa.accounts.models import Session, SignIn
from cstopa.accounts.sessions import SIGNED_IN
from cstopa.middleware import renew

# The first that a browser names itself by, for each calls itself those after it as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "YaBrowser": "Yandex Browser",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser_in_words(agent):
    """Return the names of a browser and its system, or "": no more of what it tells is kept."""
    found = (
        next((name for part, name in names.items() if re.search(rf"\b{part}\b", agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def from_where(request):
    """Return the fields that say from where a request comes."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    return {"address": address_of(request), "browser": browser_in_words(agent)}


def refused(request, name, outcome=SignIn.Outcome.REFUSED):
    """Note that a password was wrong, or what was to follow it. A name that is nobody's is not kept: it may be a password."""
    account = get_user_model().objects.filter(username=name).first()
    SignIn.objects.record(account=account, outcome=outcome, **from_where(request))


def _signed_in(sender, request, user, **kwargs):
    where = from_where(request)
    renew(request)
    request.session[SIGNED_IN] = [int(time.time()), where["address"], where["browser"]]
    SignIn.objects.record(account=user, outcome=SignIn.Outcome.DONE, **where)
    Session.objects.sweep()


def register():
    user_logged_in.connect(_signed_in, dispatch_uid="session-begins")
