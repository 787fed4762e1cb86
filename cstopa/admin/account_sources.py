"""What the log of the desk says of accounts: Django's own log of them, and who came in."""

import json

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.accounts.erasing import in_words
from cstopa.accounts.factors import BY_COMMAND, done_by
from cstopa.accounts.models import SignIn
from cstopa.admin.groups import NAMES
from cstopa.admin.log_sources import ADDED, CHANGED, DELETED, Entry, Source

FLAGS = {ADDED: ADDITION, CHANGED: CHANGE, DELETED: DELETION}
ACT_OF_FLAG = {flag: act for act, flag in FLAGS.items()}
SIGNED_IN, REFUSED, SECOND_REFUSED = "signed-in", "refused", "second-refused"
OUTCOMES = {
    SIGNED_IN: SignIn.Outcome.DONE,
    REFUSED: SignIn.Outcome.REFUSED,
    SECOND_REFUSED: SignIn.Outcome.SECOND_REFUSED,
}
ACTS_OF_ACCOUNTS = {act: outcome.label for act, outcome in OUTCOMES.items()}


class OfAccounts(Source):
    """Of what keeps no versions, Django's own log."""

    prefix, moment = "account", "action_time"

    @property
    def _all(self):
        content_type = ContentType.objects.get_for_model(self.model)
        return LogEntry.objects.order_by().filter(content_type=content_type)

    def by(self, account):
        return done_by(account, self._all)

    def rows(self, asked):
        if asked.get("act") and asked["act"] not in FLAGS:
            return None
        rows = self.by(asked["person"]) if asked.get("person") else self._all
        return rows.filter(action_flag=FLAGS[asked["act"]]) if asked.get("act") else rows

    def entries(self, request, numbers):
        found = LogEntry.objects.filter(pk__in=numbers).select_related("user", "content_type")
        acts = {ADDED: _("added"), CHANGED: _("changed"), DELETED: _("deleted")}
        return {
            each.pk: Entry(
                each.action_time,
                who(each),
                acts[ACT_OF_FLAG[each.action_flag]],
                capfirst(self.pages.opts.verbose_name),
                in_words(each.object_repr),
                each.get_admin_url() or "" if each.action_flag != DELETION else "",
                rights_in(each.change_message),
                in_words(each.get_change_message()) if each.action_flag == CHANGE else "",
            )
            for each in found
        }


def who(entry):
    if any(part.get(BY_COMMAND) for part in parts_of(entry.change_message)):
        return _("the command line")
    return str(entry.user)


def parts_of(message):
    """Return what a message of Django's log is made of."""
    try:
        return json.loads(message)
    except ValueError:
        return []


def rights_in(message):
    """Return what a message of Django's log says of rights that were given and taken, in words."""
    changed = [pair for part in parts_of(message) for pair in part.get("rights", ())]
    return tuple(f"{sign} {NAMES.get(name) or _(name)}" for sign, name in changed)


class OfSignIns(Source):
    """Who came in, and who was refused."""

    model, name, moment = SignIn, "sign-in", "at"

    def __init__(self):
        """Its model has no pages."""

    @property
    def kind(self):
        return capfirst(SignIn._meta.verbose_name_plural)

    def by(self, account):
        return SignIn.objects.order_by().filter(account=account)

    def rows(self, asked):
        rows = self.by(asked["person"]) if asked.get("person") else SignIn.objects.order_by()
        if act := asked.get("act"):
            return rows.filter(outcome=OUTCOMES[act]) if act in OUTCOMES else None
        return rows

    def entries(self, request, numbers):
        found = SignIn.objects.filter(pk__in=numbers).select_related("account")
        return {
            each.pk: Entry(
                each.at,
                str(each.account or _("a name that is nobody’s")),
                each.get_outcome_display(),
                capfirst(SignIn._meta.verbose_name),
                ", ".join(filter(None, (each.address, each.browser)))
                or _("from where is not known"),
            )
            for each in found
        }
