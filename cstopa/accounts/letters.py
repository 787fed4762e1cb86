"""E-mail about an account to its owner, in both languages: nobody has said which of them she reads."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.utils import translation
from django.utils.translation import gettext


def write(account, subject, text, **values):
    """Send a letter after the transaction, where the site sends any and the account has an address.

    ``subject`` and ``text`` are not translated yet; ``values`` are what stands in the text.
    """
    if not (account.email and settings.SENDS_EMAIL):
        return
    subjects, texts = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(f"{settings.ASSEMBLY_SHORT_NAME}: {gettext(subject)}")
            texts.append(gettext(text) % values)
    sent = [account.email, " / ".join(subjects), "\n\n".join(texts)]
    transaction.on_commit(lambda: post.enqueue(*sent))


@task()
def post(address, subject, text):
    # Django notes what could not be sent, and no request fails by it.
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, to=[address], headers=headers).send()
