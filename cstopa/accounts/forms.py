from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.core.exceptions import ValidationError

from cstopa.accounts.addresses import address_of, network_of
from cstopa.accounts.attempts import STRICT, attempt, digest, limits_of
from cstopa.accounts.browsers import browser_of, folded
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


class PasswordChangeForm(AdminPasswordChangeForm):
    """Django's; who finds a desk that was left open guesses no more than who signs in."""

    def clean_old_password(self):
        with attempt({digest("change", str(self.user.pk)): STRICT}, f"change by {self.user}"):
            return super().clean_old_password()
