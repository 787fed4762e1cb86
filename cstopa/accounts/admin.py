"""The pages of the desk that say where an account is signed in, and let it have a password."""

import datetime as dt

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cstopa.accounts.attempts import digest
from cstopa.accounts.forgotten import forgotten
from cstopa.accounts.invitations import invite
from cstopa.accounts.links import address_for, set_password
from cstopa.accounts.lost_factors import lost_factor
from cstopa.accounts.models import Session
from cstopa.accounts.own_factors import add_factor, recovery_codes, second_factor
from cstopa.accounts.personal_data import erase_view, personal_data
from cstopa.accounts.second_step import second_step
from cstopa.accounts.whose import account_of, another_account
from cstopa.accounts.zones import time_zone

OTHERS = "others"
# As Django's log keeps it, which translates it where it is shown.
LINK = gettext_noop("link to set a password")


def sessions_view(request):
    """Show the sessions of an account, and end one of them, or all but this."""
    account = account_of(request)
    here = request.session.session_key
    sessions = list(Session.objects.of(account))
    for each in sessions:
        # Whoever reads a key has the session.
        each.name, each.is_here = digest("session", each.session_key), each.session_key == here
    if request.method == "POST":
        return end(request, account, sessions)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    is_own = account == request.user
    title = _("Where you are signed in")
    if not is_own:
        title = _("Where %(name)s is signed in") % {"name": account}
    context = {
        **admin.site.each_context(request),
        "title": title,
        "sessions": sessions,
        "has_others": any(not each.is_here for each in sessions),
        "is_own": is_own,
        "others": OTHERS,
    }
    return TemplateResponse(request, "admin/sessions.html", context)


def end(request, account, sessions):
    asked = request.POST.get("end", "")
    ended = [
        each.session_key for each in sessions if not each.is_here and asked in {each.name, OTHERS}
    ]
    Session.objects.filter(session_key__in=ended).delete()
    if ended and account != request.user:
        # Django's log translates it where it is shown.
        message = [{"deleted": {"name": "sessions", "object": str(account)}}]
        LogEntry.objects.log_actions(request.user.pk, [account], CHANGE, message)
    words = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", len(ended))
    messages.success(request, words % {"count": len(ended)})
    return HttpResponseRedirect(request.get_full_path())


def password_link_view(request, key):
    """Make a link by which somebody else sets a password, and show it once."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    account = another_account(request, key)
    if account == request.user:
        # At a desk that was left open it would save the question for the old one.
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Link to set a password"),
        "subtitle": str(account),
        "account": account,
        "account_kind": capfirst(account._meta.verbose_name_plural),
    }
    if request.method == "POST":
        context["address"] = address_for(account)
        context["until"] = timezone.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        message = [{"added": {"name": LINK, "object": str(account)}}]
        LogEntry.objects.log_actions(request.user.pk, [account], CHANGE, message)
    return TemplateResponse(request, "admin/password_link.html", context)


admin.site.register_page("auth/user/<int:key>/link/", password_link_view, name="password-link")
admin.site.register_page("auth/user/invite/", invite, name="invite")
admin.site.register_page("auth/user/<int:key>/second-factor/", lost_factor, name="lost-factor")
admin.site.register_page("second-factor/", second_factor, name="second-factor")
admin.site.register_page("second-factor/recovery-codes/", recovery_codes, name="recovery-codes")
admin.site.register_answer("second-factor/add/", add_factor, name="add-factor")
# Below the sign-in, where alone the cookie of a known browser is sent.
admin.site.register_answer("login/second-factor/", second_step, name="second-step")
admin.site.register_answer("login/forgotten/", forgotten, name="forgotten")
admin.site.register_answer("password/<uidb64>/<token>/", set_password, name="set-password")
admin.site.register_page("auth/user/<int:key>/erase/", erase_view, name="erase")
admin.site.register_page("personal-data/", personal_data, name="personal-data")
admin.site.register_page("time-zone/", time_zone, name="time-zone")
admin.site.register_page("sessions/", sessions_view, name="sessions")
