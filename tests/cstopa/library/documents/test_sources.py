"""The file of a source, which readers take along."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents.test_references import links
from tests.forms import filled

pytestmark = pytest.mark.django_db


def test_a_keeper_of_facts_gives_a_source_its_file(client, sign_in):
    document, source = make.document(title_en="On bread"), make.source()
    keeper = sign_in("Keeper of facts")
    address = page(source, "change")
    assert not document.is_public
    assert (
        keeper.post(address, filled(keeper.get(address), document=document.pk)).status_code == 302
    )
    source.refresh_from_db()
    assert source.document == document
    assert document.is_public
    assert page(source, "change") in keeper.get(page(document, "change")).content.decode()
    client.logout()
    article = make.article(source=source)
    link = (document.get_absolute_url(), "On bread")
    for row in (source, article):
        assert links(client.get(row.get_absolute_url())) == [link]


# What is read once for many pages is read so of what is on record.
@pytest.mark.django_db(transaction=True)
def test_many_sources_cost_the_queries_of_one(client):
    counts = []
    parliament = make.parliament()
    for number in (1, 3):
        for _each in range(number):
            make.chamber(parliament, source=make.source(document=make.document()))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(parliament.get_absolute_url())
        assert len(links(answer)) == number + (number == 3)
        counts.append(len(queries))
    assert counts[0] == counts[1]
