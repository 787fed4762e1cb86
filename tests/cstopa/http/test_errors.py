"""Errors: in the site's own layout and the language of the address."""

import io
import logging
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.template.loader import get_template
from django.test import Client
from django.utils import translation

from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/nowhere/", "en"),
        ("/ru/nowhere/", "ru"),
        ("/nowhere", "en"),
        ("/news/nowhere/", "en"),
        ("/ru/news/nowhere/", "ru"),
        ("/ru/news/2021/13/", "ru"),
        ("/de/", "en"),
        ("/%FF/", "en"),
        (f"/{LONG}/", "en"),
    ],
)
def test_an_unknown_address_is_answered_in_the_sites_layout(client, address, language):
    response = client.get(address, headers={"accept-language": "de, ru;q=0.9"})
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text
    assert response["Content-Language"] == language
    assert "base.html" in [template.name for template in response.templates]
    with translation.override(language):
        assert f"<h1>{translation.gettext('Page not found')}</h1>" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text


@pytest.mark.parametrize(("prefix", "status"), [("", 404), ("/ru", 404), ("", 410), ("/ru", 410)])
def test_a_page_that_is_not_there_helps_on(client, prefix, status):
    if status == 410:
        make.article("once").delete()
    response = client.get(f"{prefix}/news/once/")
    assert response.status_code == status
    main = parsed(response).find(".//main")
    assert main.find(".//form").get("action") == f"{prefix}/search/"
    assert main.find(".//form//input").get("name") == "q"
    sections = ("", "delegations/", "news/", "people/")
    assert [a.get("href") for a in main.iter("a")] == [f"{prefix}/{path}" for path in sections]


@pytest.mark.parametrize("address", ["/ru/nowhere/", "/ru/news/nowhere/"])
def test_a_development_site_answers_as_the_public_one_does(client, settings, address):
    settings.DEBUG = True
    response = client.get(address)
    assert response.status_code == 404
    assert '<html lang="ru">' in response.text
    assert "base.html" in [template.name for template in response.templates]
    assert client.get("/ru/news").url == "/ru/news/"


@pytest.mark.parametrize("debug", [True, False])
def test_a_question_of_too_many_parts_is_refused_in_the_sites_layout(client, settings, debug):
    settings.DEBUG = debug
    response = client.get(f"/ru/news/?{'a&' * 1500}")
    assert response.status_code == 400
    assert '<html lang="ru">' in response.text
    assert "base.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_a_missing_slash_is_added_whatever_is_sent(client, settings, method, debug):
    settings.DEBUG = debug
    response = getattr(client, method)("/ru/news?q=a")
    assert (response.status_code, response.url) == (301, "/ru/news/?q=a")


def test_a_foreign_host_is_refused_in_the_sites_layout(client):
    response = client.get("/news/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "base.html" in [template.name for template in response.templates]
    assert "evil.example" not in response.text


def test_a_form_without_its_token_is_refused_in_the_sites_layout():
    response = Client(enforce_csrf_checks=True).post("/language/setlang/", {"language": "ru"})
    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
    assert "base.html" in [template.name for template in response.templates]


def test_the_page_for_our_own_mistakes_needs_nothing():
    source = Path(settings.BASE_DIR, "templates", "500.html").read_text()
    assert "{%" not in source
    assert "{{" not in source
    # What is not running cannot serve a stylesheet or a picture either.
    tree = html5lib.parse(source, namespaceHTMLElements=False)
    assert not [each for each in tree.iter() if each.get("src") or each.tag == "link"]
    assert not [each for each in tree.iter() if each.get("style") or each.tag == "style"]
    assert [a.get("href") for a in tree.iter("a")] == ["/", "/ru/"]
    assert get_template("500.html").render() == source


def fail(*args, **kwargs):
    raise RuntimeError("This is why.")


@pytest.fixture
def without_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("This is why.")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "cursor", refuse)
    client.raise_request_exception = False


@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize("address", ["/", "/ru/news/", "/news/feed.atom", "/sitemap.xml"])
def test_without_a_database_the_page_says_it_in_both_languages(client, address):
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert response["Content-Language"] == "en, ru"
    assert response.text == get_template("500.html").render()


@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize(
    "address", ["/api/people/", "/api/people.csv", "/api/popolo.json", "/ru/changes/changes.json"]
)
def test_without_a_database_machines_are_told_a_problem(client, address):
    problem(client.get(address), 503)


def problem(response, status):
    """Check that an answer is a problem, which the scripts of any site may read."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["status"] == status
    assert "This is why." not in response.text


@pytest.mark.parametrize("debug", [True, False])
def test_what_is_below_the_data_is_answered_as_data(client, settings, debug):
    settings.DEBUG = debug
    problem(client.get("/api/people/a/b/c/"), 404)
    problem(client.post("/api/people/a/b/c/"), 404)
    problem(client.get(f"/api/people/?{'a&' * 1500}"), 400)
    assert client.get("/api/people").url == "/api/people/"


def test_our_own_mistake_with_data_is_a_problem(client, monkeypatch):
    monkeypatch.setattr("delegations.opendata.popolo.of_assembly", fail)
    client.raise_request_exception = False
    problem(client.get("/api/popolo.json"), 500)


def test_our_own_mistake_is_answered_with_it(client, monkeypatch):
    monkeypatch.setattr("news.views.public_years", fail)
    client.raise_request_exception = False
    told = io.StringIO()
    [stderr] = logging.getLogger("django.request").handlers
    monkeypatch.setattr(stderr, "stream", told)
    response = client.get("/ru/news/")
    assert response.status_code == 500
    assert response["Content-Language"] == "en, ru"
    assert "<h1>Something went wrong here</h1>" in response.text
    assert "This is why." in told.getvalue()
    assert "This is why." not in response.text


def test_a_log_keeps_no_more_than_is_needed(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("x" * 10_000 + "\ny" * 10_000)

    monkeypatch.setattr("news.views.public_years", fail)
    client.raise_request_exception = False
    told = io.StringIO()
    [stderr] = logging.getLogger("django.request").handlers
    monkeypatch.setattr(stderr, "stream", told)
    assert client.get(f"/news/?q={LONG}").status_code == 500
    lines = told.getvalue().splitlines()
    assert len(lines) < 130
    assert max(map(len, lines)) <= 501
    assert lines[0].startswith("Internal Server Error: /news/")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "500"])
def test_the_pages_of_errors_are_html(name, rf):
    request = rf.get("/")
    html5lib.HTMLParser(strict=True).parse(get_template(f"{name}.html").render({}, request))


@pytest.mark.parametrize("name", ["changes/changes.csv", "changes/on-record.json", "seats.svg"])
def test_an_address_of_data_that_no_row_can_have_is_a_problem_too(client, name):
    response = client.get(f"/delegations/%C2%84/{name}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert client.get("/delegations/%C2%84/").headers["Content-Type"].startswith("text/html")
