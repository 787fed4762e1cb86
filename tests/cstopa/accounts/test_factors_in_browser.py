"""Two steps of a sign-in in a browser: an app, recovery codes, a passkey; each page is for everyone."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from tests.conftest import database_url
from tests.cstopa.accounts.codes import code_of
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.accounts.test_in_browser import faults
from tests.server import serving

pytestmark = pytest.mark.django_db(transaction=True)

DESK, STEP = reverse("admin:index"), reverse("admin:second-step")


@pytest.fixture
def site(files, django_db_setup, tmp_path):
    """A site that asks for the second factor, at the name for which browsers make passkeys."""
    environment = {"DATABASE_URL": database_url(), "SECOND_FACTOR": "1"}
    with serving(tmp_path / "log", **environment) as server:
        yield server.url.replace("127.0.0.1", "localhost")


def gives_the_password(page, site):
    page.goto(site + LOGIN)
    page.fill("#id_username", "anna")
    page.fill("#id_password", RIGHT)
    page.click("[type=submit]")


def signs_out(page):
    page.locator("#logout-form button").click()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_from_the_first_sign_in_to_a_passkey(context, site, anna, language):
    anna.groups.add(Group.objects.get(name="Publisher"))
    cookie = {"name": "django_language", "value": language, "url": site}
    context.add_cookies([cookie])
    page, found, mistakes = context.new_page(), [], []
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    has = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**has, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )

    gives_the_password(page, site)
    expect(page.locator(".factors__picture")).to_be_visible()
    found.append(faults(page))
    secret = page.locator(".factors__key").inner_text().replace(" ", "")
    page.locator("#id_code").fill("000000")
    page.locator("#id_code").press("Enter")
    expect(page.locator(".errornote")).to_be_visible()
    found.append(faults(page))
    page.locator("#id_code").fill(code_of(secret))
    page.locator("#id_code").press("Enter")
    expect(page.locator(".factors__codes li")).to_have_count(10)
    found.append(faults(page))
    recovery_code = page.locator(".factors__codes li").first.inner_text()
    with page.expect_download() as saved:
        page.locator("a[href='?file']").click()
    assert recovery_code in saved.value.path().read_text()
    page.locator("#content-main [type=submit]").click()
    page.wait_for_url(site + DESK)

    signs_out(page)
    gives_the_password(page, site)
    expect(page.locator("#id_code")).to_be_visible()
    found.append(faults(page))
    page.locator("#id_code").fill(code_of(secret, 1))
    page.locator("#id_code").press("Enter")
    page.wait_for_url(site + DESK)

    page.goto(site + reverse("admin:add-factor"))
    passkey = page.locator("[data-passkey=create]")
    passkey.locator("[type=password]").fill(RIGHT)
    passkey.locator("#id_name").fill("telephone")
    passkey.locator("[type=submit]").click()
    page.wait_for_url(site + reverse("admin:second-factor"))
    expect(page.locator(".factors__list li").nth(1)).to_contain_text("telephone")
    found.append(faults(page))
    signs_out(page)
    gives_the_password(page, site)
    found.append(faults(page))
    page.locator("[data-passkey=get] [type=submit]").click()
    page.wait_for_url(site + DESK)

    signs_out(page)
    gives_the_password(page, site)
    page.locator("#id_code").fill(recovery_code)
    page.locator("#id_code").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text(re.compile(r"\b9\b"))
    assert found == [[]] * 6
    assert mistakes == []
