"""Staff who read public pages: what they read is made for them alone, and says where it is edited."""

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from cstopa.accounts.second_step import is_lacking
from cstopa.accounts.sessions import SessionStore
from cstopa.http.kept.middleware import never_kept


class Glance(SessionStore):
    """A session that is looked into: whose it is, its own request finds out, and gives the browser another key."""

    # It is of the name of the class, and what the other has signed is to be read.
    key_salt = SessionStore().key_salt

    def cycle_key(self):
        """Leave the row whose key the browser has, also where a SECRET_KEY of before has signed it."""


def staff_of(request):
    """Return the account of staff whose session a request carries, or None."""
    # Not request.COOKIES, which would keep them all.
    cookies = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    # The request itself stays as anybody's: nothing else on a public page asks who reads it.
    asked = HttpRequest()
    asked.session = Glance(key)
    asked.user = get_user(asked)
    return asked.user if asked.user.is_staff and not is_lacking(asked) else None


def reading_staff_middleware(get_response):
    """Let a public page know the account of ``staff`` that reads it, and be kept by nobody then."""

    def middleware(request):
        if not request.path_info.startswith(never_kept()):
            request.staff = staff_of(request)
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and getattr(request, "staff", None):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware
