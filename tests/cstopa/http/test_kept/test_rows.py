"""What is read for many pages is read once, and again as soon as anything is written."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cstopa.http.kept.rows import each_until_written, until_written
from delegations.models import Parliament, ParliamentName
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slugs():
    """Return a function that is kept, and what it was asked."""
    asked = []

    @until_written(size=2)
    def slugs(start=""):
        asked.append(start)
        return [*Parliament.objects.filter(slug__startswith=start).values_list("slug", flat=True)]

    return slugs, asked


def test_it_is_read_once_until_something_is_written(slugs):
    read, asked = slugs
    make.parliament("belarus")
    assert read() == read() == ["belarus"]
    assert asked == [""]
    make.parliament("armenia")
    assert read() == ["armenia", "belarus"]
    Parliament.objects.filter(slug="armenia").update(slug="utopia")
    assert read() == ["belarus", "utopia"]
    assert asked == [""] * 3


def test_within_a_transaction_that_has_written_it_is_read_each_time(slugs):
    read, asked = slugs
    make.parliament("belarus")
    with transaction.atomic():
        make.parliament("armenia")
        assert read() == read() == ["armenia", "belarus"]
        transaction.set_rollback(True)
    assert read() == read() == ["belarus"]
    assert asked == [""] * 3


def test_as_many_are_kept_as_it_says(slugs):
    read, asked = slugs
    make.parliament("belarus")
    for start in ("a", "b", "a", "c", "a", "b"):
        assert read(start) == (["belarus"] if start == "b" else [])
    assert asked == ["a", "b", "c", "b"]


def cost(client, address):
    with CaptureQueriesContext(connection) as captured:
        text = client.get(address).text
    return len(captured), text


def test_pages_of_facts_share_what_they_read_and_show_each_change(client):
    # Who has a session is shown a page made anew.
    client.cookies["sessionid"] = "x"
    belarus = make.parliament("belarus")
    house = make.chamber(belarus)
    allocation = make.allocation(house, 7)
    role = make.role(make.person("ann-a", family_name_ru="А"), parliament=belarus)
    make.membership(make.person("bob-b"), house)
    pages = ["/", "/delegations/", "/delegations/belarus/", "/people/ann-a/"]
    first = {page: cost(client, page) for page in pages}
    for page in pages:
        queries, text = cost(client, page)
        assert queries < first[page][0], page
        assert text == first[page][1], page
    for page in pages[:3]:
        assert re.search(r"7\s(seats|deputies)", client.get(page).text)
    allocation.seats = 8
    allocation.save()
    for page in pages[:3]:
        assert re.search(r"8\s(seats|deputies)", client.get(page).text)
    role.kind = "alternate"
    role.save()
    for page in pages[2:]:
        assert "Alternate member of the delegation" in client.get(page).text
    assert "Альтернативный" not in client.get("/delegations/belarus/").text
    ParliamentName.objects.bulk_create(
        [ParliamentName(code="new", parliament=belarus, name_en="Sejm", source=role.source)]
    )
    for page in pages:
        assert "Sejm" in client.get(page).text
    assert "Sejm" in client.get("/ru/delegations/belarus/?date=2021-05-21").text


def test_of_many_keys_those_are_read_that_are_not_kept():
    asked = []

    @each_until_written(size=2)
    def names(keys, language):
        asked.append(keys)
        return {row.pk: row.slug for row in Parliament.objects.filter(pk__in=keys)}

    one, two, three = (make.parliament(name).pk for name in ("belarus", "armenia", "utopia"))
    assert names([one, two], "en") == {one: "belarus", two: "armenia"}
    assert names([two, one, 0], "en") == {one: "belarus", two: "armenia"}
    assert names([two, three], "en") == {two: "armenia", three: "utopia"}
    assert names([two], "ru") == {two: "armenia"}
    # Two are kept, and the last ones that were asked for.
    assert names([one, three], "en") == {one: "belarus", three: "utopia"}
    assert asked == [[one, two], [0], [three], [two], [one]]
    Parliament.objects.filter(pk=three).update(slug="elsewhere")
    assert names([three], "en") == {three: "elsewhere"}
