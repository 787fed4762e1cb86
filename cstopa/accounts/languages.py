"""The language of the desk is the browser's, by a cookie, and the account's, whose sign-in brings it to another browser."""

from django.conf import settings
from django.views import i18n

from cstopa.accounts.models import Preferences
from cstopa.languages import LANGUAGES


def set_language(request):
    """Answer as Django does, and keep what was chosen for the account that is signed in."""
    response = i18n.set_language(request)
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    # Django has more languages than the site.
    if chosen and chosen.value in LANGUAGES and request.user.is_authenticated:
        said = {"language": chosen.value}
        Preferences.objects.update_or_create(account=request.user, defaults=said)
    return response


def bring_language(response, account):
    """Let the browser in which an account signs in speak what it has chosen, if anything."""
    if language := _of(account):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


def languages_of(account):
    """Return the languages in which an account gets letters: its own, or all where it has chosen none."""
    language = _of(account)
    return [language] if language else LANGUAGES


def _of(account):
    chosen = getattr(account, "preferences", None)
    return chosen.language if chosen else ""
