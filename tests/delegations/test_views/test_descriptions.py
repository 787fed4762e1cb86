"""What a search engine shows below the name of a page is what the page says."""

import pytest

from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db


def description(client, address):
    return parsed(client.get(address)).find(".//meta[@name='description']").get("content")


def test_a_description_says_what_is_on_the_page(client, belarus):
    make.allocation(make.chamber(belarus), 7)
    make.parliament("armenia", state_en="Armenia")
    ann = make.person("ann-a")
    nobody = "Ann A: offices and seats in the Assembly, each with its period and its source."
    assert description(client, "/people/ann-a/") == nobody
    make.office(ann, "representative", parliament=belarus)
    make.office(ann, "chairman")
    said = description(client, "/people/ann-a/")
    assert said.startswith("Ann A: ")
    assert "Plenipotentiary representative, National Assembly" in said
    assert said.count(";") == 1
    assert "<" not in said
    assert description(client, "/delegations/").endswith("Armenia: not recorded; Belarus: 7.")
    assert description(client, "/news/") == "The news of the Assembly, the latest first."
    make.article(headline_en="Laws & more")
    assert description(client, "/news/").endswith("the latest first. Laws & more.")
