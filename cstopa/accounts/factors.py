"""What an account shows beside its password: a code of an authenticator, a passkey, or a recovery code.

Rows and cryptography are allauth's; its pages and its sign-in are not used: here everything is behind the desk's.
"""

import json
import logging
from contextlib import contextmanager

from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_permission_codename, get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cstopa.accounts import encryption
from cstopa.publishing.rights import WithRights

log = logging.getLogger(__name__)
Type = Authenticator.Type

# As Django's log keeps them, which translates them where it is shown.
NAMES = {
    Type.TOTP: gettext_noop("authenticator app"),
    Type.WEBAUTHN: gettext_noop("passkey"),
    Type.RECOVERY_CODES: gettext_noop("recovery codes"),
}
USED = gettext_noop("used recovery code")
# By which command something was done, in a message of Django's log, which names the account itself then.
BY_COMMAND = "command"


class Adapter(DefaultMFAAdapter):
    """What authenticators and browsers show of the site and of an account."""

    def _get_site_name(self):
        return str(settings.ASSEMBLY_SHORT_NAME)

    def encrypt(self, text):
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        return encryption.decrypt(encrypted_text)

    def _get_user_identifier(self, user):
        return user.get_username()

    def get_public_key_credential_user_entity(self, user):
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": user.get_full_name() or user.get_username(),
            "name": user.get_username(),
        }


def of_whom_required():
    """Return the permissions by which one changes at once what the public reads, or accounts and groups."""
    for model, pages in admin.site._registry.items():
        opts = model._meta
        # Of what is published somebody may write what is not public, too.
        is_published = isinstance(pages, WithRights)
        for action in ("publish",) if is_published else ("add", "change", "delete"):
            yield f"{opts.app_label}.{get_permission_codename(action, opts)}"


def are_required_of(account):
    """Return whether an account may do what a password alone is not enough for."""
    if not (settings.SECOND_FACTOR and account.is_active and account.is_staff):
        return False
    return account.is_superuser or any(map(account.has_perm, of_whom_required()))


def of(account):
    """Return the factors of an account, the oldest first, and recovery codes among them."""
    return Authenticator.objects.filter(user=account).order_by("created_at", "pk")


def has_any(account):
    return of(account).exclude(type=Type.RECOVERY_CODES).exists()


@contextmanager
def changing(account):
    """Around what looks which factors an account has, and changes them: of two who do, one waits here."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().filter(pk=account.pk).first()
        yield


def _is_readable(row):
    """Return whether the secret of a factor is; that of another SECRET_KEY is not."""
    try:
        encryption.renewed(row.data)
    except InvalidToken:
        log.warning(
            "A second factor of %s is unreadable: it was encrypted by another SECRET_KEY.", row.user
        )
        return False
    return True


def _takes(row, code):
    """Return whether a code of an authenticator is right, and newer than each that was taken."""
    secret = encryption.decrypt(row.data["secret"])
    for counter in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > row.data.get("counter", 0) and compare_user_code(actual=code, expected=right):
            row.data["counter"] = counter
            return True
    return False


@transaction.atomic
def take_code(account, code):
    """Return the factor of which a code is, and take the code for ever, or None."""
    # Of two who send the same code at the same moment one waits here, and is refused.
    rows = of(account).exclude(type=Type.WEBAUTHN).select_for_update()
    for row in filter(_is_readable, rows):
        is_right = _takes(row, code) if row.type == Type.TOTP else row.wrap().validate_code(code)
        if is_right:
            if row.type == Type.RECOVERY_CODES:
                # It was saved by another instance of the row.
                row.refresh_from_db(fields=["data"])
                note(account, account, "deleted", USED)
            # The key may be another since it was.
            row.data |= encryption.renewed(row.data)
            row.last_used_at = timezone.now()
            row.save()
            return row
    return None


@transaction.atomic
def add_app(account, secret, code):
    """Let an account have an authenticator in the place of the one it has, if a code of it is right."""
    row = Authenticator(user=account, type=Type.TOTP, data={"secret": encryption.encrypt(secret)})
    if not _takes(row, code):
        return None
    of(account).filter(type=Type.TOTP).delete()
    row.save()
    note(account, account, "added", NAMES[row.type])
    return row


def remove(by, rows, account):
    """Take factors away, and the recovery codes with the last other one; ``by`` is None on the command line."""
    for row in rows:
        row.delete()
        note(by, account, "deleted", NAMES[row.type])
    if not has_any(account):
        of(account).delete()


@transaction.atomic
def new_recovery_codes(account):
    """Make recovery codes, in the place of those that an account has."""
    of(account).filter(type=Type.RECOVERY_CODES).delete()
    note(account, account, "added", NAMES[Type.RECOVERY_CODES])
    return RecoveryCodes.activate(account)


def recovery_codes_of(account):
    """Return allauth's recovery codes of an account, or None."""
    row = of(account).filter(type=Type.RECOVERY_CODES).first()
    return row.wrap() if row and _is_readable(row) else None


@transaction.atomic
def see_recovery_codes(account):
    """Let recovery codes be shown no more. A code that is taken at the same moment stays taken."""
    for row in of(account).filter(type=Type.RECOVERY_CODES).select_for_update():
        row.wrap().mark_as_viewed()


def done_by(account, entries):
    """Return of entries of Django's log those of what an account did itself, and no command in its name."""
    by_command = json.dumps({BY_COMMAND: True}).strip("{}")
    return entries.filter(user=account).exclude(change_message__contains=by_command)


def note(by, account, act, name):
    """Note in the log of the desk that a factor was "added" or "deleted", by somebody or by a command."""
    message = [{act: {"name": name, "object": str(account)}}]
    if by is None:
        message[0][BY_COMMAND] = True
    LogEntry.objects.log_actions((by or account).pk, [account], CHANGE, message)
