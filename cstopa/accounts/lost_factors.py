"""Somebody has lost a second factor: an administrator, or the command line, takes it away, and it is set up anew."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.accounts import factors
from cstopa.accounts.letters import write
from cstopa.accounts.models import Session
from cstopa.accounts.whose import another_account


@transaction.atomic
def take_away(account, by=None):
    """Take all second factors of an account away, and end its sessions; where it has none, return False."""
    rows = list(factors.of(account))
    if not rows:
        return False
    factors.remove(by, rows, account)
    Session.objects.filter(account=account).delete()
    write(account, "factor taken away")
    return True


def lost_factor(request, key):
    """Ask whether the second factor of somebody else is to go, and take it away."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    account = another_account(request, key)
    if account == request.user:
        # One's own is asked for by the password.
        raise PermissionDenied
    if request.method == "POST":
        if take_away(account, request.user):
            messages.success(
                request, _("The second factor was taken away, and all sessions ended.")
            )
        else:
            messages.warning(request, _("This account has no second factor."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
    context = {
        **admin.site.each_context(request),
        "title": _("Take the second factor away"),
        "subtitle": str(account),
        "account": account,
        "account_kind": capfirst(account._meta.verbose_name_plural),
        "factors": factors.of(account),
    }
    return TemplateResponse(request, "admin/lost_factor.html", context)
