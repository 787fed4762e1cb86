"""Each page leads to its own data, as of the day of which it speaks, and one page to all of it."""

import json

import pytest
from django.utils import translation

from cstopa.opendata.resources import LEADING, TABLES
from cstopa.pages.models import Imprint
from delegations.models import Parliament
from tests import make, site
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import ask, check
from tests.reading import links, main, parsed, table

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


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize(("address", "data"), PAGES.items())
def test_a_page_links_its_data(client, address, data, language):
    tree = parsed(client.get(language + address))
    [link] = tree.findall(".//head/link[@type='application/json']")
    assert link.get("rel") == "alternate"
    assert link.get("href") == f"http://testserver{data}"
    found = [a.get("href") for a in tree.findall(".//footer//a[@type='application/json']")]
    assert found == [f"http://testserver{data}"]
    ask(client, link.get("href"))


def test_the_data_is_found_by_its_code_whatever_the_slug(client):
    parliament = Parliament.objects.get()
    parliament.slug = "renamed"
    parliament.save()
    link = parsed(client.get("/delegations/renamed/")).find(".//link[@type='application/json']")
    assert link.get("href") == "http://testserver/api/delegations/state/"


@pytest.mark.parametrize("address", ["/", "/search/?q=ann", "/news/2026/", site.UNKNOWN])
def test_a_page_without_data_of_its_own_leads_to_all(client, address):
    tree = parsed(client.get(address))
    assert tree.find(".//link[@type='application/json']") is None
    assert tree.findall(".//footer//a[@type='application/json']") == []
    assert "/open-data/" in [a.get("href") for a in tree.findall(".//footer//a")]


def test_a_page_of_what_is_gone_has_no_data(client):
    world.Delegation.objects.get().articles.get(code="open").delete()
    response = client.get("/news/open/")
    assert response.status_code == 410
    assert parsed(response).find(".//link[@type='application/json']") is None


@pytest.mark.parametrize("language", ["", "/ru"])
def test_a_page_that_leaves_rows_out_does_not_call_the_whole_list_its_data(client, language):
    for question in ("participation=member", "chambers=1", "chambers=2&date=2025-01-01"):
        tree = parsed(client.get(f"{language}/delegations/?{question}"))
        assert tree.find(".//link[@type='application/json']") is None
        assert tree.findall(".//footer//a[@type='application/json']") == []
        assert not [a for a in tree.findall(".//main//a") if a.get("type") == "text/csv"]
    for question in ("participation=", "chambers=x", "page=1"):
        tree = parsed(client.get(f"{language}/delegations/?{question}&date=2025-01-01"))
        link = tree.find(".//link[@type='application/json']")
        assert link.get("href") == "http://testserver/api/delegations/?date=2025-01-01"


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("ru", "/ru")])
def test_one_page_leads_to_every_table(client, language, prefix):
    response = client.get(f"{prefix}/open-data/")
    found, text = links(response), main(response)
    with translation.override(language):
        for resource in TABLES.values():
            assert f"/api/{resource}.csv" in found
            assert f"/api/{resource}.xlsx" in found
            assert str(LEADING.get(resource.name, resource.title)) in text
            assert str(resource.description) in text
    assert {
        *("/api/", "/api/openapi.json", "/api/datapackage.json", "/api/popolo.json"),
        "/api/everything.zip",
        f"{prefix}/changes/",
    } <= set(found)
    assert not [address for address in found if client.get(address).status_code != 200]


def test_with_a_day_its_links_lead_to_what_was_so_on_it(client):
    found = set(links(client.get("/open-data/?date=2026-07-01")))
    assert {"/api/chambers.csv?date=2026-07-01", "/api/popolo.json?date=2026-07-01"} <= found
    assert {"/api/articles.csv", "/api/sources/"} <= found
    assert not [address for address in found if client.get(address).status_code != 200]
    misread = client.get("/open-data/?date=x")
    assert "Write a day" in main(misread)
    assert "/api/chambers.csv" in links(misread)


def test_the_machines_are_answered_in_english_whatever_the_browser_asks(client):
    response = client.get("/api/", headers={"accept-language": "ru"})
    assert "Legislatures of states." in {
        each["description"] for each in response.json()["resources"]
    }


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize("day", ["2025-01-01", "2026-07-01"])
def test_the_seats_of_a_day_are_a_table_too(client, language, day):
    tree = parsed(client.get(f"{language}/delegations/?date={day}"))
    [link] = [a for a in tree.findall(".//main//a") if a.get("type") == "text/csv"]
    assert link.get("href") == f"/api/composition.csv?date={day}"
    rows = table(client.get(link.get("href")))
    said = [(row["chamber_code"], row["seats"], row["members"], row["vacant"]) for row in rows]
    lower, upper = ("lower", "2", "1", "1"), ("upper", "1", "2", "0")
    assert said == ([lower, upper] if day < "2026-07" else [])
    assert all(row["chamber_name_en"] and row["delegation_name_en"] for row in rows)
    assert all(row["source_title_en"] == "Decision" or row["source_title_ru"] for row in rows)


def test_catalogues_and_search_engines_are_told_of_every_table(client):
    make.imprint(licence_url="https://licence.example/")
    response = client.get("/api/dcat.json")
    check("/api/dcat.json", response)
    catalog = response.json()
    assert catalog["dct:publisher"]["foaf:name"] == "Publisher"
    block = parsed(client.get("/open-data/")).find(".//script[@type='application/ld+json']").text
    [whole] = [each for each in json.loads(block)["@graph"] if each["@type"] == "Dataset"]
    assert len(whole["hasPart"]) == len(catalog["dcat:dataset"]) == len(TABLES)
    assert len(whole["description"]) > 50
    found = {
        each["dcat:downloadURL"]["@id"]
        for some in catalog["dcat:dataset"]
        for each in some["dcat:distribution"]
    }
    assert found == {
        each["contentUrl"] for part in whole["hasPart"] for each in part["distribution"]
    }
    for address in sorted(found):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    for each in (whole, *whole["hasPart"]):
        assert each["license"] == "https://licence.example/"
    for each in (catalog, *catalog["dcat:dataset"]):
        assert each["dct:license"]["@id"] == "https://licence.example/"
    Imprint.objects.update(licence_url="", name_en="")
    text = client.get("/api/dcat.json").text + client.get("/open-data/").text
    assert "dct:license" not in text
    assert '"license"' not in text
