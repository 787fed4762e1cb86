"""How the log answers machines: what is not there, what cannot be done, and what they alone may ask."""

import pytest

from tests import make
from tests.delegations.test_changes.test_log import save

pytestmark = pytest.mark.django_db

DATA = ["changes.json", "changes.csv", "on-record.json"]


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("form", DATA)
def test_what_is_not_there_is_a_problem_and_no_page(client, prefix, form):
    make.parliament("gone").delete()
    renamed = make.parliament("old")
    save(renamed, slug="new")
    for slug, status in (("never", 404), ("gone", 410)):
        response = client.get(f"{prefix}/delegations/{slug}/changes/{form}")
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["status"] == status
        assert response.json()["detail"]
        page = client.get(f"{prefix}/delegations/{slug}/changes/")
        assert page.status_code == status
        assert page["Content-Type"].startswith("text/html")
    moved = client.get(f"{prefix}/delegations/old/changes/{form}?date=x")
    assert moved.status_code == 301
    assert moved["Access-Control-Allow-Origin"] == "*"
    assert moved.url == f"{prefix}/delegations/new/changes/{form}?date=x"


@pytest.mark.parametrize("log", ["/changes/", "/delegations/belarus/changes/"])
def test_the_data_alone_is_asked_for_replaced_sources(client, log):
    row = make.allocation(make.chamber(make.parliament("belarus")))
    save(row, source=make.source())
    save(row, seats=6)
    [entry] = client.get(f"{log}changes.json?change=evidence").json()["entries"]
    assert (entry["code"], entry["change"]) == (row.code, "evidence")
    _header, line, *others = client.get(f"{log}changes.csv?change=evidence").text.splitlines()
    assert "Source or check" in line
    assert others == []
    for form in DATA[:2]:
        assert client.get(f"{log}{form}?change=").status_code == 400
        assert client.get(f"{log}{form}?change=x").status_code == 400
    assert "Choose one of the list." in client.get(f"{log}?change=evidence").text


@pytest.mark.parametrize("log", ["/ru/changes/", "/ru/delegations/belarus/changes/"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_table_is_the_same_in_parts(client, monkeypatch, log, whole):
    belarus = make.parliament("belarus")
    for number in range(3):
        save(make.allocation(make.chamber(belarus)), seats=number + 1)
    at_once = client.get(f"{log}changes.csv").text
    assert len(at_once.splitlines()) > 7
    for size in (1, 2, 7):
        monkeypatch.setattr("delegations.changes.table.PART", size)
        if not whole:
            # Sent as it is made, when the request is over.
            monkeypatch.setattr("cstopa.opendata.responses.WHOLE", 10)
        response = client.get(f"{log}changes.csv")
        assert response.streaming is not whole
        assert response.getvalue().decode() == at_once


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("log", ["/changes/", "/delegations/belarus/changes/"])
def test_a_feed_is_read_and_not_written(client, log, method):
    make.parliament("belarus")
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(f"{log}feed.atom")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert client.head(f"{log}feed.atom").status_code == 200
