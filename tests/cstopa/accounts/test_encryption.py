"""What stands in the database of second factors is of no use without SECRET_KEY."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cstopa.accounts import factors
from tests.cstopa.accounts.codes import code_of, with_app
from tests.cstopa.accounts.conftest import LOGIN, RIGHT

pytestmark = pytest.mark.django_db

OWN, STEP = reverse("admin:second-factor"), reverse("admin:second-step")
BEFORE = "the one of before, long and secret"


def signs_in(code):
    """Return a browser in which the password and a code were given, or None where the code is not taken."""
    browser = Client()
    browser.post(LOGIN, {"username": "anna", "password": RIGHT})
    return browser if browser.post(STEP, {"code": code}).status_code == 302 else None


def kept():
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def test_neither_the_key_of_an_app_nor_recovery_codes_stand_there(anna):
    secret = with_app(anna)
    codes = factors.new_recovery_codes(anna)
    seed = factors.encryption.decrypt(codes.instance.data["seed"])
    assert secret not in kept()
    assert seed not in kept()
    assert signs_in(code_of(secret))
    assert signs_in(codes.generate_codes()[0])


def test_what_a_version_of_before_has_kept_is_read_and_encrypted_with_its_use(anna):
    secret = with_app(anna)
    row = factors.of(anna).get()
    row.data["secret"] = secret
    row.save()
    assert secret in kept()
    assert signs_in(code_of(secret))
    assert secret not in kept()


def test_another_secret_key_goes_on_beside_the_one_of_before(anna, settings, capsys):
    today, settings.SECRET_KEY = settings.SECRET_KEY, BEFORE
    secret = with_app(anna)
    codes = factors.new_recovery_codes(anna).generate_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = today, [BEFORE]
    assert signs_in(codes[0])
    call_command("encrypt_factors")
    assert capsys.readouterr().out == "Encrypted: 2.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert signs_in(code_of(secret))
    assert signs_in(codes[1])


def test_a_session_of_the_one_of_before_goes_on_also_after_a_public_page(anna, settings):
    today, settings.SECRET_KEY = settings.SECRET_KEY, BEFORE
    browser = Client()
    browser.post(LOGIN, {"username": "anna", "password": RIGHT})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = today, [BEFORE]
    assert browser.get(reverse("home")).status_code == 200
    assert browser.get(reverse("admin:index")).status_code == 200


def test_what_was_encrypted_by_a_key_is_read_wherever_the_code_stands(settings):
    settings.SECRET_KEY = BEFORE
    kept = (
        "fernet:gAAAAABrCV0h7NXu_v9sixkVqa8RWmgoNUuHKhH9NmVMjR2LaziDyxGwBVJWW3U0OjX4GTiVUxkzBN1kWebmktZYH8h5FU_"
        "txw3-o_W0WxTcN9hI225VhrM="
    )
    assert factors.encryption.decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_of_a_lost_secret_key_no_code_is_taken_and_new_ones_can_be_made(anna, settings, caplog):
    today, settings.SECRET_KEY = settings.SECRET_KEY, BEFORE
    secret = with_app(anna)
    codes = factors.new_recovery_codes(anna).generate_codes()
    settings.SECRET_KEY = today
    assert not signs_in(code_of(secret))
    assert not signs_in(codes[0])
    assert "another SECRET_KEY" in caplog.text
    with pytest.raises(CommandError, match="2 are of a SECRET_KEY"):
        call_command("encrypt_factors")
    browser = Client()
    browser.force_login(anna)
    assert "Left: 0" in browser.get(OWN).text
    # New ones take their place.
    assert browser.post(OWN, {"codes": "new", "password": RIGHT}).status_code == 302
    assert "Left: 10" in browser.get(OWN).text
