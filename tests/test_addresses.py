"""Addresses that last: 301 for a new name, 410 for what was withdrawn, 404 for what never was."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from cstopa.addresses import absolute
from news.models import Article
from tests import make

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
