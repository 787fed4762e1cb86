"""The pages on which somebody adds and removes a second factor of her own."""

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cstopa.accounts import factors, passkeys
from cstopa.accounts.browsers import BY_BOTH, remember
from cstopa.accounts.forms import AddFactorForm, PasswordForm
from cstopa.accounts.languages import bring_language, language_after
from cstopa.accounts.models import Session
from cstopa.accounts.second_step import PASSED, account_at, complete, context_of, sent, to_sign_in

METHODS = ["GET", "HEAD", "POST"]
# Where somebody goes on who has seen her recovery codes.
AFTER_CODES = "after_recovery_codes"


def drawn(text):
    """Return ``(width, path)``: the dark squares of a QR code, as SVG draws them."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    squares = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return len(rows), "".join(squares)


@sensitive_post_parameters()
@never_cache
def add_factor(request):
    """Add an authenticator app or a passkey, at the desk or before one comes to it."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    account = account_at(request)
    is_signing_in = account is not None
    if not is_signing_in:
        if not admin.site.has_permission(request):
            return to_sign_in(request)
        account = request.user
    with factors.changing(account):
        return _add_factor(request, account, is_signing_in)


def _add_factor(request, account, is_signing_in):
    is_first = not factors.has_any(account)
    if is_signing_in and not is_first:
        # A password alone gives nobody another second factor.
        return to_sign_in(request)
    secret = get_totp_secret()
    knows_password = is_signing_in and not request.user.is_authenticated
    form = AddFactorForm(account, secret, knows_password, sent(request))
    if form.is_valid():
        return _added(request, account, is_signing_in, is_first)
    title = _("Second factor")
    context = context_of(request, title, form=form, account=account, is_signing_in=is_signing_in)
    context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context["app_address"] = get_adapter().build_totp_url(account, secret)
    context["size"], context["path"] = drawn(context["app_address"])
    context["replaces"] = factors.of(account).filter(type=factors.Type.TOTP).exists()
    if context["can_have_passkeys"]:
        context["passkey_options"] = passkeys.options_to_add(account)
    return TemplateResponse(request, "admin/add_factor.html", context)


def _added(request, account, is_signing_in, is_first):
    clear_totp_secret(request)
    needs_codes = factors.recovery_codes_of(account) is None
    if needs_codes:
        factors.new_recovery_codes(account)
    address = complete(request, account) if is_signing_in else reverse("admin:second-factor")
    if is_first:
        # They were begun by a password alone, by whoever has it.
        here = request.session.session_key
        Session.objects.filter(account=account).exclude(session_key=here).delete()
    if needs_codes:
        request.session[AFTER_CODES] = address
        address = reverse("admin:recovery-codes")
    else:
        language = language_after(request, account) if is_signing_in else translation.get_language()
        with translation.override(language):
            messages.success(request, _("It was added."))
    response = HttpResponseRedirect(address)
    remember(response, account.get_username(), BY_BOTH)
    if is_signing_in:
        bring_language(request, response, account)
    return response


def second_factor(request):
    """List one's own second factors, remove one, and make new recovery codes, by the password."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    with factors.changing(request.user):
        return _second_factor(request, request.user)


def _second_factor(request, account):
    rows = list(factors.of(account).exclude(type=factors.Type.RECOVERY_CODES))
    form = PasswordForm(account, sent(request))
    if form.is_valid():
        if response := _changed(request, account, rows):
            return response
        form.add_error(None, _("There is nothing to remove, or it is the last, and you need one."))
    codes = factors.recovery_codes_of(account)
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "form": form,
        "factors": rows,
        "is_required": factors.are_required_of(account),
        "codes_left": codes and len(codes.get_unused_codes()),
        "are_unseen": codes and not codes.did_view,
    }
    return TemplateResponse(request, "admin/second_factor.html", context)


def _changed(request, account, rows):
    """Do what was asked, and return where it leads, or None where it cannot be done."""
    if "codes" in request.POST and rows:
        factors.new_recovery_codes(account)
        return HttpResponseRedirect(reverse("admin:recovery-codes"))
    asked = [row for row in rows if str(row.pk) == request.POST.get("remove")]
    is_last = len(rows) == len(asked)
    if not asked or (is_last and factors.are_required_of(account)):
        return None
    factors.remove(account, asked, account)
    if is_last:
        # By what is gone nobody is in any more, whatever she may do later.
        request.session.pop(PASSED, None)
        here = request.session.session_key
        Session.objects.filter(account=account).exclude(session_key=here).delete()
    messages.success(request, _("It was removed."))
    return HttpResponseRedirect(request.path)


def recovery_codes(request):
    """Show recovery codes, as a page or a file, until somebody says that she has them."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    codes = factors.recovery_codes_of(request.user)
    if codes is None or codes.did_view:
        return HttpResponseRedirect(reverse("admin:second-factor"))
    if request.method == "POST":
        factors.see_recovery_codes(request.user)
        messages.success(request, _("You have your recovery codes: they are not shown again."))
        address = request.session.pop(AFTER_CODES, reverse("admin:second-factor"))
        return HttpResponseRedirect(address)
    shown = [f"{code[:4]} {code[4:]}" for code in codes.get_unused_codes()]
    if "file" in request.GET:
        name = f"{request.user.get_username()}, {request.get_host()}"
        response = HttpResponse("\n".join([name, *shown, ""]), content_type="text/plain")
        response.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
        return response
    context = {
        **admin.site.each_context(request),
        "title": _("Recovery codes"),
        "codes": shown,
    }
    return TemplateResponse(request, "admin/recovery_codes.html", context)
