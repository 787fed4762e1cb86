"""One page of the desk has the facts of a delegation, as of a day, and what may become of each."""

import datetime as dt

import pytest
from django.urls import reverse

from delegations.models import Chamber, Delegation, Parliament
from tests import make
from tests.cstopa.admin.rows import page
from tests.growth import queries
from tests.news.desk import signed_in
from tests.reading import main, spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation():
    """A delegation of which there is one fact of each kind, or more."""
    parliament = make.parliament("utopia", name_en="Parliament of Utopia")
    chamber = make.chamber(parliament, valid_from="2020-01-01")
    make.allocation(chamber, seats=7, valid_from="2020-01-01", valid_to="2026-12-31")
    make.allocation(chamber, seats=9, valid_from="2027-01-01")
    make.membership(make.person("ann-example"), chamber, valid_from="2020-01-01")
    make.role(make.person("bob-example"), parliament=parliament, valid_from="2020-01-01")
    make.participation(parliament, valid_from="2020-01-01")
    make.roster(chamber, valid_from="2020-01-01")
    make.name(parliament, "Diet of Utopia", valid_from="2025-01-01")
    make.name(chamber, "Hall", valid_from="2025-01-01")
    return Delegation.objects.get(pk=parliament.pk)


def sections(client, delegation, **query):
    """Return ``{kind: lines}`` of the page."""
    answer = client.get(page(delegation, "change"), query)
    assert answer.status_code == 200
    return {each.key: each.lines for each in answer.context["sections"]}


def test_it_has_every_kind_as_of_the_day(editor, delegation):
    found = sections(editor, delegation, date="2026-03-01")
    words = [spaced(each.words) for each in found["allocation"]]
    assert words == ["Hall, 7 deputies", "Hall, 9 deputies"]
    assert [each.is_later for each in found["allocation"]] == [False, True]
    assert [each.words for each in found["role"]] == ["Bob Example, Head of the delegation"]
    assert all(found[kind] for kind in found.keys() - {"office"})
    assert found["office"] == []
    shown = main(editor.get(page(delegation, "change"), {"date": "2026-03-01"}))
    assert "7 deputies; 1 of 7 seats filled, 6 vacant" in shown
    assert not sections(editor, delegation, date="2019-12-31")["membership"][0].fact.covers(
        dt.date(2019, 12, 31)
    )


def test_a_day_that_is_none_is_told(editor, delegation):
    answer = editor.get(page(delegation, "change"), {"date": "2026-13-01"})
    assert answer.context["form"].errors["date"]


def test_what_may_become_of_a_fact_is_for_who_keeps_them(delegation):
    for group, may in (("Keeper of facts", True), ("Writer", False)):
        client = signed_in(group, group)
        answer = client.get(page(delegation, "change"))
        lines = [line for section in answer.context["sections"] for line in section.lines]
        assert {bool(line.answers) for line in lines} == {may}
        begun = [each.begun for each in answer.context["sections"]]
        assert any(begun) == may
        for address, _words in [each for line in lines for each in line.answers]:
            assert client.get(address).status_code == 200, address
        for address, _words in [each for some in begun for each in some]:
            assert client.get(address).status_code == 200, address
    assert signed_in("nobody").get(page(delegation, "change")).status_code == 403


def test_nothing_is_sent_to_it(editor, delegation):
    assert editor.post(page(delegation, "change"), {"seats": 1}).status_code == 403


def test_one_that_is_not_there_leads_to_the_desk(editor):
    address = reverse("admin:delegations_delegation_change", args=[77])
    assert editor.get(address).headers["Location"] == reverse("admin:index")


def test_its_queries_do_not_grow_with_the_facts(editor, delegation):
    address = page(delegation, "change")
    before = queries(editor, address)
    chamber = make.chamber(Parliament.objects.get(), name_en="Senate", valid_from="2020-01-01")
    for each in (Chamber.objects.first(), chamber):
        make.membership(chamber_=each, valid_from="2020-01-01")
        make.name(each, "Another", valid_from="2000-01-01", valid_to="2001-01-01")
    assert queries(editor, address) <= before
