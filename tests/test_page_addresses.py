"""One address for each page and language, and the other languages only where they exist."""

import pytest

from tests import make
from tests.reading import parsed
from tests.test_bad_input import NAMES, SHOWN_ELSEWHERE

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def canonical(tree):
    [link] = tree.findall(".//head/link[@rel='canonical']")
    return link.get("href").removeprefix(HOST)


def alternates(tree):
    links = tree.findall(".//head/link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href").removeprefix(HOST) for link in links}


def is_for_finding(tree):
    return tree.find(".//head/meta[@name='robots'][@content='noindex']") is None


@pytest.mark.parametrize(("address", "own"), [("/ru/news/one/", "/news/one/")])
def test_a_page_in_a_language_in_which_it_does_not_exist_leads_to_the_one_that_does(
    client, address, own
):
    make.article("one")
    tree = parsed(client.get(address))
    assert canonical(tree) == own
    assert alternates(tree) == {"en": own, "x-default": own}


@pytest.mark.parametrize("path", ["/news/", "/ru/news/"])
def test_the_middle_of_a_list_is_no_copy_of_its_start(client, path):
    for _ in range(41):
        make.article(headline_ru="Новость", summary_ru="Кратко", body_ru="<p>Текст</p>")
    address = path
    for _ in range(2):
        [link] = parsed(client.get(address)).findall(".//nav//a[@rel='next']")
        address = path + link.get("href")
        tree = parsed(client.get(address))
        assert canonical(tree) == address
        assert alternates(tree) == {}
        assert not is_for_finding(tree)
    # Neither a position that cannot be read nor one in a narrowed list has a place of its own.
    for asked in ("?page=x", f"{address.removeprefix(path)}&from=2020-01-01"):
        assert canonical(parsed(client.get(path + asked))) == path


def test_what_others_add_to_an_address_changes_nothing(client):
    tree = parsed(client.get("/news/?utm_source=letter"))
    assert canonical(tree) == "/news/"
    assert alternates(tree)["ru"] == "/ru/news/"
    assert is_for_finding(tree)


def test_a_shared_day_keeps_its_day_and_its_version(client):
    make.chamber(make.parliament("belarus", name_ru="Собрание"))
    for path, query in [
        ("/delegations/belarus/", "?date=2024-03-01"),
        ("/delegations/", "?date=2024-03-01"),
        ("/", "?date=2024-03-01"),
        ("/delegations/belarus/changes/on-record/", "?date=2024-03-01&version=2"),
        ("/compare/", "?from=2024-03-01&to=2025-03-01&delegation=belarus"),
    ]:
        tree = parsed(client.get(path + query))
        assert canonical(tree) == path + query
        [shared] = tree.findall(".//meta[@property='og:url']")
        assert shared.get("content") == HOST + path + query
        assert alternates(tree)["ru"] == f"/ru{path}{query}"
        assert canonical(parsed(client.get(f"/ru{path}{query}"))) == f"/ru{path}{query}"
    # What narrows the list is no part of it.
    narrowed = parsed(client.get("/delegations/?participation=member&date=2024-03-01"))
    assert canonical(narrowed) == "/delegations/?date=2024-03-01"


def test_every_filter_is_closed_to_robots(client):
    rules = client.get("/robots.txt").text
    for name in NAMES - SHOWN_ELSEWHERE - {"date", "recorded", "version", "page", "next"}:
        assert f"Disallow: /*?{name}=\n" in rules, name
    # These narrow nothing: who shows a link as a picture asks with them.
    for name in SHOWN_ELSEWHERE:
        assert f"?{name}=" not in rules, name
