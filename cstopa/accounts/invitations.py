"""An administrator invites somebody, who sets a password by a link: nobody chooses it for another."""

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.accounts.letters import write
from cstopa.accounts.links import address_for
from cstopa.admin.hardening import SafeModelMultipleChoiceField


class InvitationForm(forms.ModelForm):
    """Whom one invites, and as what. ``groups`` are those that one may give."""

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "groups")
        field_classes = {"groups": SafeModelMultipleChoiceField}
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, groups, data=None):
        super().__init__(data)
        self.fields["groups"].queryset = groups
        self.fields["email"].required = True
        words = _('What each of them may do, <a href="{}">the guide</a> says.')
        self.fields["groups"].help_text = format_html(words, reverse("admin:guide"))

    def clean_username(self):
        username = self.cleaned_data["username"]
        # As Django's own form has it: anna is not Anna.
        if User.objects.filter(username__iexact=username).exists():
            raise self.taken()
        return username

    def taken(self):
        """Return what is said where another account has the name."""
        return self.instance.unique_error_message(User, ["username"])

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Another account has this address."), code="unique")
        return email


@transaction.atomic
def _invite(by, form):
    """Make the account; IntegrityError where another has the name since the form looked."""
    account = form.save(commit=False)
    account.is_staff = True
    account.set_unusable_password()
    account.save()
    form.save_m2m()
    given = [["+", group.name] for group in form.cleaned_data["groups"]]
    message = [{"added": {}}, {"rights": [["+", "staff status"], *given]}]
    LogEntry.objects.log_actions(by.pk, [account], ADDITION, message)
    write(account, "invitation")
    return account


def invite(request):
    """Ask whom to invite; the link goes by e-mail, or is shown once where the site sends none."""
    pages = admin.site.get_model_admin(User)
    if not (pages.has_add_permission(request) and pages.has_change_permission(request)):
        raise PermissionDenied
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form = InvitationForm(
        pages.giveable(request), request.POST if request.method == "POST" else None
    )
    context = {
        **admin.site.each_context(request),
        "title": _("Invite somebody"),
        "opts": User._meta,
        "account_kind": capfirst(User._meta.verbose_name_plural),
        "form": form,
        "sends_email": settings.SENDS_EMAIL,
    }
    account = None
    if form.is_valid():
        try:
            account = _invite(request.user, form)
        except IntegrityError:
            form.add_error("username", form.taken())
    if account:
        if settings.SENDS_EMAIL:
            words = _("An invitation is on its way to %(email)s.") % {"email": account.email}
            messages.success(request, words)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
        context |= {"account": account, "address": address_for(account)}
        context["title"] = _("Link to set a password")
        context["until"] = timezone.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        return TemplateResponse(request, "admin/password_link.html", context)
    return TemplateResponse(request, "admin/invite.html", context)
