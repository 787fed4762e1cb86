"""Who publishes the site: one row of the desk, shown wherever somebody would look for it."""

import feedparser
import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from cstopa.pages.models import Imprint
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.reading import links, main

pytestmark = pytest.mark.django_db

PAGES = ("about", "contacts", "open-data")
FEEDS = ("/news/feed.atom", "/news/feed.rss", "/changes/feed.atom")
ALL = {
    "name_en": "Secretariat",
    "name_ru": "Секретариат",
    "postal_address_en": "1 Invented Street",
    "postal_address_ru": "Выдуманная улица, 1",
    "email": "post@example.org",
    "phone": "+000",
    "licence_en": "Free Licence",
    "licence_ru": "Свободная лицензия",
    "licence_url": "https://licence.example/",
}
TELL_US = ("tell us", "сообщите нам")


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("ru", "/ru")])
def test_what_is_on_record_is_shown_on_every_page_that_tells_of_it(client, language, prefix):
    make.imprint(**ALL)
    for name in PAGES:
        response = client.get(f"{prefix}/{name}/")
        text = main(response)
        for field in ("name", "postal_address", "licence"):
            assert ALL[f"{field}_{language}"] in text
        assert ALL["phone"] in text
        assert {"mailto:post@example.org", ALL["licence_url"]} <= links(response).keys()
    for address in FEEDS:
        feed = feedparser.parse(client.get(prefix + address).content).feed
        assert ALL[f"name_{language}"] in feed.author
        assert ALL[f"licence_{language}"] in feed.rights
        assert ALL["licence_url"] in feed.rights
    package = client.get("/api/datapackage.json").json()
    assert package["licenses"] == [{"path": ALL["licence_url"], "title": "Free Licence"}]
    assert package["contributors"] == [
        {"title": "Secretariat", "email": "post@example.org", "roles": ["publisher"]}
    ]


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("ru", "/ru")])
@pytest.mark.parametrize("row", [None, {"name_en": ""}])
def test_what_is_missing_is_said_to_be_not_stated(client, language, prefix, row):
    if row is not None:
        make.imprint(**row)
    for name in PAGES:
        text = main(client.get(f"{prefix}/{name}/"))
        with translation.override(language):
            for words in (
                "Who publishes this site is not stated.",
                "No postal address, e-mail address or telephone number is stated.",
                "The licence of the data is not stated.",
            ):
                assert translation.gettext(words) in text
    for address in FEEDS:
        with translation.override(language):
            words = translation.gettext("The licence of the data is not stated.")
        assert feedparser.parse(client.get(prefix + address).content).feed.rights == words
    package = client.get("/api/datapackage.json").json()
    assert not {"licenses", "contributors"} & package.keys()
    assert "The licence of the data is not stated." in package["description"]


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_no_page_asks_to_be_told_where_nobody_can_be_reached(client, prefix):
    call_command("loaddata", "pages", verbosity=0)
    assert not Imprint.objects.exists()
    for name in (*PAGES, "privacy", "accessibility"):
        text = main(client.get(f"{prefix}/{name}/")).lower()
        assert not [words for words in TELL_US if words in text]


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_it_is_filled_at_the_desk_once_and_kept_in_versions(sign_in, group):
    member = sign_in(group)
    add = reverse("admin:written_imprint_add")
    assert member.post(add, filled(member.get(add), **ALL)).status_code == 302
    row = Imprint.objects.get()
    assert member.get(add).status_code == 403
    address = page(row, "change")
    data = filled(member.get(address), phone="+111")
    assert member.post(address, data).status_code == 302
    assert [version.phone for version in row.history.all()] == ["+111", "+000"]
    assert member.post(page(row, "delete"), {"post": "yes"}).status_code == 403


def test_the_database_holds_one_row():
    make.imprint()
    with pytest.raises(IntegrityError):
        make.imprint()


def test_a_text_of_the_imprint_is_no_markup(client):
    make.imprint(name_en="<b>A</b>", postal_address_en="<i>B</i>")
    text = client.get("/contacts/").text
    assert "&lt;b&gt;A&lt;/b&gt;" in text
    assert "<i>" not in text
