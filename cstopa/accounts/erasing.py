"""An account is erased: what it did stays, and names a former member of staff."""

import json
import re

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from cstopa.accounts import factors
from cstopa.accounts.models import Preferences, Session
from cstopa.library.placements import codes_on_record
from cstopa.publishing.models import Answer, PreviewLink
from cstopa.working_copies.models import WorkingCopy

# With its number it is the name of the account, which nobody can choose: it has spaces.
FORMER = gettext_noop("former member of staff")
NAME = re.compile(rf"\b{FORMER} (\d+)\b")
DATA = gettext_noop("personal data")


def in_words(text):
    """Return the name of an account, or what the log says of one, as the desk shows it."""
    return NAME.sub(rf"{gettext(FORMER)} \1", text or "")


def is_erased(account):
    return account.username.startswith(f"{FORMER} ")


def refuse_the_last(account):
    """Raise a ValidationError where nobody else could manage accounts; until the transaction ends, they stay."""
    User = get_user_model()
    managing = User.objects.with_perm("auth.change_user").filter(is_active=True, is_staff=True)
    # Of two who erase one another one waits, and is the last then.
    if all(each.pk == account.pk for each in managing.order_by("pk").select_for_update()):
        raise ValidationError(_("Nobody else may manage accounts: it cannot be erased."), "last")


@transaction.atomic
def erase(account, by):
    """Empty an account of whoever it is of, and everything that repeats her name."""
    # Before the account: who describes one now has its row, and needs that of the account next.
    for sent in (account.uploads, account.uploaded_documents):
        list(sent.select_for_update().order_by("pk"))
    refuse_the_last(account)
    # Whoever changes the same row waits, and finds it empty.
    account = get_user_model().objects.select_for_update().get(pk=account.pk)
    for rows in (
        Session.objects.filter(account=account),
        account.sign_ins.all(),
        Preferences.objects.filter(account=account),
        factors.of(account),
        WorkingCopy.objects.filter(account=account),
        Answer.objects.filter(by=account),
        PreviewLink.objects.filter(by=account),
    ):
        rows.delete()
    # What a text on record has goes with the text, and not with whoever has put it there.
    _hand_over(account, by)
    for upload in (*account.uploads.all(), *account.uploaded_documents.all()):
        upload.forget()
    account.username = f"{FORMER} {account.pk}"
    account.first_name = account.last_name = account.email = ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()
    for entry in LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(account), object_id=str(account.pk)
    ):
        entry.object_repr = account.username
        entry.change_message = _without_name(entry.change_message, account.username)
        entry.save()
    message = [{"deleted": {"name": DATA, "object": account.username}}]
    # It is translated where it is shown.
    with translation.override(None):
        LogEntry.objects.log_actions(by.pk, [account], CHANGE, message)
    return account


def _hand_over(account, by):
    """Give the pictures that wait, and that texts have, to somebody; ValidationError where she may not describe them."""
    named = account.uploads.filter(is_named=True)
    codes = codes_on_record() if named else ()
    keys = [each.pk for each in named if each.code in codes]
    if keys and not by.has_perm("library.add_picture"):
        raise ValidationError(
            _(
                "Pictures of this account stand in saved texts and wait to be described: who may not"
                " add pictures cannot take them over. It is erased by somebody who may."
            ),
            "not_taken_over",
        )
    named.filter(pk__in=keys).update(account=by)


def _without_name(message, name):
    try:
        parts = json.loads(message)
    except ValueError:
        return message
    for part in parts:
        for said in part.values():
            if isinstance(said, dict) and "object" in said:
                said["object"] = name
    return json.dumps(parts)
