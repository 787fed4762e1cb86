"""Each page leads to its own data, as of the day of which it speaks."""

import pytest

from delegations.models import Parliament
from tests import site
from tests.opendata import world
from tests.opendata.asking import ask
from tests.reading import parsed

pytestmark = pytest.mark.django_db

PAGES = {
    "/delegations/": "/api/delegations/",
    "/delegations/state/": "/api/delegations/state/",
    "/delegations/state/?date=2025-01-01": "/api/delegations/state/?date=2025-01-01",
    "/parliaments/": "/api/parliaments/",
    "/parliaments/state/?date=2025-01-01": "/api/parliaments/state/?date=2025-01-01",
    "/people/": "/api/people/",
    "/people/ann/": "/api/people/ann/",
    "/news/": "/api/articles/",
    "/news/open/": "/api/articles/open/",
    "/topics/laws/": "/api/topics/laws/",
}


@pytest.fixture
def rows():
    world.fill()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize(("address", "data"), PAGES.items())
def test_a_page_links_its_data(client, address, data, language):
    tree = parsed(client.get(language + address))
    [link] = tree.findall(".//head/link[@type='application/json']")
    assert link.get("rel") == "alternate"
    assert link.get("href") == f"http://testserver{data}"
    links = [a.get("href") for a in tree.findall(".//footer//a[@type='application/json']")]
    assert links == [f"http://testserver{data}", "/api/"]
    ask(client, link.get("href"))


@pytest.mark.usefixtures("rows")
def test_the_data_is_found_by_its_code_whatever_the_slug(client):
    parliament = Parliament.objects.get()
    parliament.slug = "renamed"
    parliament.save()
    link = parsed(client.get("/delegations/renamed/")).find(".//link[@type='application/json']")
    assert link.get("href") == "http://testserver/api/delegations/state/"


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("address", ["/", "/search/?q=ann", "/news/2026/", site.UNKNOWN])
def test_a_page_without_data_of_its_own_leads_to_all(client, address):
    tree = parsed(client.get(address))
    assert tree.find(".//link[@type='application/json']") is None
    assert [a.get("href") for a in tree.findall(".//footer//a[@type='application/json']")] == [
        "/api/"
    ]


@pytest.mark.usefixtures("rows")
def test_a_page_of_what_is_gone_has_no_data(client):
    world.Delegation.objects.get().articles.get(code="open").delete()
    response = client.get("/news/open/")
    assert response.status_code == 410
    assert parsed(response).find(".//link[@type='application/json']") is None


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("language", ["", "/ru"])
def test_a_page_that_leaves_rows_out_does_not_call_the_whole_list_its_data(client, language):
    for question in ("participation=member", "chambers=1", "chambers=2&date=2025-01-01"):
        tree = parsed(client.get(f"{language}/delegations/?{question}"))
        assert tree.find(".//link[@type='application/json']") is None
        links = tree.findall(".//footer//a[@type='application/json']")
        assert [a.get("href") for a in links] == ["/api/"]
    for question in ("participation=", "chambers=x", "page=1"):
        tree = parsed(client.get(f"{language}/delegations/?{question}&date=2025-01-01"))
        link = tree.find(".//link[@type='application/json']")
        assert link.get("href") == "http://testserver/api/delegations/?date=2025-01-01"
