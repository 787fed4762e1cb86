"""The page of the desk that says where an account is signed in, and ends it there."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.accounts.attempts import digest
from cstopa.accounts.models import Session
from cstopa.admin.hardening import is_key

OTHERS = "others"


def account_of(request):
    """Return the account that is asked about: one's own, or one that one may change."""
    User = get_user_model()
    asked = request.GET.get("account")
    if asked is None or asked == str(request.user.pk):
        return request.user
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


admin.site.register_page("sessions/", sessions_view, name="sessions")
