"""What is sent for a passkey is refused with a sentence, whatever it is."""

import json
import os

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from cstopa.accounts import factors
from tests.cstopa.accounts.codes import with_app
from tests.cstopa.accounts.test_second_step import ADD, CODES, STEP, at_step, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def publisher(anna):
    anna.groups.add(Group.objects.get(name="Publisher"))
    return anna


def made(options, host="testserver", **more):
    """Return what a browser answers to the options to add a passkey, as a dictionary."""
    number = os.urandom(16)
    key = ES256.from_ctap1(b"\x04" + bytes(64))
    data = AuthenticatorData.create(
        sha256(host.encode()),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), number, key),
    )
    said = {"type": "webauthn.create", "challenge": options["challenge"]}
    said |= {"origin": f"https://{host}", "crossOrigin": False}
    return {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(said).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {},
        **more,
    }


def registration(**response):
    """Return the answer of a browser whose parts are odd."""
    answer = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}}
    said = {"type": "webauthn.create", "challenge": "YQ", "origin": "https://testserver"}
    known = {"clientDataJSON": websafe_encode(json.dumps(said).encode())}
    return json.dumps(answer | {"response": known | response})


ODD = [
    "x",
    "[]",
    "{}",
    "[" * 60_000,
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    registration(attestationObject=""),
    registration(attestationObject="GQ"),
    registration(attestationObject=websafe_encode(b"\x81" * 5_000)),
    registration(attestationObject=websafe_encode(cbor.encode({"fmt": "none"}))),
    registration(attestationObject=websafe_encode(b"\xff")),
    registration(authenticatorData="", signature="", userHandle=""),
    registration(authenticatorData="GQ", signature="\ud800", userHandle=1),
]


@pytest.mark.parametrize("answer", ODD)
def test_what_is_no_passkey_is_refused_with_a_sentence(publisher, answer):
    for address in (ADD, STEP):
        browser = at_step()
        browser.get(address)
        shown = browser.post(address, {"credential": answer, "name": "key"})
        assert shown.status_code == 200
        assert "This passkey was not accepted" in shown.text
        assert not is_in(browser)
        if address == ADD:
            with_app(publisher)


@pytest.mark.parametrize("more", [{}, {"odd": "\0"}, {"odd": "\ud800"}])
def test_a_passkey_is_added_or_refused_as_the_database_takes_it(publisher, more):
    browser = at_step()
    options = json.loads(browser.get(ADD).context["passkey_options"])
    answer = browser.post(ADD, {"credential": json.dumps(made(options, **more)), "name": "key"})
    assert answer.status_code in ([302, 200] if more else [302])
    assert factors.has_any(publisher) == (answer.status_code == 302)
    if answer.status_code == 302:
        assert answer.headers["Location"] == CODES
        assert browser.get(reverse("admin:second-factor")).status_code == 200


def test_passkeys_have_a_place(publisher):
    browser = at_step()
    shown = browser.get(ADD, headers={"host": "127.0.0.1:8000"})
    assert 'href="http://localhost:8000/admin/second-factor/add/"' in shown.text
    assert "data-passkey" not in shown.text
    # No port is that high, and no link leads there.
    shown = browser.get(ADD, headers={"host": "127.0.0.1:99999"})
    assert 'href="http://localhost/admin/second-factor/add/"' in shown.text
    shown = browser.get(ADD, headers={"host": "localhost:8000"})
    assert 'data-passkey="create"' in shown.text
    assert "publickey-credentials-get=(self)" in shown.headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in browser.get("/").headers["Permissions-Policy"]
