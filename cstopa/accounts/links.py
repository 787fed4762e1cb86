"""Links by which somebody sets a password: who is new, and who has lost it.

The site sends one, or an administrator makes it, at the desk or from the command line, and hands it over. It is
Django's: signed, it ends by itself, with the first password that is set, and with the next sign-in.
"""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cstopa.accounts.browsers import remember


def address_for(account):
    """Return the address at which an account gets a password."""
    number = urlsafe_base64_encode(force_bytes(account.pk))
    where = reverse(
        "admin:set-password", args=[number, default_token_generator.make_token(account)]
    )
    return f"{settings.SITE_URL}{where}"


class SetPassword(PasswordResetConfirmView):
    """The form that such a link opens."""

    success_url = reverse_lazy("admin:login")
    template_name = "admin/set_password.html"
    title = gettext_lazy("Set a password")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.validlink:
            context["title"] = _("Link that leads nowhere any more")
        return context

    def form_valid(self, form):
        response = super().form_valid(form)
        message = [{"changed": {"fields": ["password"]}}]
        LogEntry.objects.log_actions(self.user.pk, [self.user], CHANGE, message)
        # Whoever guesses at this account is no hindrance: it may be why the link was asked for.
        remember(response, self.user.get_username())
        messages.success(self.request, _("The password is set. Sign in with it."))
        return response


@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request, uidb64, token):
    context = admin.site.each_context(request)
    return SetPassword.as_view(extra_context=context)(request, uidb64=uidb64, token=token)
