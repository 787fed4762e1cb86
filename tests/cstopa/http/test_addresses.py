"""Addresses that last: 301 for a new name, 410 for what was withdrawn, 404 for what never was."""

import datetime as dt
from itertools import cycle
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import resolve, reverse
from django.utils import timezone, translation

from cstopa.http.addresses import absolute
from cstopa.languages import LANGUAGES
from news.models import Article
from tests import make
from tests.public import EXAMPLES, patterns

pytestmark = pytest.mark.django_db


def rename(row, slug):
    row.slug = slug
    row.save()


def tomorrow():
    return timezone.now() + dt.timedelta(days=1)


def test_absolute_addresses_are_those_of_the_site(settings):
    settings.SITE_URL = "https://assembly.example"
    assert absolute("/news/") == "https://assembly.example/news/"


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_renamed_article_is_found_in_one_step(client, prefix):
    article = make.article("old")
    rename(article, "middle")
    rename(article, "new")
    for slug in ("old", "middle"):
        response = client.get(f"{prefix}/news/{slug}/?from=mail&x=%D1%8F")
        assert response.status_code == 301
        assert response.url == f"{prefix}/news/new/?from=mail&x=%D1%8F"
    assert client.get(f"{prefix}/news/new/").status_code == 200


def test_a_name_that_came_back_is_no_loop(client):
    article = make.article("old")
    rename(article, "new")
    rename(article, "old")
    assert client.get("/news/old/").status_code == 200
    assert client.get("/news/new/").url == "/news/old/"


def test_capital_letters_lead_to_the_row_that_is_public(client):
    make.parliament("belarus")
    make.person("viktor-kogut")
    make.topic("laws")
    rename(make.article("old"), "new")
    make.article("draft", status="draft")
    for wrong, right in {
        "/ru/delegations/Belarus/?date=2021-05-21": "/ru/delegations/belarus/?date=2021-05-21",
        "/parliaments/BELARUS/": "/parliaments/belarus/",
        "/people/Viktor-Kogut/": "/people/viktor-kogut/",
        "/topics/Laws/": "/topics/laws/",
        "/delegations/Belarus/news.atom": "/delegations/belarus/news.atom",
        "/news/New/": "/news/new/",
    }.items():
        response = client.get(wrong)
        assert (response.status_code, response.url) == (301, right)
    for unknown in ("/news/Draft/", "/news/One/", "/delegations/Atlantis/"):
        assert client.get(unknown).status_code == 404


def test_a_name_taken_by_another_is_the_others(client):
    rename(make.article("name"), "new")
    other = make.article("name")
    assert client.get("/news/name/").context["article"] == other
    other.delete()
    # The last that was public here decides.
    assert client.get("/news/name/").status_code == 410


def test_a_draft_that_took_the_name_changes_nothing(client):
    rename(make.article("name"), "new")
    make.article("name", status="draft")
    assert client.get("/news/name/").url == "/news/new/"


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("how", ["withdrawn", "deleted", "scheduled again"])
def test_what_was_public_is_gone(client, how, prefix):
    article = make.article("old", headline_en="Hidden words")
    if how == "deleted":
        article.delete()
    else:
        if how == "withdrawn":
            article.status = "draft"
        else:
            article.published_at = tomorrow()
        article.save()
    response = client.get(f"{prefix}/news/old/")
    assert response.status_code == 410
    assert "410.html" in [template.name for template in response.templates]
    assert "Hidden words" not in response.text


@pytest.mark.parametrize("then", ["is", "is deleted", "is renamed and published", "is published"])
def test_what_was_never_public_here_is_unknown(client, then):
    article = make.article("secret", status="draft")
    if then == "is deleted":
        article.delete()
    elif then == "is renamed and published":
        article.slug = "new"
        article.status = "published"
        article.save()
    elif then == "is published":
        article.status = "published"
        article.published_at = tomorrow()
        article.save()
    assert client.get("/news/secret/").status_code == 404


def test_a_scheduled_article_deleted_before_its_time_was_never_public(client):
    make.article("secret", published_at=tomorrow()).delete()
    assert client.get("/news/secret/").status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert client.get("/news/secret/").status_code == 404


def test_a_scheduled_article_was_public_once_its_time_has_passed(client):
    article = make.article("timed", published_at=tomorrow())
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        article.status = "draft"
        article.save()
        assert client.get("/news/timed/").status_code == 410


def test_a_name_given_to_a_withdrawn_article_says_nothing(client):
    article = make.article("old")
    article.status = "draft"
    article.save()
    rename(article, "secret")
    assert client.get("/news/secret/").status_code == 404
    assert client.get("/news/old/").status_code == 410


def test_withdrawn_without_a_version_is_gone_too(client):
    make.article("old")
    Article.objects.update(status="draft")
    assert client.get("/news/old/").status_code == 410


@pytest.mark.parametrize(
    "address",
    ["/delegations/{}/", "/parliaments/{}/", "/delegations/{}/news.atom", "/ru/delegations/{}/"],
)
def test_a_parliament_takes_its_addresses_along(client, address):
    parliament = make.parliament("old")
    rename(parliament, "new")
    assert client.get(address.format("old")).url == address.format("new")
    assert client.get(address.format("new")).status_code == 200
    parliament.delete()
    assert client.get(address.format("new")).status_code == 410
    assert client.get(address.format("never")).status_code == 404


@pytest.mark.parametrize(
    ("make_row", "address"),
    [
        (make.topic, "/topics/{}/"),
        (make.topic, "/topics/{}/news.atom"),
        (make.person, "/people/{}/"),
    ],
)
def test_other_rows_take_their_addresses_along(client, make_row, address):
    row = make_row("old")
    rename(row, "new")
    assert client.get(address.format("old")).url == address.format("new")
    row.delete()
    for slug in ("old", "new"):
        assert client.get(address.format(slug)).status_code == 410


# Rows by the slug of the example of a pattern: tests/public.py has one for each.
MAKERS = {
    "belarus": make.parliament,
    "viktor-kogut": make.person,
    "conference": make.article,
    "laws": make.topic,
}


def with_slugs():
    """Return ``{maker: names}`` of the patterns of every public address with a slug."""
    found = {maker: [] for maker in MAKERS.values()}
    for name, parameters in patterns():
        if parameters == {"slug"}:
            found[MAKERS[EXAMPLES[name]["slug"]]].append(name)
    return found


def led(client, name, language, slug):
    """Return the status of an address and, of a redirection, the slug to which it leads."""
    with translation.override(language):
        response = client.get(reverse(name, args=[slug]))
        if response.status_code != 301:
            return response.status_code, None
        match = resolve(urlsplit(response.url).path)
    assert match.view_name == name
    return 301, match.kwargs["slug"]


def found(name):
    """Return the status of an address of what is there: a timegate leads to a version of the page."""
    return 302 if name.endswith("timegate") else 200


def exchange(first, second):
    """Give each of two rows the slug of the other."""
    one, other = first.slug, second.slug
    rename(first, "between")
    rename(second, one)
    rename(first, other)


def a_chain(first, second):
    for slug in ("b", "c", "d"):
        rename(first, slug)


def there_and_back(first, second):
    for slug in ("b", "a", "c", "a"):
        rename(first, slug)


def a_swap(first, second):
    exchange(first, second)


def a_swap_and_back(first, second):
    exchange(first, second)
    exchange(first, second)


def a_name_handed_on(first, second):
    rename(first, "c")
    rename(second, "a")
    rename(second, "d")


def a_name_handed_on_and_its_holder_deleted(first, second):
    rename(first, "c")
    rename(second, "a")
    second.delete()


# Where each of "a" to "d", "z" and "between" leads: to itself, to another name, or nowhere any more.
@pytest.mark.parametrize(
    ("history", "leads"),
    [
        (a_chain, {"a": "d", "b": "d", "c": "d", "d": "d", "z": "z"}),
        (there_and_back, {"a": "a", "b": "a", "c": "a", "z": "z"}),
        (a_swap, {"a": "a", "z": "z", "between": "z"}),
        (a_swap_and_back, {"a": "a", "z": "z", "between": "a"}),
        (a_name_handed_on, {"a": "d", "c": "c", "d": "d", "z": "d"}),
        (a_name_handed_on_and_its_holder_deleted, {"a": 410, "c": "c", "z": 410}),
    ],
)
def test_no_address_with_a_slug_leads_on_more_than_once(client, history, leads):
    known = with_slugs()
    assert all(known.values())
    for maker, names in known.items():
        history(maker("a"), maker("z"))
        turns = cycle(LANGUAGES)
        for name in names:
            for slug, where in leads.items():
                language = next(turns)
                expected = (found(name), None) if where == slug else (301, where)
                expected = (410, None) if where == 410 else expected
                assert led(client, name, language, slug) == expected, (name, language, slug)
            assert led(client, name, next(turns), "never") == (404, None)


def test_whatever_was_renamed_there_are_no_chains_and_no_loops(client, chance):
    slugs = ["a", "b", "c", "d", "e", "f"]
    for maker, names in with_slugs().items():
        rows = [maker(slug) for slug in slugs[:3]]
        for _ in range(25):
            free = [slug for slug in slugs if slug not in {row.slug for row in rows}]
            rename(chance.choice(rows), chance.choice(free))
        rows.pop().delete()
        held = {row.slug for row in rows}
        with time_machine.travel(timezone.now() + dt.timedelta(days=3650)):
            for name, language in zip(names, cycle(LANGUAGES), strict=False):
                answers = {slug: led(client, name, language, slug) for slug in slugs}
                there = {slug for slug, (status, _to) in answers.items() if status == found(name)}
                assert there == held
                # One step, and it leads to what is there.
                assert {to for _status, to in answers.values()} <= {None, *held}
                assert {status for status, _to in answers.values()} <= {found(name), 301, 404, 410}
