"""What the forms of words weigh in a browser that has nothing yet, pictures and all."""

import pytest

from delegations.models import Membership
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)

BYTES, REQUESTS = 300 * 1024, 20
BYTES_OF_FACTS = 150 * 1024


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


def test_the_forms_of_facts_come_in_150_kilobytes(desk, base_url):
    chamber = make.allocation().chamber
    for address in (
        page(Membership, "add"),
        page(chamber, "change"),
        page(chamber.parliament, "change"),
    ):
        size, _requests = moved(desk, base_url + address)
        assert size <= BYTES_OF_FACTS, address
    assert desk.mistakes == []
