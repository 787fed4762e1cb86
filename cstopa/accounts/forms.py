from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts import factors, passkeys
from cstopa.accounts.addresses import address_of, network_of
from cstopa.accounts.attempts import STRICT, attempt, digest, limits_of, limits_of_factor
from cstopa.accounts.browsers import BY_BOTH, browser_of, folded
from cstopa.accounts.models import SignIn
from cstopa.accounts.signing_in import refused


class SignInForm(AdminAuthenticationForm):
    """Django's, with attempts that are counted before a password is hashed."""

    def clean(self):
        name, password = (self.cleaned_data.get(each) for each in ("username", "password"))
        if not (name and password):
            return super().clean()
        address, browser = address_of(self.request), browser_of(self.request, name)
        limits = limits_of(folded(name), network_of(address), browser)
        # No name: who errs may have typed the password in its place.
        with attempt(limits, f"sign-in from {address or 'an address that is not known'}"):
            try:
                return super().clean()
            except ValidationError:
                refused(self.request, name)
                raise


class CodeInput(forms.TextInput):
    """Django's, which a telephone fills in."""

    def __init__(self):
        super().__init__({"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12})


def wrong_code():
    words = _("This code is not right, or was used before. Take the next one.")
    return ValidationError(words, code="wrong")


class SecondFactorForm(forms.Form):
    """A code, or what a passkey answers; attempts are counted as those at a password.

    ``codes_left`` is how many recovery codes are left where one was used, else None.
    """

    code = forms.CharField(
        label=gettext_lazy("Code"), required=False, max_length=40, widget=CodeInput
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)
    codes_left = None

    def __init__(self, request, account, data=None):
        super().__init__(data)
        self.request, self.account = request, account

    def clean(self):
        code, credential = (self.cleaned_data.get(each, "") for each in ("code", "credential"))
        if self.errors or not (code or credential):
            if not self.errors:
                self.add_error("code", _("Type the code."))
            return self.cleaned_data
        name, address = self.account.get_username(), address_of(self.request)
        browser = browser_of(self.request, name, [BY_BOTH])
        limits = limits_of_factor(self.account, network_of(address), browser)
        who = f"sign-in of {name} from {address or 'an address that is not known'}"
        with attempt(limits, who, "second factor"):
            try:
                self._take(code, credential)
            except ValidationError:
                refused(self.request, name, SignIn.Outcome.SECOND_REFUSED)
                raise
        return self.cleaned_data

    def _take(self, code, credential):
        if credential:
            passkeys.take(self.account, credential)
            return
        row = factors.take_code(self.account, code)
        if row is None:
            raise wrong_code()
        if row.type == factors.Type.RECOVERY_CODES:
            self.codes_left = len(row.wrap().get_unused_codes())


class PasswordForm(forms.Form):
    """What is asked of who is signed in before a factor comes or goes: a desk may have been left open."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, account, data=None):
        super().__init__(data)
        self.account = account

    def clean_password(self):
        password = self.cleaned_data["password"]
        # Of the same count as a change of the password.
        with attempt({digest("change", str(self.account.pk)): STRICT}, f"change by {self.account}"):
            if not self.account.check_password(password):
                raise ValidationError(_("This is not your password."), code="wrong")
        return password


class AddFactorForm(PasswordForm):
    """A code of a new authenticator, whose ``secret`` was shown, or what a new passkey answers.

    Who has given the password a moment ago (``is_signing_in``) is not asked again.
    """

    code = forms.CharField(
        label=gettext_lazy("Code of the app"), required=False, max_length=40, widget=CodeInput
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("By which you know it again, such as “telephone”."),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, account, secret, is_signing_in, data=None):
        super().__init__(account, data)
        self.secret = secret
        if is_signing_in:
            del self.fields["password"]

    def clean(self):
        code, credential = (self.cleaned_data.get(each, "") for each in ("code", "credential"))
        if self.errors:
            return self.cleaned_data
        if credential:
            passkeys.add(self.account, credential, self.cleaned_data["name"] or _("Passkey"))
        elif not code:
            self.add_error("code", _("Type the code that the app shows."))
        elif not factors.add_app(self.account, self.secret, code):
            self.add_error("code", _("This is not the code that the app shows now."))
        return self.cleaned_data


class PasswordChangeForm(AdminPasswordChangeForm):
    """Django's; who finds a desk that was left open guesses no more than who signs in."""

    def clean_old_password(self):
        with attempt({digest("change", str(self.user.pk)): STRICT}, f"change by {self.user}"):
            return super().clean_old_password()
