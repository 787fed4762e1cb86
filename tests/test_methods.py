"""One way of asking for every public address: whatever makes it, it is read."""

import pytest

from tests import site
from tests.public import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    site.fill()


@pytest.mark.parametrize(
    ("number", "method"), [*enumerate(["options", "post", "put", "patch", "delete"])]
)
def test_every_public_address_is_read_and_names_its_methods(client, number, method):
    for place, (name, some) in enumerate(addresses().items(), number):
        if name == "set_language":
            continue
        # The languages have their turn.
        address = sorted(some)[place % len(some)]
        response = getattr(client, method)(address)
        if "Access-Control-Allow-Origin" in response:
            # Data, which the pages of other sites ask first what they may.
            assert response.status_code == (204 if method == "options" else 405), address
            assert response["Allow"] == "GET, HEAD, OPTIONS"
        else:
            assert response.status_code == 405, address
            assert response["Allow"] == "GET, HEAD"


def test_a_page_answers_head_as_it_answers_get(client):
    for name, some in addresses().items():
        address = min(some)
        response = client.head(address)
        assert response.content == b"", address
        others = {"set_language": 302, "favicon": 302, "delegations:oembed-json": 400}
        others |= {f"delegations:{name}timegate": 302 for name in ("", "delegation-")}
        assert response.status_code == others.get(name, 200)
