import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from delegations.models import Source
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import everything
from tests.cstopa.admin.rows import page as address
from tests.reading import spaced

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")


def choose(client, language, page):
    return client.post(reverse("set_language"), {"language": language, "next": page})


def test_models_stand_in_the_order_of_the_work(admin_client):
    page = admin_client.get(reverse("admin:all-records")).content.decode()
    places = re.findall(r'<tr class="model-(\w+)', page)
    assert places == [
        *("delegation", "parliament", "parliamentname", "participation"),
        *("chamber", "chambername", "seatallocation", "completeroster"),
        *("person", "membership", "role", "office", "source", "furthersource"),
        *("article", "topic", "picture", "document", "page", "imprint", "group", "user"),
    ]


def test_the_desk_names_the_assembly_whose_site_it_serves(client, admin_client, settings):
    for name in (settings.ASSEMBLY_SHORT_NAME, "Other PA"):
        settings.ASSEMBLY_SHORT_NAME = name
        for visitor, page in ((client, reverse("admin:login")), (admin_client, DESK)):
            found = visitor.get(page).text
            assert f"Desk of the {name}</a>" in found
            assert f"Desk of the {name}</title>" in spaced(found)


def test_the_slug_of_a_draft_is_not_told_to_all_staff(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    for row in (make.article(), make.article(status="draft")):
        kind = ContentType.objects.get_for_model(Article)
        assert client.get(f"{DESK}r/{kind.pk}/{row.pk}/").status_code == 404


def test_a_history_does_not_tell_all_staff_which_rows_there_are(client, django_user_model):
    staff = django_user_model.objects.create_user("staff", is_staff=True)
    client.force_login(staff)
    written = make.page()
    library = (make.picture(), make.document())
    others = (written, make.page_draft(written), make.imprint(), Group.objects.first(), staff)
    rows = everything() | {type(row): row for row in (*library, *others)}
    assert {*rows} >= {*admin.site._registry}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        keys = (rows[model].pk, 9_999)
        addresses = [reverse(f"{name}_history", args=[key]) for key in keys]
        if hasattr(model, "history"):
            addresses += [reverse(f"{name}_simple_history", args=[key, 9_999]) for key in keys]
        # That of a delegation leads to its parliament's, whatever the key.
        answers = [client.get(each, follow=True).status_code for each in addresses]
        assert {*answers} == {403}, model


@pytest.mark.parametrize("following", ["", "https://example.org/", "//example.org/"])
def test_who_signs_in_from_nowhere_comes_to_the_desk(client, django_user_model, following):
    django_user_model.objects.create_user("staff", password="long and known", is_staff=True)
    words = {"username": "staff", "password": "long and known", "next": following}
    response = client.post(reverse("admin:login"), words)
    assert (response.status_code, response.headers["Location"]) == (302, DESK)


def test_the_desk_speaks_what_the_browser_asks_for_until_the_editor_chooses(admin_client):
    for asked in ("ru", "en"):
        page = admin_client.get(DESK, headers={"accept-language": asked})
        assert page.headers["Content-Language"] == asked
        assert f'<html lang="{asked}"' in page.content.decode()
    choose(admin_client, "ru", DESK)
    page = admin_client.get(DESK, headers={"accept-language": "en"})
    assert '<html lang="ru"' in page.content.decode()


def test_a_russian_desk_and_the_english_site_at_the_same_time(admin_client):
    parliament = make.parliament(name_ru="Парламент")
    public = f"/parliaments/{parliament.slug}/"
    choose(admin_client, "ru", DESK)
    assert '<html lang="ru"' in admin_client.get(DESK).content.decode()
    assert 'href="/ru/"' in admin_client.get(DESK).content.decode()
    assert '<html lang="en"' in admin_client.get(public).content.decode()
    assert '<html lang="ru"' in admin_client.get(f"/ru{public}").content.decode()


@pytest.mark.parametrize("page", [DESK, reverse("admin:login"), f"{DESK}news/article/?q=ice&p=1"])
def test_the_choice_of_language_keeps_the_page(client, admin_client, page):
    visitor = client if "login" in page else admin_client
    shown = visitor.get(page).content.decode()
    back = re.search(r'name="next" value="([^"]+)"', shown)[1].replace("&amp;", "&")
    assert back == page
    assert re.findall(r'name="language" value="(\w+)"', shown) == ["en", "ru"]
    assert choose(visitor, "ru", back).headers["Location"] == page
    assert '<html lang="ru"' in visitor.get(page).content.decode()


def test_the_choice_of_language_leads_to_no_other_site(client):
    assert choose(client, "ru", "https://example.org/").headers["Location"].startswith("/")


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "24 November 2026", "24 November 2026, 10:00"),
        ("ru", "24 ноября 2026", "24 ноября 2026, 10:00"),
    ],
)
def test_days_and_moments_read_as_on_the_site(admin_client, language, day, moment):
    admin_client.cookies["django_language"] = language
    source = make.source(read_on=dt.date(2026, 11, 24))
    now = dt.datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Moscow"))
    source.history.update(history_date=now)
    version = source.history.get().pk
    listed, changes, shown = (
        spaced(admin_client.get(each).content.decode())
        for each in (
            address(Source, "changelist"),
            address(source, "history"),
            address(source, "simple_history", source.pk, version),
        )
    )
    assert f">{day}<" in listed
    # Versions of one minute are told apart.
    assert f">{moment}:00<" in changes
    assert f"<dd>{day}</dd>" in shown
    assert moment in shown
