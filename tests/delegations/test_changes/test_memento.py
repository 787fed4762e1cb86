"""A client of RFC 7089 finds the version of a page before a moment."""

import datetime as dt
import re

import pytest
from django.utils.http import http_date

from delegations.changes.models import LogEntry
from tests import make
from tests.delegations.test_changes.test_log import save
from tests.reading import main

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
PAGES = ["/delegations/belarus/", "/ru/delegations/belarus/", "/delegations/", "/ru/delegations/"]


def links(text):
    """Return ``{relation: [(address, moment)]}`` of links as RFC 8288 writes them."""
    found = {}
    for address, rest in re.findall(r"<([^>]*)>((?:;\s*\w+=\"[^\"]*\")+)", text):
        named = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        for rel in named["rel"].split():
            found.setdefault(rel, []).append((address.removeprefix(HOST), named.get("datetime")))
    return found


@pytest.fixture
def moments(clock):
    """Record a delegation, and correct it twice, a day apart."""
    house = make.chamber(make.parliament("belarus", name_ru="Собрание"), name_en="House")
    allocation = make.allocation(house, 7)
    moments = [dt.datetime(2026, 5, 5, 9, tzinfo=dt.UTC)]
    for seats in (8, 9):
        clock.shift(dt.timedelta(days=1))
        save(allocation, seats=seats)
        moments.append(moments[-1] + dt.timedelta(days=1))
    clock.shift(3600)
    return moments


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_its_version_before_a_moment(client, moments, page):
    original = client.get(page)
    assert "accept-datetime" not in original.headers.get("Vary", "").lower()
    [(gate, _none)] = links(original["Link"])["timegate"]
    hour = dt.timedelta(hours=1)
    for moment, seats in [
        (moments[0], 7),
        (moments[1] - hour, 7),
        (moments[1] + hour, 8),
        (moments[2] + 1000 * hour, 9),
        (moments[0] - 1000 * hour, 7),
        (None, 9),
    ]:
        headers = {"accept-datetime": http_date(moment.timestamp())} if moment else {}
        led = client.get(gate, headers=headers)
        assert led.status_code == 302
        assert led["Vary"] == "accept-datetime"
        assert links(led["Link"])["original"] == [(page, None)]
        version = client.get(led["Location"].removeprefix(HOST))
        assert re.search(f"{seats} (deputies|депутатов)", main(version))
        assert links(version["Link"])["original"] == [(page, None)]
        assert links(version["Link"])["timegate"] == [(gate, None)]
        assert "accept-datetime" not in version.headers.get("Vary", "").lower()
        told = dt.datetime.strptime(version["Memento-Datetime"], "%a, %d %b %Y %H:%M:%S GMT")
        assert told.replace(tzinfo=dt.UTC) <= max(moment or moments[2] + hour, moments[0])


def test_a_version_has_neighbours_and_a_page_of_today_is_no_memento(client, moments):
    [(gate, _none)] = links(client.get(PAGES[0])["Link"])["timegate"]
    led = client.get(gate, headers={"accept-datetime": http_date(moments[1].timestamp())})
    version = client.get(led["Location"].removeprefix(HOST))
    assert version["Memento-Datetime"] == http_date(moments[1].timestamp())
    around = links(version["Link"])
    assert around["next"] == around["last"]
    assert around["last"][0][1] == http_date(moments[2].timestamp())
    assert around["first"][0][1] == around["prev"][0][1] == http_date(moments[0].timestamp())
    for address in ("/delegations/belarus/", "/delegations/belarus/changes/on-record/"):
        assert "Memento-Datetime" not in client.get(address).headers


def test_the_map_names_every_version_page_by_page(client, moments, monkeypatch):
    make.participation(make.parliament("armenia"))
    [(address, _none)] = links(client.get(PAGES[0])["Link"])["timemap"]
    response = client.get(address)
    assert response["Content-Type"] == "application/link-format"
    whole = links(response.text)
    assert whole["self"] == [(address, None)]
    assert [moment for _address, moment in whole["memento"]] == [
        http_date(each.timestamp()) for each in moments
    ]
    for version, moment in whole["memento"]:
        assert client.get(version)["Memento-Datetime"] == moment
    monkeypatch.setattr("delegations.changes.memento.SIZE", LogEntry.objects.count() // 3)
    found, pages = [], [address]
    for page in pages:
        part = links(client.get(page).text)
        found += part.get("memento", [])
        pages += [other for other, _none in part.get("timemap", []) if other not in pages]
    assert len(pages) > 2
    assert {*whole["memento"]} <= {*found}


@pytest.mark.parametrize("asked", ["x", "2026-05-05", "Thu, 99 Nov 2026 09:00:00 GMT", "0"])
def test_a_moment_that_is_misread_is_refused(client, moments, asked):
    response = client.get("/timegate/delegations/", headers={"accept-datetime": asked})
    assert response.status_code == 400
    assert response["Vary"] == "accept-datetime"


def test_what_never_was_has_no_versions(client):
    for kind in ("timegate", "timemap"):
        assert client.get(f"/{kind}/delegations/never/").status_code == 404
    assert client.get("/timegate/delegations/").status_code == 302
    assert client.get("/timemap/delegations/").status_code == 200
