"""The step of a sign-in after the password, where an account has a second factor or is to have one.

Before it nobody is signed in: the session says whose password was right here, for ten minutes. Who is signed in
already and may do more since than a password is enough for comes here too, and does nothing else before.
"""

import time

from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login
from django.contrib.auth.views import LoginView
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cstopa.accounts import factors, passkeys
from cstopa.accounts.browsers import BY_BOTH, remember
from cstopa.accounts.forms import SecondFactorForm
from cstopa.accounts.languages import bring_language, language_after

PENDING, PASSED = "second_step", "second_factor"
# Seconds for which a right password waits for it.
OPEN = 600


class SignIn(LoginView):
    """Django's, which goes on to the second step where there is one."""

    def form_valid(self, form):
        account = form.get_user()
        if factors.has_any(account) or factors.are_required_of(account):
            begin(self.request, account, self.get_success_url())
            return HttpResponseRedirect(reverse("admin:second-step"))
        if PENDING in self.request.session:
            # Somebody else had begun here.
            self.request.session.flush()
        response = super().form_valid(form)
        remember(response, account.get_username())
        bring_language(self.request, response, account)
        return response


@never_cache
def sign_in(request, site, extra_context):
    """Answer as Django's admin does; who is signed in and lacks the second factor is led to it."""
    if request.method == "GET" and request.user.is_authenticated and is_lacking(request):
        return to_sign_in(request)
    if request.method == "GET" and site.has_permission(request):
        return HttpResponseRedirect(SignIn(request=request).get_success_url())
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        **extra_context,
    }
    request.current_app = site.name
    view = SignIn.as_view(
        template_name="admin/login.html",
        authentication_form=site.login_form,
        extra_context=context,
    )
    return view(request)


def begin(request, account, address):
    """Keep whose password was right, in a session whose key nobody has known before."""
    request.session.flush()
    request.session[PENDING] = {
        "account": account.pk,
        "password": account.get_session_auth_hash(),
        "at": int(time.time()),
        "address": address,
    }


def is_lacking(request):
    """Return whether somebody is signed in by a password alone who may do more than that is enough for."""
    return not request.session.get(PASSED) and factors.are_required_of(request.user)


def _pending(request):
    said = request.session.get(PENDING)
    if not said or time.time() - said["at"] > OPEN:
        return None
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True)
    account = accounts.filter(pk=said["account"]).first()
    if account and constant_time_compare(said["password"], account.get_session_auth_hash()):
        return account
    return None


def account_at(request):
    """Return who is at the second step, or None."""
    if account := _pending(request):
        return account
    return request.user if request.user.is_authenticated and is_lacking(request) else None


def complete(request, account):
    """Sign an account in, and return the address to which it wanted."""
    said = request.session.pop(PENDING, {})
    asked = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        asked = ""
    was_in = request.user.is_authenticated
    login(request, account)
    if was_in:
        # Django leaves the key of who was signed in already, and it may be known to others.
        request.session.cycle_key()
    request.session[PASSED] = True
    return said.get("address") or asked or reverse("admin:index")


def sent(request):
    """Return the data of a form, which may be empty, or None where none was sent."""
    return request.POST if request.method == "POST" else None


def to_sign_in(request):
    """Lead to the sign-in, or to the step of it at which somebody is, and back to where she was."""
    name = "admin:second-step" if account_at(request) else "admin:login"
    asked = request.GET.get(REDIRECT_FIELD_NAME)
    query = f"?{urlencode({REDIRECT_FIELD_NAME: asked})}" if asked else ""
    return HttpResponseRedirect(reverse(name) + query)


def context_of(request, title, **more):
    """Return what a page of the step shows: nothing of the desk, to which nobody has come yet."""
    is_possible, address = passkeys.place(request)
    context = {**admin.site.each_context(request), "title": title}
    return context | {"can_have_passkeys": is_possible, "place_of_passkeys": address} | more


@sensitive_post_parameters()
@never_cache
def second_step(request):
    """Ask for the second factor of who has given a right password, or lead to where one is added."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    account = account_at(request)
    if "leave" in request.POST:
        request.session.flush()
        account = None
    if account is None:
        return HttpResponseRedirect(reverse("admin:login"))
    if not factors.has_any(account):
        address = reverse("admin:add-factor")
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
    form = SecondFactorForm(request, account, sent(request))
    if form.is_valid():
        response = HttpResponseRedirect(complete(request, account))
        remember(response, account.get_username(), BY_BOTH)
        bring_language(request, response, account)
        if form.codes_left is not None:
            with translation.override(language_after(request, account)):
                words = _("That was a recovery code. Left: %(count)d. Make new ones in time.")
            messages.warning(request, words % {"count": form.codes_left})
        return response
    kinds = {row.type for row in factors.of(account)}
    context = context_of(request, _("Second step"), form=form, account=account)
    context["has_app"] = factors.Type.TOTP in kinds
    context["has_passkey"] = factors.Type.WEBAUTHN in kinds
    if context["has_passkey"] and context["can_have_passkeys"]:
        context["passkey_options"] = passkeys.options_to_show(account)
    return TemplateResponse(request, "admin/second_step.html", context)
