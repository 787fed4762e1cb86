"""The secrets of second factors stand in the database encrypted, by keys that are made of ``SECRET_KEY``."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# What begins so is encrypted: no secret of before does.
MARK = "fernet:"
# A part of each key, whatever this module is called.
SALT = "cstopa.accounts.encryption"


def _fernet():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac(SALT, "", key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


def encrypt(text):
    return MARK + _fernet().encrypt(text.encode()).decode()


def decrypt(text):
    """Return what was encrypted, by the key of today or one of before; InvalidToken where by neither.

    What a version of before has kept is not encrypted.
    """
    if not text.startswith(MARK):
        return text
    return _fernet().decrypt(text.removeprefix(MARK)).decode()


def encrypt_anew(rows):
    """Encrypt the secrets of authenticators by the key of today, and return of how many that cannot be."""
    unreadable = 0
    for row in rows.exclude(type="webauthn").select_for_update().order_by("pk"):
        try:
            row.data |= renewed(row.data)
        except InvalidToken:
            unreadable += 1
        else:
            row.save(update_fields=["data"])
    return unreadable


def renewed(data):
    """Return those secrets of an authenticator, by their names, encrypted by the key of today."""
    return {name: encrypt(decrypt(data[name])) for name in ("secret", "seed") if name in data}
