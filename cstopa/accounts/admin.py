"""The pages of the desk that say where an account is signed in, and let it have a password."""

import datetime as dt

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cstopa.accounts.attempts import digest
from cstopa.accounts.links import address_for, set_password
from cstopa.accounts.models import Session
from cstopa.admin.hardening import is_key

OTHERS = "others"
# As Django's log keeps it, which translates it where it is shown.
LINK = gettext_noop("link to set a password")


def account_of(request):
    """Return the account that is asked about: one's own, or one that one may change."""
    asked = request.GET.get("account")
    if asked is None or asked == str(request.user.pk):
        return request.user
    return another_account(request, asked)


def another_account(request, asked):
    """Return an account by its key, which somebody may change."""
    User = get_user_model()
    pages = admin.site.get_model_admin(User)
    if not pages.has_change_permission(request):
        raise PermissionDenied
    account = get_object_or_404(User, pk=asked if is_key(User, asked) else None)
    if not pages.has_change_permission(request, account):
        raise PermissionDenied
    return account


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
        "is_nav_sidebar_enabled": False,
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
        "is_nav_sidebar_enabled": False,
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
admin.site.register_answer("password/<uidb64>/<token>/", set_password, name="set-password")
admin.site.register_page("sessions/", sessions_view, name="sessions")
