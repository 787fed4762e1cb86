"""Who has forgotten a password asks for a link by e-mail, or, where the site sends none, an administrator.

The answer is the same whether there is such an account or not, and comes before anybody looks.
"""

import logging
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connections
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cstopa.accounts.addresses import address_of, network_of
from cstopa.accounts.attempts import Limit, count, digest
from cstopa.accounts.letters import write

log = logging.getLogger(__name__)
# However many ask, no more of them have a connection to the database.
beside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="forgotten")

OF_ACCOUNT = Limit(free=3, first=60, longest=3600)
OF_ADDRESS = Limit(free=10, first=60, longest=3600)


def folded(address):
    return unicodedata.normalize("NFKC", address).casefold()


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of your account"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request

    def clean(self):
        if email := self.cleaned_data.get("email"):
            limits = {digest("forgotten", folded(email)): OF_ACCOUNT}
            if network := network_of(address_of(self.request)):
                limits[digest("forgotten at", network)] = OF_ADDRESS
            count(limits)
        return self.cleaned_data


def tell(email):
    """Send a link to each account of the desk that has an address."""
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True, email__iexact=email)
    for account in accounts:
        # A database may take other letters for the same; the link goes to the account's own.
        if folded(account.email) == folded(email):
            write(account, "forgotten")


def apart(call):
    """Do something beside the requests of this process; what fails is logged. Return the future of it."""

    def run():
        try:
            call()
        except Exception:
            log.exception("A letter of a forgotten password was not sent.")
        finally:
            connections.close_all()

    return beside.submit(run)


class AnsweredFirst(TemplateResponse):
    """An answer after which something is done: how long that takes says whether there is an account.

    The next request of the same connection does not wait for it either.
    """

    afterwards = None

    def close(self):
        super().close()
        if self.afterwards:
            apart(self.afterwards)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request):
    context = {
        **admin.site.each_context(request),
        "title": _("Forgotten password"),
        "sends_email": settings.SENDS_EMAIL,
    }
    is_sent = request.method == "POST" and settings.SENDS_EMAIL
    form = ForgottenForm(request, request.POST if is_sent else None)
    context["form"] = form
    response = AnsweredFirst(request, "admin/forgotten.html", context)
    if form.is_valid():
        context["is_done"] = True
        response.afterwards = partial(tell, form.cleaned_data["email"])
    return response
