"""What is asked of the site itself: whether it runs, whether it can answer, and who mends it."""

import datetime as dt

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DEFAULT_DB_ALIAS, Error
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cstopa.http.staticfiles import STYLESHEET
from cstopa.models.migrated import is_migrated


def say(sentence, status=200):
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request):
    """The process answers; the database is not asked."""
    return say("The site runs.")


@never_cache
@require_safe
def readyz(request):
    """The database answers and has every migration, and pages find their files, or else 503."""
    try:
        is_whole = is_migrated(DEFAULT_DB_ALIAS)
    except Error:
        return say("The database does not answer.", status=503)
    if not is_whole:
        return say("The database lacks migrations.", status=503)
    try:
        staticfiles_storage.url(STYLESHEET)
    except ValueError:
        return say("The static files are not collected.", status=503)
    return say("The site is ready.")


@require_safe
def security_txt(request):
    """Whom to tell of a hole (RFC 9116); its day of expiry moves on, since the setting is the fact."""
    until = timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=180)
    return say(
        f"Contact: {settings.SECURITY_CONTACT}\n"
        f"Expires: {until}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}\n"
        f"Canonical: {settings.SITE_URL}{request.path}"
    )
