from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from tests.news.desk import signed_in
from tests.reading import parsed

GUIDE = reverse("admin:guide")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_at_the_desk_finds_the_guide_and_what_it_leads_to(client, language):
    writer = signed_in("writer", "Writer")
    writer.cookies["django_language"] = language
    assert f'href="{GUIDE}"' in writer.get(reverse("admin:index")).text
    page = parsed(writer.get(GUIDE)).find(".//*[@id='content-main']")
    known = {each.get("id") for each in page.iter()}
    inside = [a.get("href") for a in page.iter("a") if a.get("href").startswith("#")]
    assert len(inside) > 15
    assert [each for each in inside if each[1:] not in known] == []
    contents = [a.get("href")[1:] for a in page.find(".//nav").iter("a")]
    headings = [each.get("id") for each in page.iter() if each.tag in {"h2", "h3"}]
    assert contents == [each for each in headings if each != "guide-parts"]
    # No other document is there.
    assert {a.get("href")[0] for a in page.iter("a")} == {"#"}
    pictures = [each.get("src") for each in page.iter("img")]
    assert len(pictures) > 4
    for each in pictures:
        with closing(client.get(each)) as picture:
            assert picture.status_code == 200
    assert all(each.get("alt") for each in page.iter("img"))


@pytest.mark.django_db
def test_it_is_for_who_is_signed_in():
    assert Client().get(GUIDE).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_fits_and_is_for_everyone(desk, base_url, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            desk.goto(base_url + GUIDE)
            assert desk.evaluate("document.documentElement.scrollWidth") <= width
            assert Axe().run(desk).response["violations"] == [], (scheme, width)
    assert desk.mistakes == []
