"""Signing in, and the page of one's sessions, in a browser: axe finds nothing, and nothing overflows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from tests.cstopa.accounts.conftest import LOGIN, RIGHT

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [("light", 360), ("light", 1280), ("dark", 360), ("dark", 1280)]


def faults(page):
    found = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        # Colours of the desk go over into each other.
        page.wait_for_timeout(200)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        rules = Axe().run(page, options={"preload": False}).response["violations"]
        found += [(scheme, width, over)] if over > 0 else []
        found += [(scheme, width, rule["id"], rule["nodes"][0]["html"][:200]) for rule in rules]
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
def test_who_errs_is_told_and_who_signs_in_ends_another_session(
    context, browser, base_url, anna, language
):
    cookie = {"name": "django_language", "value": language, "url": base_url}
    page, elsewhere = context.new_page(), browser.new_context(base_url=base_url).new_page()
    context.add_cookies([cookie])
    mistakes = []
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    page.goto(base_url + LOGIN)
    found = [faults(page)]
    for _each in range(6):
        page.fill("#id_username", "anna")
        page.fill("#id_password", "not the right one")
        page.click("[type=submit]")
    expect(page.locator(".errornote")).to_contain_text(
        {"en": "Try again in", "ru": "Повторите через"}[language]
    )
    found.append(faults(page))
    # Of a machine that was never known the count is that of its address: another name is not waited for.
    anna.username = "anna-2"
    anna.save()
    for tab in (elsewhere, page):
        tab.goto(base_url + LOGIN)
        tab.fill("#id_username", "anna-2")
        tab.fill("#id_password", RIGHT)
        tab.click("[type=submit]")
        tab.wait_for_url(base_url + reverse("admin:index"))
    page.goto(base_url + reverse("admin:sessions"))
    found.append(faults(page))
    page.locator(".sessions__list button").click()
    expect(page.locator(".messagelist")).to_be_visible()
    expect(page.locator(".sessions__list li")).to_have_count(1)
    elsewhere.reload()
    expect(elsewhere.locator("#id_password")).to_be_visible()
    assert found == [[], [], []]
    assert mistakes == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_link_is_made_and_sets_a_password(context, base_url, client, admin_user, anna, language):
    client.force_login(admin_user)
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
    context.add_cookies(
        [{"name": name, "value": value, "url": base_url} for name, value in cookies.items()]
    )
    page, found = context.new_page(), []
    page.goto(base_url + reverse("admin:auth_user_change", args=[anna.pk]))
    page.locator(f"a[href='{reverse('admin:password-link', args=[anna.pk])}']").click()
    found.append(faults(page))
    page.locator("#content-main [type=submit]").click()
    address = page.locator("#password-link").input_value()
    found.append(faults(page))
    page.goto(base_url + address[address.index("/admin/") :])
    found.append(faults(page))
    page.fill("#id_new_password1", "too short")
    page.fill("#id_new_password2", "too short")
    page.locator("#content-main [type=submit], .submit-row [type=submit]").first.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    found.append(faults(page))
    assert found == [[], [], [], []]
