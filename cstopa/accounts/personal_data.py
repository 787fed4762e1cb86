"""What the site has of somebody who works at the desk: as a file, and taken out of it."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cstopa.accounts import erasing, factors
from cstopa.accounts.models import Session
from cstopa.accounts.whose import account_of, another_account
from cstopa.models.history import Version
from cstopa.publishing.models import Answer, PreviewLink, Review

ACCOUNT = (
    *("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser"),
    *("date_joined", "last_login"),
)
# As Django's log keeps it, which translates it where it is shown.
FILE = gettext_noop("file of personal data")


def data_of(account):
    """Return all that the site has of an account, as JSON takes it."""
    chosen = getattr(account, "preferences", None)
    drafts = account.working_copies.exclude(fields="").order_by("kept_at")
    versions = [model for model in apps.get_models() if issubclass(model, Version)]
    return {
        "account": {
            **{name: getattr(account, name) for name in ACCOUNT},
            "groups": [group.name for group in account.groups.order_by("name")],
            "permissions": sorted(account.get_user_permissions()),
        },
        "time_zone": chosen.zone if chosen else "",
        "language": chosen.language if chosen else "",
        "second_factors": list(factors.of(account).values("type", "created_at", "last_used_at")),
        "sessions": list(
            Session.objects.of(account).values("signed_in_at", "active_at", "address", "browser")
        ),
        "sign_ins": list(
            account.sign_ins.order_by("at").values("at", "outcome", "address", "browser")
        ),
        "unsaved_texts": [
            {"kind": copy.model, "row": copy.key, "at": copy.kept_at, "fields": copy.fields}
            for copy in drafts
        ],
        "versions": {
            model.instance_type._meta.label_lower: rows
            for model in versions
            if (rows := _versions(model, account))
        },
        "reviews": list(
            # What was answered by a link somebody else has written.
            Review.objects.filter(by=account, outsider="")
            .order_by("at")
            .values("at", "model", "key", "version", "state", "comment")
        ),
        "answers": list(Answer.objects.filter(by=account).values("model", "key", "question")),
        "links_for_approval": list(
            PreviewLink.objects.filter(by=account)
            .order_by("made_at")
            .values("model", "key", "version", "made_at", "expires_at", "revoked_at")
        ),
        "uploads": [
            *account.uploads.values("name", "uploaded_at", "alternative_en", "alternative_ru"),
            *account.uploaded_documents.values("name", "uploaded_at"),
        ],
        "log": [
            {
                "at": each.action_time,
                "row": str(each.object_repr),
                "done": each.get_change_message(),
            }
            for each in factors.done_by(account, LogEntry.objects).order_by("action_time")
        ],
    }


def _versions(model, account):
    rows = model.objects.filter(history_user=account).order_by("history_id")
    return list(rows.values("id", "history_id", "history_date", "history_type"))


def personal_data(request):
    """Show what there is of an account, or give it as a file."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    account = account_of(request)
    is_own = account == request.user
    if "file" in request.GET:
        if not is_own:
            message = [{"added": {"name": FILE, "object": str(account)}}]
            LogEntry.objects.log_actions(request.user.pk, [account], CHANGE, message)
        response = JsonResponse(data_of(account), json_dumps_params={"indent": 2})
        name = f"account-{account.pk}.json"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    context = {
        **admin.site.each_context(request),
        "title": _("Personal data"),
        "subtitle": str(account),
        "account": account,
        "is_own": is_own,
        "can_be_erased": _pages().has_erase_permission(request, account),
    }
    return TemplateResponse(request, "admin/personal_data.html", context)


def _pages():
    return admin.site.get_model_admin(get_user_model())


def erase_view(request, key):
    """Ask whether an account is to be nobody's, and erase it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    account = another_account(request, key)
    if not _pages().has_erase_permission(request, account):
        raise PermissionDenied
    form = reverse("admin:auth_user_change", args=[account.pk])
    if request.method == "POST":
        try:
            erasing.erase(account, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("What there was of this account was erased."))
        return HttpResponseRedirect(form)
    context = {
        **admin.site.each_context(request),
        "title": _("Erase this account for good"),
        "subtitle": str(account),
        "account": account,
        "account_kind": capfirst(account._meta.verbose_name_plural),
    }
    return TemplateResponse(request, "admin/erase.html", context)
