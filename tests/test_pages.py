"""What every public page has in common: valid HTML, its addresses, its languages."""

import datetime as dt
import re
from functools import cache

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from tests import site
from tests.cstopa.http.test_structured_data import HOST, graph, of_class, seen, shared
from tests.reading import parsed, spaced, words
from tests.test_page_addresses import alternates, canonical, is_for_finding

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    site.fill()


@pytest.fixture(scope="module")
def tree(rows):
    """Return the tree of a page by its address; each is asked for once."""
    client = Client()

    @cache
    def tree(address):
        response = client.get(address)
        assert response.status_code == (404 if site.UNKNOWN in address else 200), address
        return parsed(response)

    return tree


def test_every_page_is_html_with_one_heading_and_no_inline_style(tree):
    for address in [*site.pages(), site.UNKNOWN, f"/ru{site.UNKNOWN}"]:
        check(address, tree(address))


def check(address, tree):
    assert tree.get("lang") == ("ru" if address.startswith("/ru/") else "en")
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1, address
    assert re.fullmatch(r".+ – (CSTO PA|ПА ОДКБ)", words(tree.find(".//title")))
    assert tree.find(".//meta[@name='description']").get("content")
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids)), address
    for each in tree.iter():
        assert each.tag != "style", address
        # A block of data, which no browser runs.
        assert each.tag != "script" or each.attrib == {"type": "application/ld+json"}, address
        assert not [name for name in each.attrib if name == "style" or name.startswith("on")], (
            address
        )


def test_alternates_name_one_another_and_lead_to_canonical_addresses(tree):
    for address in site.pages():
        own, named = canonical(tree(address)), alternates(tree(address))
        assert canonical(tree(own)) == own, address
        assert named == alternates(tree(own)), address
        if is_for_finding(tree(own)):
            assert own in named.values(), address
        default = named.pop("x-default", None)
        assert default == named.get("en"), address
        for language, other in named.items():
            assert tree(other).get("lang") == language
            assert canonical(tree(other)) == other
            assert alternates(tree(other)) == alternates(tree(own))
        # What answers a question is read and not found.
        assert not ("?" in address and is_for_finding(tree(address))), address


def addresses_in(value):
    if isinstance(value, dict):
        yield from (each for inner in value.values() for each in addresses_in(inner))
    elif isinstance(value, list):
        yield from (each for inner in value for each in addresses_in(inner))
    elif isinstance(value, str) and value.startswith(HOST):
        yield value


def test_the_trail_and_what_is_passed_on_are_those_of_every_page(tree, client):
    data = set()
    named_in = {
        language: words(of_class(tree(home), "footer__name")[0])
        for language, home in (("en", "/"), ("ru", "/ru/"))
    }
    for address in site.pages():
        page = tree(address)
        own = HOST + canonical(page)
        things = graph(page)
        steps = of_class(page, "breadcrumbs__item")
        if steps:
            # A link keeps the day; what machines are told is the one address of each step.
            shown = [
                (
                    seen(step),
                    re.sub(r"\?(?:date|from)=.*", "", own)
                    if link is None
                    else HOST + link.get("href").partition("?")[0],
                )
                for step in steps
                for link in [step.find("a")]
            ]
            said = things["BreadcrumbList"]["itemListElement"]
            assert [(each["name"], each["item"]) for each in said] == shown, address
            assert [each["position"] for each in said] == [*range(1, len(shown) + 1)]
        else:
            assert "BreadcrumbList" not in things
        meta = shared(page)
        language = "ru" if own.startswith(f"{HOST}/ru/") else "en"
        title = words(page.find(".//title")).rpartition(" – ")[0]
        title = re.sub("^(Error|Ошибка): ", "", title)
        # The thing has the same name on every day, and the list whatever is asked of it.
        title = re.sub(r", \d+ \w+ \d{4}$", "", title)
        if address.partition("?")[0].removeprefix("/ru") in {"/news/", "/search/"}:
            title = title.partition(": ")[0]
        assert spaced(meta["og:title"]) == title, address
        description = page.find(".//meta[@name='description']").get("content")
        assert meta["og:description"] == description, address
        assert meta["og:url"] == own
        assert meta["og:site_name"] == named_in[language]
        assert meta["og:locale"].startswith(language)
        # Every address that is named is one of ours, and answers; none is that of one day.
        for named in addresses_in(things):
            assert "?date=" not in named, (address, named)
            path = named.removeprefix(HOST).partition("#")[0]
            if path.startswith("/api/"):
                data.add(path)
            elif not path.startswith("/static/"):
                assert tree(path) is not None
    for path in data:
        assert client.get(path).status_code == 200, path


def test_addresses_come_from_the_settings_and_never_from_the_host(client, settings):
    settings.SITE_URL = "https://assembly.example"
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/people/", "/ru/people/"):
        tree = parsed(client.get(f"{path}?page=x", headers={"host": "evil.example"}))
        canonical = tree.find(".//link[@rel='canonical']").get("href")
        assert canonical == f"https://assembly.example{path}"
        assert {
            link.get("hreflang"): link.get("href")
            for link in tree.findall(".//link[@rel='alternate'][@hreflang]")
        } == {
            "en": "https://assembly.example/people/",
            "ru": "https://assembly.example/ru/people/",
            "x-default": "https://assembly.example/people/",
        }


def test_an_unknown_page_has_no_address(client):
    tree = parsed(client.get("/atlantis/"))
    assert tree.find(".//link[@rel='canonical']") is None
    assert tree.find(".//link[@hreflang]") is None


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/ru/"),
        ("/ru/people/viktor-kogut/", "/people/viktor-kogut/"),
        ("/delegations/?date=2024-03-01&chambers=2", "/ru/delegations/?date=2024-03-01&chambers=2"),
        ("/ru/search/?q=%D0%B0+b&q=%22", "/search/?q=%D0%B0+b&q=%22"),
        ("/runes/", "/ru/runes/"),
        ("/ru/", "/"),
    ],
)
def test_the_other_language_is_one_link_away(client, path, other):
    tree = parsed(client.get(path))
    [link] = tree.findall(".//header//a[@hreflang]")
    assert link.get("href") == other
    assert link.get("lang") == link.get("hreflang") != tree.get("lang")


def test_a_variant_of_a_language_is_a_part_of_the_address(client):
    links = parsed(client.get("/ru-RU/x/")).findall(".//header//a[@hreflang]")
    assert {link.get("href") for link in links} <= {"/ru-RU/x/", "/ru/ru-RU/x/"}
    assert links


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/people/", {"/people/": "page"}),
        ("/people/viktor-kogut/", {"/people/": "true"}),
        ("/ru/delegations/belarus/", {"/ru/delegations/": "true"}),
        ("/parliaments/belarus/", {"/delegations/": "true"}),
        ("/ru/parliaments/", {"/ru/delegations/": "true"}),
        ("/search/?q=a", {"/search/": "page"}),
        ("/", {}),
    ],
)
def test_the_navigation_marks_where_the_reader_is(client, path, marks):
    links = parsed(client.get(path)).findall(".//header//a[@aria-current]")
    assert {link.get("href"): link.get("aria-current") for link in links} == marks


def test_the_first_link_skips_to_the_content(client):
    tree = parsed(client.get("/"))
    assert next(tree.iter("a")).get("href") == f"#{tree.find('.//main').get('id')}"


def test_the_trail_ends_at_the_page(client):
    items = parsed(client.get("/people/viktor-kogut/")).findall(".//nav[@class='breadcrumbs']//li")
    assert [words(item) for item in items] == ["Home", "People", "Viktor Kogut"]
    assert [item.get("aria-current") for item in items] == [None, None, "page"]


def test_a_box_to_search_is_on_every_page_but_the_search_itself(client):
    for path in ("/people/", "/ru/news/", site.UNKNOWN):
        [form] = parsed(client.get(path)).findall(".//header//form")
        assert form.get("action") == ("/ru/search/" if path.startswith("/ru/") else "/search/")
        assert form.find(".//input").get("name") == "q"
    tree = parsed(client.get("/search/?q=a"))
    assert tree.findall(".//header//form") == []
    labels = [form.get("aria-label") for form in tree.iter("form")]
    assert len(labels) == len(set(labels))


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_page_on_paper_says_the_address_that_finds_it_again(client, settings):
    settings.SITE_URL = "https://assembly.example"
    for path in ("/ru/people/?date=2021-05-21", "/news/?q=seats", "/people/?date=2024-03-01"):
        footer = parsed(client.get(path.removesuffix("?date=2024-03-01"))).find(".//footer")
        [line] = [p for p in footer.iter("p") if "footer__address" in p.get("class", "")]
        assert words(line).endswith(f" https://assembly.example{path}")


def test_the_footer_leads_to_every_section_and_feed(client):
    for prefix in ("", "/ru"):
        found = {
            a.get("href") for a in parsed(client.get(f"{prefix}/")).find(".//footer").iter("a")
        }
        for path in ("delegations", "people", "news", "search", "changes", "ahead", "sources"):
            assert f"{prefix}/{path}/" in found
        feeds = {
            f"{prefix}/{path}" for path in ("changes/feed.atom", "news/feed.atom", "news/feed.rss")
        }
        assert {*feeds, f"{prefix}/open-data/"} <= found


def test_a_page_with_a_frame_that_was_kept_is_the_page_made_anew(client):
    shown = [*site.pages(), site.UNKNOWN, f"/ru{site.UNKNOWN}", "/delegations/atlantis/"]
    # Another test may have left a frame of other settings.
    caches["template_fragments"].clear()
    kept = {address: client.get(address).text for address in shown}
    for address in shown:
        caches["template_fragments"].clear()
        assert client.get(address).text == kept[address], address
