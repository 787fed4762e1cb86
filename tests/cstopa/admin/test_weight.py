"""What the forms of words weigh in a browser that has nothing yet, pictures and all."""

import pytest

from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)

BYTES, REQUESTS = 300 * 1024, 20


def moved(desk, address):
    """Return the bytes and the requests of a first visit to an address."""
    network = desk.context.new_cdp_session(desk)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    desk.goto(address)
    desk.wait_for_load_state("networkidle")
    return sum(sizes), len(sizes)


def test_the_forms_of_words_come_in_300_kilobytes_and_20_requests(desk, base_url, record_property):
    for address in (
        page(Article, "add"),
        page(make.article(source=make.source(), topics=[make.topic()]), "change"),
        page(make.page(), "change"),
    ):
        size, requests = moved(desk, base_url + address)
        record_property("weight", f"{address}: {size} bytes, {requests} requests")
        print(address, size, requests)
        assert size <= BYTES, address
        assert requests <= REQUESTS, address
    assert desk.mistakes == []
