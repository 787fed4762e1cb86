"""One way of asking for every public address: whatever makes it, it is read."""

import pytest

from tests import site
from tests.public import addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["options", "post", "put", "delete"])
def test_every_public_address_is_read_and_names_its_methods(client, method):
    site.fill()
    for name, some in addresses().items():
        if name == "set_language":
            continue
        for address in some:
            response = getattr(client, method)(address)
            if "Access-Control-Allow-Origin" in response:
                # Data, which the pages of other sites ask first what they may.
                assert response.status_code == (204 if method == "options" else 405), address
                assert response["Allow"] == "GET, HEAD, OPTIONS"
            else:
                assert response.status_code == 405, address
                assert response["Allow"] == "GET, HEAD"


def test_a_page_answers_head_as_it_answers_get(client):
    site.fill()
    for address in ("/", "/news/", "/delegations/belarus/", "/search/?q=a"):
        response = client.head(address)
        assert (response.status_code, response.content) == (200, b"")
