"""What each answer tells a browser: pages, feeds, data, errors and static files alike."""

import pytest
from django.conf import settings as known
from django.templatetags.static import static
from django.test import Client, override_settings

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
        headers = response.headers
        assert {name: headers.get(name) for name in EXPECTED} == EXPECTED, address
        assert "camera=()" in headers["Permissions-Policy"], address
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy, address


def test_no_policy_lets_in_a_foreign_host_or_code_in_the_page(answers):
    for address, response in answers.items():
        sources = {
            source
            for directive in response.headers["Content-Security-Policy"].split(";")
            for source in directive.split()[1:]
        }
        assert sources == {"'self'", "'none'"}, address


def test_what_may_be_read_anywhere_may_be_embedded_anywhere(answers):
    for address, response in answers.items():
        is_open = address.startswith(("/api/", "/static/css", "/static/images"))
        is_open = is_open or address.endswith((".json", ".csv"))
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
