"""How the number of queries grows with the rows: not at all."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, address):
    """Return the number of queries that an address costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def costs(client, addresses):
    """Return ``{address: queries}``, to compare before and after more rows come."""
    return {address: queries(client, address) for address in addresses}
