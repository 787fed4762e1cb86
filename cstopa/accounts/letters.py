"""E-mail about an account to its owner, in the language that she has chosen for the desk, or both.

What could not be sent is tried again where a worker runs.
"""

from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from cstopa.accounts.languages import languages_of
from cstopa.accounts.links import address_for
from cstopa.publishing.telling import put_off

# Subject and text, of which each may have the name of the account, the site, and a link to set a password.
LETTERS = {
    "forgotten": (
        gettext_noop("a new password"),
        gettext_noop(
            "Somebody, perhaps you, has asked for a new password of your account %(name)s. Set it here, within "
            "three days:\n%(address)s\nIf you have not asked for it, there is nothing to do: the old one goes on."
        ),
    ),
    "invitation": (
        gettext_noop("an invitation"),
        gettext_noop(
            "You have an account at the desk of %(site)s; its name is %(name)s. Set a password for it here, within "
            "three days:\n%(address)s"
        ),
    ),
    "factor taken away": (
        gettext_noop("second factor taken away"),
        gettext_noop(
            "The second factor of your account %(name)s at %(site)s was taken away. If you need one, you set "
            "it up anew with your next sign-in. If you have not asked for it, tell an administrator at once."
        ),
    ),
}


class NotWritten(Exception):
    """A letter was not sent. It has no word of the server's, which names the address."""


def write(account, letter):
    """Send a letter after the transaction, where the site sends any and the account has an address."""
    if account.email and settings.SENDS_EMAIL:
        transaction.on_commit(partial(send.enqueue, account.pk, letter))


@task()
def send(key, letter, tries=0):
    """Send a letter; NotWritten after the last try, or the only one where no worker runs."""
    # No queue has an address, or a link.
    account = get_user_model().objects.filter(pk=key, is_active=True).exclude(email="").first()
    if account is None:
        return
    values = {
        "name": account.get_username(),
        "site": settings.SITE_URL,
        "address": address_for(account),
    }
    subjects, texts = [], []
    for language in languages_of(account):
        with translation.override(language):
            subject, text = map(gettext, LETTERS[letter])
            subjects.append(f"{settings.ASSEMBLY_SHORT_NAME}: {subject}")
            texts.append(text % values)
    headers = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(
        " / ".join(subjects), "\n\n".join(texts), to=[account.email], headers=headers
    )
    try:
        message.send()
    except OSError as error:
        said = f"A letter about an account was not sent: {type(error).__name__}"
        if not put_off(send, key, letter, tries=tries, said=said):
            raise NotWritten(said) from None
