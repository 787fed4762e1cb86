"""Passkeys: what a browser is told to make or to show one, and whether what it answers is right."""

import json
import struct
from ipaddress import ip_address
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cstopa.accounts import factors


def place(request):
    """Return ``(is_possible, address)``: whether a passkey may be used here, and else where it may.

    Browsers give none to an IP address.
    """
    host = urlsplit(f"//{request.get_host()}")
    try:
        address = ip_address(host.hostname or "")
    except ValueError:
        return True, ""
    if not address.is_loopback:
        return False, settings.SITE_URL
    try:
        port = f":{host.port}" if host.port else ""
    except ValueError:
        # It is higher than there are any.
        port = ""
    return False, f"{request.scheme}://localhost{port}{request.get_full_path()}"


def _options(made):
    return json.dumps(made["publicKey"])


def options_to_add(account):
    """Return, as JSON, what a browser needs to make a passkey; the session knows what it was asked."""
    return _options(auth.begin_registration(account, passwordless=False))


def options_to_show(account):
    """Return, as JSON, what a browser needs to show a passkey of an account."""
    return _options(auth.begin_authentication(account))


def _read(text):
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _wrong()
    return answer


# What anybody may send breaks what reads and keeps it in any of these ways.
BROKEN = (
    *(ValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
    *(AssertionError, RuntimeError, struct.error, DataError, IntegrityError),
)


def _wrong():
    return ValidationError(_("This passkey was not accepted. Try it again."), code="wrong")


def _checked(work, text):
    """Return what ``work`` makes of the answer of a browser, or raise a ValidationError of ours."""
    try:
        return work(_read(text))
    except BROKEN as error:
        auth.clear_state()
        raise _wrong() from error


def add(account, text, name):
    """Let an account have the passkey that a browser has made."""

    def checked(answer):
        auth.parse_registration_response(answer)
        auth.complete_registration(answer)
        with transaction.atomic():
            auth.WebAuthn.add(account, name, answer)

    _checked(checked, text)
    factors.note(account, account, "added", factors.NAMES[Authenticator.Type.WEBAUTHN])


def take(account, text):
    """Take what a browser has answered with a passkey of an account."""

    def checked(answer):
        auth.parse_authentication_response(answer)
        return auth.complete_authentication(account, answer)

    row = _checked(checked, text)
    row.last_used_at = timezone.now()
    row.save(update_fields=["last_used_at"])
