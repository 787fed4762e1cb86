"""The language of the desk is the browser's, by a cookie, and the account's: a sign-in brings it to another browser.

Letters to an account are in its language, too.
"""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.views import i18n

from cstopa.accounts.models import Preferences
from cstopa.languages import LANGUAGES

# What was chosen before a sign-in, for as long as that may take: who mistypes has to wait.
COOKIE, KEPT = "chosen_language", 3600


def set_language(request):
    """Answer as Django does, and keep what was chosen for the account that is signed in, or signs in next."""
    response = i18n.set_language(request)
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    # Django has more languages than the site.
    if chosen and chosen.value in LANGUAGES:
        if request.user.is_authenticated:
            _keep(request.user, chosen.value)
        else:
            response.set_cookie(
                COOKIE,
                chosen.value,
                max_age=KEPT,
                path=reverse("admin:index"),
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
    return response


def bring_language(request, response, account):
    """Keep what was chosen at the sign-in; else let the browser speak what the account has chosen, if anything."""
    if chosen := _just_chosen(request):
        _keep(account, chosen)
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")
    if language := chosen or _of(account):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


def language_after(request, account):
    """Return the language of the desk after the sign-in that a request completes."""
    return _just_chosen(request) or _of(account) or get_language()


def languages_of(account):
    """Return the languages in which an account gets letters: its own, or all where it has chosen none."""
    language = _of(account)
    return [language] if language else LANGUAGES


def _just_chosen(request):
    language = request.COOKIES.get(COOKIE)
    return language if language in LANGUAGES else ""


def _of(account):
    chosen = getattr(account, "preferences", None)
    return chosen.language if chosen else ""


def _keep(account, language):
    if language == _of(account):
        return
    # The browser speaks it, also where the database takes no writes now.
    with suppress(DatabaseError), transaction.atomic():
        Preferences.objects.update_or_create(account=account, defaults={"language": language})
