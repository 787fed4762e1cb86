"""Make the pictures of the docs: ``python -m tests.screenshots FOLDER``.

The real server shows a throwaway database: the fixtures, and then the invented assembly for what
the fixtures do not have. It is always the same moment, so that a picture changes with the
site alone.
"""

import datetime
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import django
import time_machine
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS
from tests.server import serving

MOMENT = "2026-11-24T10:00:00+03:00"
WIDE = {"viewport": {"width": 1280, "height": 1000}}
NARROW = {"viewport": {"width": 360, "height": 780}}
DARK = {"color_scheme": "dark"}
# Of the fixtures alone.
PAGES = {
    "home": ("/", WIDE),
    "delegation": ("/delegations/belarus/", WIDE),
    "article": ("/news/union-state-conference-2021/", WIDE),
    "home-narrow": ("/", NARROW | DARK),
    "search-narrow": ("/search/?q=kazakhstan", NARROW | DARK),
}
# Of the invented assembly.
HISTORY = {
    "demo": "/",
    "as-of-a-day": "/delegations/graustark/?date=2017-05-01",
    "timeline": "/delegations/",
    "changes": "/delegations/graustark/changes/",
}
TABLE = """\
given_name_en,family_name_en,role
Aibek,Toktorov,head
Gulnara,Sydykova,deputy_head
Nurlan,Asanov,
Aizada,Bekova,
Bakyt,Osmonov,
Shabdanbek,Alishev,
Talant,Isaev,alternate
"""


def prepare():
    """Fill the database with the fixtures."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "delegations", "news", verbosity=0)


def invent():
    """Put the invented assembly in the place of the fixtures."""
    from tests.demo.rows import fill

    call_command("flush", interactive=False, verbosity=0)
    fill()


def session():
    """Return the key of the session of a signed-in editor."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client.cookies["sessionid"].value


def replace_chambers(page):
    """Bring the desk to the preview of chambers that are replaced."""
    page.goto("/admin/delegations/parliament/")
    page.get_by_role("link", name="Parliament of the Republic of Kazakhstan").click()
    page.get_by_role("link", name="Replace chambers").click()
    page.get_by_role("textbox", name="Last day in force").fill("2026-06-30")
    page.get_by_label("One chamber").check()
    page.get_by_role("textbox", name="First day of the new ones").fill("2026-09-01")
    page.get_by_label("New name of the parliament (in English)").fill(
        "Kurultai of the Republic of Kazakhstan"
    )
    page.get_by_label("Title of a new source (in English)").fill("Invented decision")
    page.get_by_role("button", name="Preview").click()


def new_composition(page):
    """Bring the desk to the preview of a new composition."""
    page.goto("/admin/delegations/delegation/")
    page.get_by_role("link", name="Supreme Council of the Kyrgyz Republic").click()
    page.get_by_role("link", name="New composition").click()
    page.get_by_role("textbox", name="First day of the new composition").fill("2026-03-02")
    page.locator("#id_file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    page.get_by_label("This table is the complete roster").check()
    page.get_by_label("Title of a new source (in English)").fill("Invented decision")
    page.get_by_role("button", name="Preview").click()


def write_news():
    """Fill the desk with what a press secretary has under way."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from cstopa.publishing.models import Review
    from tests import make

    now = timezone.now()
    words = {
        "headline_en": "Observers of the Assembly arrive in Bishkek",
        "headline_ru": "Наблюдатели Ассамблеи прибыли в Бишкек",
        "summary_en": "They will follow the early voting and the day of the election.",
        "summary_ru": "Они будут следить за досрочным голосованием и днём выборов.",
        "body_en": "<p>The mission has <strong>eleven</strong> members from four delegations.</p>"
        "<h2>What they look at</h2><ul><li>how polling stations are fitted out</li>"
        "<li>how votes are counted</li></ul>",
        "body_ru": "<p>В миссии <strong>одиннадцать</strong> человек из четырёх делегаций.</p>"
        "<h2>На что они смотрят</h2><ul><li>как оборудованы участки</li>"
        "<li>как считают голоса</li></ul>",
    }
    topic = make.topic("observers", name_en="Observing elections", name_ru="Наблюдение за выборами")
    first = make.article("observers", status="draft", published_at=None, topics=[topic], **words)
    first.summary_en = "They will follow the early voting, and then the day of the election itself."
    first.body_ru = first.body_ru.replace("из четырёх делегаций", "из пяти делегаций")
    first.save()
    for slug, days, headline_en, headline_ru in (
        ("council", 1, "The Council meets in Moscow", "Совет соберётся в Москве"),
        ("laws", 3, "Model laws for the spring", "Модельные законы к весне"),
        ("youth", -4, "The youth assembly has met", "Молодёжная ассамблея собралась"),
    ):
        texts = words | {"headline_en": headline_en, "headline_ru": headline_ru}
        moment = now + datetime.timedelta(days=days)
        row = make.article(slug, published_at=moment, topics=[topic], **texts)
    make.draft(row, headline_en="The youth assembly has met in Minsk")
    writer = User.objects.create_user("petrova", is_staff=True)
    Review.objects.take(first, Review.State.SUBMITTED, writer)
    return first


def main(folder, temporary):
    os.environ.update(
        DJANGO_SETTINGS_MODULE="cstopa.settings",
        DEBUG="",
        SECRET_KEY=secrets.token_urlsafe(50),
        ALLOWED_HOSTS="127.0.0.1",
        DATABASE_URL=f"sqlite:///{temporary / 'db.sqlite3'}",
        STATIC_ROOT=str(temporary / "static"),
        MEDIA_ROOT=str(temporary / "media"),
        CACHE_URL="",
        EMAIL_URL="",
        SECOND_FACTOR="0",
        # Playwright keeps an event loop in this thread.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    with (
        time_machine.travel(MOMENT),
        serving(temporary / "log", MOMENT=MOMENT) as server,
        sync_playwright() as playwright,
    ):
        prepare()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )

        def take(name, open_page, screen, url=server.url):
            context = browser.new_context(base_url=url, **screen)
            page = context.new_page()
            if callable(open_page):
                context.add_cookies([{"name": "sessionid", "value": key, "url": url}])
                open_page(page)
                page.wait_for_load_state("networkidle")
            else:
                page.goto(open_page)
            page.evaluate("document.fonts.ready")
            page.screenshot(path=folder / f"{name}.png")
            context.close()

        for name, (address, screen) in PAGES.items():
            take(name, address, screen)
        key = session()
        take("replace-chambers", replace_chambers, WIDE)
        take("new-composition", new_composition, WIDE)
        row = write_news()
        newest, before, *_earlier = row.history.values_list("pk", flat=True)
        form = f"/admin/news/article/{row.pk}"
        desk = {
            "first": "/admin/",
            "form": f"{form}/change/",
            "list": "/admin/news/article/",
            "preview": f"{form}/preview/",
            "versions": f"{form}/history/compare/?from={before}&to={newest}",
            "calendar": "/admin/calendar/",
        }
        for name, address in desk.items():
            for language, ending in (("en", ""), ("ru", "-ru")):
                screen = WIDE | {"extra_http_headers": {"Accept-Language": language}}
                take(f"desk-{name}{ending}", lambda page, at=address: page.goto(at), screen)
        invent()
        with serving(temporary / "log-of-invented", MOMENT=MOMENT, DEMO="1") as invented:
            for name, address in HISTORY.items():
                take(name, address, WIDE, invented.url)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cstopa-") as temporary:
        main(Path(sys.argv[1]), Path(temporary))
