"""E-mail to whoever is to act after a step of a review, or waits for an answer.

One to each person for each step. It has no word of what is not public: that is read at the desk, where
it waits for whoever gets no e-mail. What could not be sent is tried again where a worker runs.
"""

import datetime as dt
import logging

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, mailers
from django.http import HttpRequest
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts.languages import languages_of

logger = logging.getLogger("django.tasks")

# After so many minutes each it is tried once more.
AGAIN = (1, 5, 30, 120, 480)


def put_off(task, *arguments, tries, said):
    """Enqueue a task once more, for later; return False after the last try, and where no worker runs.

    Its last argument is the number of tries before; ``said`` is what failed.
    """
    if tries == len(AGAIN) or not task.get_backend().supports_defer:
        return False
    moment = timezone.now() + dt.timedelta(minutes=AGAIN[tries])
    task.using(run_after=moment).enqueue(*arguments, tries + 1)
    logger.warning("%s. It is tried again at %s.", said, f"{moment:%Y-%m-%d %H:%M %Z}")
    return True


TO_ACT = {
    "submitted": gettext_lazy("%(who)s has submitted a text: you may approve or return it."),
    "approved": gettext_lazy("%(who)s has approved a text: you may publish it."),
}
ANSWERED = {
    "commented": gettext_lazy("%(who)s has commented on your text."),
    "agreed": gettext_lazy("%(who)s has approved your text, of which nothing follows now."),
    "returned": gettext_lazy("%(who)s has returned your text."),
    "approved": gettext_lazy("%(who)s has approved your text."),
}


class NotTold(Exception):
    """A step of a review was not told to everybody."""


@task()
def tell(key, accounts=None, tries=0):
    """Send what is to be said of the step with a key, if its row still is to be public.

    ``accounts`` are the keys of those to whom it could not be sent before, ``tries`` times. NotTold after the
    last try, or the only one where no worker runs.
    """
    steps = apps.get_model("publishing", "Review").objects
    step = steps.select_related("by", "submitted_by").filter(pk=key).first()
    model = step and apps.get_model(step.model)
    row = model and model._base_manager.filter(pk=step.key).first()
    if row is None:
        return
    pages = admin.site.get_model_admin(model)
    messages = {
        account.pk: message_to(account, words, step, row)
        for account, words in _told(step, pages, row).items()
        if pages.is_reviewed(row) and (accounts is None or account.pk in accounts)
    }
    failed = _send(messages) if messages else {}
    if not failed:
        return
    said = f"A step of a review was not told to everybody: {[*failed.values()][-1]!r}"
    if not put_off(tell, key, [*failed], tries=tries, said=said):
        raise NotTold(said)


def _send(messages):
    """Send messages, and return ``{key of an account: error}`` of those that could not be sent."""
    failed = dict.fromkeys(messages)
    try:
        with mailers.default as connection:
            for key, message in messages.items():
                try:
                    connection.send_messages([message])
                except OSError as error:
                    # Perhaps the others have addresses that the server takes.
                    failed[key] = error
                else:
                    del failed[key]
    except OSError as error:
        # Nobody listens, or takes letters of ours.
        return {key: failed[key] or error for key in failed}
    return failed


def _told(step, pages, row):
    """Return ``{account: sentence}`` of those who read e-mail, and may change the row."""
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    accounts = accounts.select_related("preferences").order_by("pk")
    if step.outsider:
        waiting = {step.submitted_by_id, step.by_id}
    else:
        # Whoever took it knows.
        accounts = accounts.exclude(pk=step.by_id)
        waiting = {step.submitted_by_id} if step.state in ("returned", "commented") else set()
    # When a worker comes to it, another may have acted.
    may_act = step.is_newest and {"submitted": pages.may_review, "approved": pages.may_publish}.get(
        step.state
    )
    told = {}
    for account in accounts:
        asked = HttpRequest()
        asked.user = account
        acts = may_act and may_act(asked)
        if (acts or account.pk in waiting) and pages.has_change_permission(asked, row):
            told[account] = (TO_ACT if acts else ANSWERED)[step.state]
    return told


def message_to(account, words, step, row):
    """Return the message, in the language that an account has chosen for the desk, or both."""
    page = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    address = settings.SITE_URL + reverse(page, args=[row.pk])
    subjects, texts = [], []
    for language in languages_of(account):
        with translation.override(language):
            subjects.append(f"{settings.ASSEMBLY_SHORT_NAME}: {step.get_state_display()}")
            texts.append(f"{words % {'who': step.who}}\n{_('At the desk:')} {address}\n")
    return EmailMessage(
        " / ".join(subjects),
        "\n".join(texts),
        to=[account.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
