"""What each answer tells a browser: pages, feeds, data, errors and static files alike."""

import pytest
from django.conf import settings as known
from django.templatetags.static import static
from django.test import Client, override_settings

from cstopa.http import LARGEST_OF_ANYBODY
from cstopa.middleware import bodies
from tests import make, site
from tests.public import addresses

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


# What a public site says to browsers for a year; these tests alone are of one.
HTTPS = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    site.fill()
    make.article("gone").delete()


@pytest.fixture(scope="module")
def answers(rows):
    """Every kind of answer, by its address."""
    with override_settings(**HTTPS):
        return ask(Client())


def public():
    return {*(address for some in addresses().values() for address in some), *site.pages()}


def ask(client):
    found = {
        *public(),
        *("/atlantis/", "/news/gone/", "/delegations/belarus", "/api/atlantis/", "/api/?x=1"),
        *("/admin/login/", "/admin/", "/static/atlantis.css"),
        *(static(name) for name in ("css/site.css", "images/icon.svg", "images/sharing.png")),
    }
    answers = {address: client.get(address, secure=True) for address in found}
    # A static file is open until it is read.
    assert all(response.getvalue() for response in answers.values() if response.streaming)
    statuses = {200, 301, 302, 400, 404, 405, 410}
    assert {response.status_code for response in answers.values()} <= statuses
    answers["a host that is not ours"] = client.get("/", secure=True, headers={"host": "evil.test"})
    assert answers["a host that is not ours"].status_code == 400
    return answers


def test_every_answer_has_every_policy(answers):
    for address, response in answers.items():
        # Of what pages of others may frame, see tests/delegations/test_views/test_embedding.py.
        is_framed = address.endswith("/seats.svg")
        framing = "*" if is_framed else "'none'"
        headers = response.headers
        expected = EXPECTED | ({"X-Frame-Options": None} if is_framed else {})
        assert {name: headers.get(name) for name in EXPECTED} == expected, address
        assert "camera=()" in headers["Permissions-Policy"], address
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert f"frame-ancestors {framing}" in policy, address


def test_a_browser_asks_again_where_a_page_has_moved_or_gone(answers):
    asked = {
        address: response.headers.get("Cache-Control")
        for address, response in answers.items()
        if response.status_code in {301, 410}
    }
    assert len(asked) > 1
    assert set(asked.values()) == {"no-cache"}


def test_an_address_too_long_to_be_led_to_https_has_every_policy(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(f"/ru/news/?q={'x' * 20_000}")
    assert response.status_code == 400
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "Permissions-Policy" in response.headers


def test_no_policy_lets_in_a_foreign_host_or_code_in_the_page(answers):
    for address, response in answers.items():
        sources = {
            source
            for directive in response.headers["Content-Security-Policy"].split(";")
            for source in directive.split()[1:]
        }
        expected = {"'none'", "*"} if address.endswith("/seats.svg") else {"'self'", "'none'"}
        assert sources == expected, address


def test_what_may_be_read_anywhere_may_be_embedded_anywhere(answers):
    for address, response in answers.items():
        is_open = address.startswith(("/api/", "/static/css", "/static/images"))
        is_open = is_open or address.endswith((".json", ".csv", "/seats.svg"))
        expected = "cross-origin" if is_open else "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == expected, address
        assert (response.headers.get("Access-Control-Allow-Origin") == "*") is is_open, address


def test_public_pages_are_the_same_for_everybody(answers):
    for address in site.pages():
        response = answers[address]
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert "nonce" not in response.text + response.headers["Content-Security-Policy"], address


def test_public_addresses_set_no_cookie_as_the_text_on_privacy_says(answers):
    assert [address for address in public() if answers[address].cookies] == []
    # The test would see one: the desk has them.
    assert known.CSRF_COOKIE_NAME in answers["/admin/login/"].cookies


@pytest.mark.parametrize("value", ["x", "", '"', "a" * 4000])
def test_a_broken_cookie_changes_no_public_page(client, value):
    for name in (known.CSRF_COOKIE_NAME, known.SESSION_COOKIE_NAME, known.LANGUAGE_COOKIE_NAME):
        client.cookies[name] = value
    for address in ("/", "/ru/news/", "/search/?q=a", "/nowhere/", "/news/gone/", "/api/", "/news"):
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
    assert client.post("/ru/news/", {"q": "a"}).cookies == {}
    assert known.CSRF_COOKIE_NAME in client.get("/admin/login/").cookies


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_page_that_is_the_same_is_not_sent_again(client, encoding):
    for address in ("/", "/ru/delegations/belarus/", "/news/", "/people/"):
        first = client.get(address, headers={"accept-encoding": encoding})
        asked = {"accept-encoding": encoding, "if-none-match": first.headers["ETag"]}
        again = client.get(address, headers=asked)
        assert (again.status_code, again.content) == (304, b""), address
    make.article("newest")
    assert client.get("/news/", headers=asked).status_code == 200


def test_the_desk_is_not_kept(admin_client):
    for address in ("/admin/", "/admin/news/article/"):
        response = admin_client.get(address)
        assert "no-store" in response.headers["Cache-Control"], address
        assert "ETag" not in response.headers, address


FORM = "application/x-www-form-urlencoded"


def send(client, address, size, **kwargs):
    """Say that ``size`` bytes follow; the site is not to read them where they are too many."""
    return client.generic("POST", address, b"a=b", FORM, CONTENT_LENGTH=str(size), **kwargs)


@pytest.mark.parametrize("address", ["/admin/login/", "/language/setlang/", "/ru/news/", "/api/"])
def test_nobody_sends_more_than_a_form(client, address):
    response = send(client, address, LARGEST_OF_ANYBODY + 1)
    assert response.status_code == 413
    assert "Permissions-Policy" in response.headers
    if address == "/admin/login/":
        assert "64.0\xa0KB" in response.text
    assert send(client, address, 3).status_code != 413


def test_who_has_signed_in_sends_more_to_the_desk_alone(admin_client):
    largest = known.DATA_UPLOAD_MAX_MEMORY_SIZE
    body = b"a=" + b"b" * LARGEST_OF_ANYBODY
    assert admin_client.generic("POST", "/admin/login/", body, FORM).status_code != 413
    response = send(admin_client, "/admin/news/article/add/", largest + 1)
    assert response.status_code == 413
    assert "21.0\xa0MB" in response.text
    assert send(admin_client, "/ru/news/", LARGEST_OF_ANYBODY + 1).status_code == 413


def test_what_has_no_stated_length_is_refused(client):
    response = client.post(
        "/admin/login/", {"username": "a"}, headers={"transfer-encoding": "chunked"}
    )
    assert response.status_code == 400
    assert "base.html" in [template.name for template in response.templates]


def test_who_sends_much_waits_for_no_thread_that_others_need(admin_client, client):
    address, much = "/admin/login/", {"username": "a" * LARGEST_OF_ANYBODY}
    with bodies, bodies:
        response = admin_client.post(address, much)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert client.get("/").status_code == 200
        assert client.post(address, {"username": "a"}).status_code == 200
    assert admin_client.post(address, much).status_code == 200
