"""An authenticator app, as a test has it: it shows the code of the moment."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from cstopa.accounts import factors
from tests.reading import parsed


def code_of(secret, later=0):
    """Return the code of an app, now or some codes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def with_app(account, later=-1):
    """Let an account have an app, and return its secret; its code of now is still unused."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert factors.add_app(account, secret, code_of(secret, later))
    return secret


def secret_in(response):
    """Return the secret that a page shows."""
    (key,) = parsed(response).findall(".//code[@class='factors__key']")
    return key.text.replace(" ", "")
