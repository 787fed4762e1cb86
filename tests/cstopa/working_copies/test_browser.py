"""Words that are written in a real browser: it crashes, loses its connection or its session, and they are there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from cstopa.accounts.models import Session
from cstopa.working_copies.models import WorkingCopy
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import everything, page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]

IN_BROWSER = "Object.keys(localStorage).filter(name => name.startsWith('working'))"
SAVED = re.compile(r"saved \d\d:\d\d:\d\d")


def sign_in(context, base_url, user):
    client = Client()
    client.force_login(user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}]
    )


@pytest.fixture
def article():
    return make.article(headline_en="Ice", status="draft", published_at=None)


@pytest.fixture
def desk(context, base_url, admin_user):
    """A page of the browser, signed in, which leaves a form when it is asked."""
    sign_in(context, base_url, admin_user)
    tab = context.new_page()
    tab.asked = []
    tab.on("dialog", lambda dialog: (tab.asked.append(dialog.type), dialog.accept()))
    return tab


@pytest.fixture
def new(base_url):
    return base_url + page(Article, "add")


def write(tab, words="Ice on the river"):
    tab.fill("#id_headline_en", words)


def until_saved(tab):
    tab.locator(".working-copy__kept", has_text=SAVED).wait_for()


def take_up(tab):
    tab.get_by_role("link", name="Take it up again").click()
    tab.wait_for_url("**working_copy=**")


def headline(tab):
    return tab.input_value("#id_headline_en")


def test_after_a_crash_the_text_is_offered(desk, context, new):
    desk.goto(new)
    write(desk)
    until_saved(desk)
    desk.close()
    tab = context.new_page()
    tab.goto(new)
    assert headline(tab) == ""
    take_up(tab)
    assert headline(tab) == "Ice on the river"
    tab.click("[name=_save]")
    tab.locator(".success").wait_for()
    assert Article.objects.get().headline_en == "Ice on the river"
    assert not WorkingCopy.objects.with_words().exists()
    tab.goto(new)
    tab.wait_for_load_state("networkidle")
    assert tab.locator(".working-copy-offers").count() == 0
    assert tab.evaluate(IN_BROWSER) == []


def test_after_a_crash_at_once_the_last_words_are_offered(desk, context, new):
    desk.goto(new)
    write(desk)
    desk.wait_for_timeout(400)
    # It does not say that it goes.
    desk.context.route("**/working-copy/", lambda route: route.abort())
    desk.close()
    context.unroute("**/working-copy/")
    tab = context.new_page()
    tab.goto(new)
    take_up(tab)
    assert headline(tab) == "Ice on the river"


def test_without_a_connection_it_is_kept_in_the_browser(desk, context, new):
    desk.goto(new)
    context.set_offline(True)
    write(desk)
    desk.get_by_text("kept in this browser").wait_for()
    assert not WorkingCopy.objects.with_words().exists()
    context.set_offline(False)
    until_saved(desk)
    assert "Ice on the river" in WorkingCopy.objects.get().fields
    assert desk.evaluate(IN_BROWSER) == []


def test_who_is_signed_out_in_the_middle_comes_back_to_the_text(desk, new, admin_user):
    desk.goto(new)
    write(desk, "Ice")
    Session.objects.all().delete()
    write(desk, "Ice on the river")
    desk.get_by_text("You are signed out").wait_for()
    desk.click("[name=_save]")
    desk.fill("#id_username", admin_user.username)
    desk.fill("#id_password", "password")
    desk.click("[type=submit]")
    take_up(desk)
    assert headline(desk) == "Ice on the river"
    desk.click("[name=_save]")
    desk.locator(".success").wait_for()
    assert Article.objects.get().headline_en == "Ice on the river"


def test_who_signs_in_anew_beside_it_goes_on(desk, context, base_url, new, admin_user):
    desk.goto(new)
    write(desk, "Ice")
    Session.objects.all().delete()
    # Before it knows, the answer to what it is sending would end the session to come.
    desk.get_by_text("You are signed out").wait_for()
    # Another token as well.
    context.clear_cookies()
    sign_in(context, base_url, admin_user)
    beside = context.new_page()
    beside.goto(base_url + reverse("admin:index"))
    write(desk)
    until_saved(desk)
    desk.click("[name=_save]")
    desk.locator(".success").wait_for()
    assert Article.objects.get().headline_en == "Ice on the river"


def test_another_account_sees_nothing_of_what_the_browser_has(desk, context, base_url, new):
    desk.goto(new)
    context.set_offline(True)
    write(desk, "Secret words")
    desk.get_by_text("kept in this browser").wait_for()
    desk.close()
    context.set_offline(False)
    sign_in(context, base_url, User.objects.create_superuser("other"))
    tab = context.new_page()
    for address in (new, base_url + reverse("admin:unsaved-texts")):
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        assert tab.locator(".working-copy-offers").count() == 0
        assert "Secret words" not in tab.content()
    # What a page sends as it is closed may arrive yet: as its own account's.
    assert not WorkingCopy.objects.with_words().filter(account__username="other").exists()


def test_the_last_letter_before_save_is_saved(desk, new):
    desk.goto(new)
    write(desk, "The ice")
    desk.evaluate("""() => {
        document.querySelector("#id_headline_en").value += "!";
        document.querySelector("[name=_save]").click();
    }""")
    desk.locator(".success").wait_for()
    assert Article.objects.get().headline_en == "The ice!"


def test_a_double_click_and_a_lost_answer_make_one_article(desk, new):
    desk.goto(new)
    write(desk)
    desk.dblclick("[name=_save]")
    desk.locator(".success").wait_for()
    assert Article.objects.count() == 1
    desk.goto(new)
    write(desk, "Another")

    def lose(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.fulfill(status=504, content_type="text/html", body="<title>Too late</title>")
        else:
            route.continue_()

    desk.route(new, lose)
    desk.click("[name=_save]")
    expect(desk).to_have_title("Too late")
    desk.unroute(new)
    desk.go_back()
    write(desk, "Another")
    desk.click("[name=_save]")
    desk.get_by_text("not saved a second time").wait_for()
    assert Article.objects.count() == 2


def test_the_language_changes_and_the_text_stays(desk, base_url, article):
    desk.goto(base_url + page(article, "change"))
    write(desk)
    desk.get_by_role("button", name="Русский").click()
    desk.wait_for_url("**working_copy=**")
    assert desk.locator("html").get_attribute("lang") == "ru"
    assert headline(desk) == "Ice on the river"
    assert desk.asked == []
    article.refresh_from_db()
    assert article.headline_en == "Ice"


def test_leaving_asks_and_only_then(desk, base_url, article):
    desk.goto(base_url + page(article, "change"))
    desk.goto(base_url + page(article, "change"))
    assert desk.asked == []
    write(desk)
    desk.click("#site-name a")
    desk.wait_for_url("**/admin/")
    assert desk.asked == ["beforeunload"]
    desk.goto(base_url + reverse("admin:unsaved-texts"))
    desk.get_by_role("link", name="Read it").click()
    desk.get_by_text("Ice on the river").wait_for()


@pytest.fixture
def editor(context, base_url, article):
    """The page of one who may not publish, with a draft that somebody is about to publish."""
    user = User.objects.create_user("editor", is_staff=True)
    permissions = user.user_permissions.model.objects.filter(content_type__app_label="news")
    user.user_permissions.set(permissions.exclude(codename="publish_article"))
    sign_in(context, base_url, user)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.publish = lambda: Article.objects.update(
        status="published", summary_en="x", body_en="x", published_at="2026-01-01T00:00Z"
    )
    return tab


def test_who_may_not_save_any_more_finds_the_text(editor, base_url, article):
    editor.goto(base_url + page(article, "change"))
    # The site knows of the open form from its first moment.
    editor.wait_for_load_state("networkidle")
    write(editor)
    editor.publish()
    editor.click("[name=_save]")
    editor.get_by_role("link", name="your unsaved texts").click()
    editor.get_by_role("link", name="Read it").click()
    editor.get_by_text("Ice on the river").wait_for()


def test_a_link_that_is_followed_leads_on_when_words_arrive_meanwhile(editor, base_url, article):
    editor.goto(base_url + page(article, "change"))
    editor.wait_for_load_state("networkidle")
    write(editor)
    editor.publish()
    sent, followed = [], []
    editor.route("**/working-copy/", lambda route: sent.append(route))
    editor.click("[name=_save]")
    editor.get_by_role("link", name="your unsaved texts").click()
    editor.wait_for_load_state("load")
    editor.route("**/unsaved-texts/?working_copy=*", lambda route: followed.append(route))
    editor.get_by_role("link", name="Read it").click(no_wait_after=True)
    editor.wait_for_timeout(200)
    with editor.expect_response("**/working-copy/"):
        sent.pop().continue_()
    editor.wait_for_timeout(200)
    followed.pop().continue_()
    editor.get_by_text("Ice on the river").wait_for()


def test_what_the_site_does_not_take_is_shown_where_it_is(editor, base_url, article):
    editor.route("**/working-copy/", lambda route: route.abort())
    editor.goto(base_url + page(article, "change"))
    write(editor)
    editor.get_by_text("kept in this browser").wait_for()
    editor.publish()
    editor.unroute("**/working-copy/")
    editor.goto(base_url + reverse("admin:unsaved-texts"))
    editor.get_by_role("heading", name="In this browser alone").wait_for()
    assert editor.get_by_text("Ice on the river").is_visible()
    assert Axe().run(editor).response["violations"] == []
    editor.get_by_role("button", name="Throw these away").click()
    assert editor.evaluate(IN_BROWSER) == []
    assert not WorkingCopy.objects.with_words().exists()


def test_who_signs_out_leaves_the_text_on_the_site_alone(desk, new, admin_user):
    desk.goto(new)
    write(desk)
    desk.get_by_role("button", name="Log out").click()
    desk.get_by_text("Log in again").click()
    assert desk.evaluate(IN_BROWSER) == []
    desk.fill("#id_username", admin_user.username)
    desk.fill("#id_password", "password")
    desk.click("[type=submit]")
    desk.goto(new)
    take_up(desk)
    assert headline(desk) == "Ice on the river"


def test_where_the_site_cannot_answer_the_text_is_there(desk, context, new):
    desk.goto(new)
    write(desk)
    context.route("**/news/article/**", lambda route: route.fulfill(status=503, body="Later."))
    desk.click("[name=_save]")
    desk.get_by_text("Later.").wait_for()
    desk.close()
    context.unroute("**/news/article/**")
    tab = context.new_page()
    tab.goto(new)
    take_up(tab)
    assert headline(tab) == "Ice on the river"


def test_two_see_one_another(desk, browser, base_url, article):
    anna = User.objects.create_superuser("anna", first_name="Anna", last_name="Orlova")
    address = base_url + page(article, "change")
    desk.goto(address)
    beside = browser.new_context()
    sign_in(beside, base_url, anna)
    hers = beside.new_page()
    hers.goto(address)
    desk.get_by_text("Anna Orlova has this open since").wait_for(timeout=15_000)
    assert hers.get_by_text("admin has this open since").is_visible()
    hers.goto(base_url + reverse("admin:index"))
    desk.get_by_text("Anna Orlova has this open since").wait_for(state="detached", timeout=15_000)
    beside.close()


def test_a_form_that_is_opened_alone_has_nothing_unsaved(desk, base_url):
    for row in everything().values():
        desk.goto(base_url + page(row, "change"))
        desk.wait_for_load_state("networkidle")
    desk.goto(base_url + reverse("admin:index"))
    assert desk.asked == []
    assert not WorkingCopy.objects.with_words().exists()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_offered_is_for_everybody(desk, context, base_url, article, admin_user, language):
    context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    anna = User.objects.create_superuser("anna")
    WorkingCopy.objects.begin(anna, "a" * 32, Article, str(article.pk))
    WorkingCopy.objects.update(open_until="2199-01-01T00:00Z")
    desk.goto(base_url + page(article, "change"))
    write(desk)
    desk.locator(".working-copy__kept", has_text=re.compile(r"\d\d:\d\d:\d\d")).wait_for()
    desk.goto(base_url + page(article, "change"))
    assert desk.locator(".working-copy-offers").is_visible()
    found = {}
    token = WorkingCopy.objects.with_words().get().token
    texts = base_url + reverse("admin:unsaved-texts")
    for address in (desk.url, texts, f"{texts}?working_copy={token}"):
        desk.goto(address)
        for width in (360, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            faults = Axe().run(desk).response["violations"]
            wide = desk.evaluate("document.documentElement.scrollWidth")
            if faults or wide > width:
                found[address, width] = [
                    wide,
                    *((rule["id"], rule["nodes"][0]["html"]) for rule in faults),
                ]
    assert found == {}
