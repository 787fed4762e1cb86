"""Further sources, in the form of each kind of fact and in a list of their own."""

import pytest
from django.urls import reverse

from delegations.models import FurtherSource, SeatAllocation
from delegations.models.facts import fact_models
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.forms import errors, filled
from tests.growth import costs

pytestmark = pytest.mark.django_db

OTHER = {"differs": "on", "says_en": "6 deputies", "why_en": "It is later."}


def save(client, row, number=0, **values):
    address = page(row, "change")
    data = filled(client.get(address))
    data |= {f"further_sources-{number}-{name}": value for name, value in values.items()}
    return client.post(address, data | {"further_sources-TOTAL_FORMS": number + 1})


@pytest.mark.parametrize("name", fact_models())
def test_each_kind_of_fact_has_further_sources(admin_client, name):
    row = everything()[fact_models()[name]]
    number = row.further_sources.count()
    source = make.source()
    values = {"source": source.pk, "checked_on": "2026-01-01", **OTHER}
    assert save(admin_client, row, number, **values).status_code == 302
    added = row.further_sources.get(source=source)
    assert (added.differs, added.says_en, added.fact) == (True, "6 deputies", row)
    assert row.history.count() == 1


MISTAKES = [
    ({"differs": "on"}, {"says_en", "why_en"}),
    ({**OTHER, "says_en": ""}, {"says_en"}),
    ({"source": "", "checked_on": "2026-01-01"}, {"source"}),
    ({"source": "abc"}, {"source"}),
    ({"source": "9" * 40}, {"source"}),
    ({"checked_on": "9999-12-31"}, {"checked_on"}),
    ({**OTHER, "says_en": "x" * 301}, {"says_en"}),
]


def test_a_mistake_is_told_at_its_field(admin_client):
    row, source = make.allocation(), make.source().pk
    for values, places in MISTAKES:
        found = errors(save(admin_client, row, **{"source": source, **values}))
        assert set(found) == {f"further_sources-0-{place}" for place in places}, values
    in_russian = {**OTHER, "why_en": "", "why_ru": "Позже."}
    assert save(admin_client, row, source=source, **in_russian).status_code == 302


def test_a_list_finds_the_facts_of_which_sources_differ(admin_client):
    agreed, disputed = make.allocation(), make.allocation()
    make.further_source(allocation=agreed)
    for _each in range(2):
        make.further_source(allocation=disputed, differs=True, says_en="6", why_en="Later.")
    address = page(SeatAllocation, "changelist")
    found = admin_client.get(address, {"sources": "differ"}).context["cl"].result_list
    assert list(found) == [disputed]
    for forged in ("", "x", "\0"):
        answer = admin_client.get(address, {"sources": forged})
        assert len(answer.context["cl"].result_list) == 2
    action = {"action": "delete_selected", "_selected_action": disputed.pk, "post": "yes"}
    admin_client.post(f"{address}?sources=differ", action)
    assert SeatAllocation.objects.get() == agreed


def test_the_list_of_all_names_each_fact_and_costs_the_same(admin_client):
    rows = everything()
    for name, model in fact_models().items():
        make.further_source(**{name: rows[model]})
    address = page(FurtherSource, "changelist")
    costs(admin_client, [address])
    before = costs(admin_client, [address])
    for name, model in fact_models().items():
        make.further_source(**{name: rows[model]})
        shown = admin_client.get(address).content.decode()
        assert f'href="{page(rows[model], "change")}"' in shown
    assert costs(admin_client, [address]) == before


def test_a_source_that_is_one_more_is_not_deleted(admin_client):
    row = make.further_source(allocation=make.allocation())
    answer = admin_client.post(page(row.source, "delete"), {"post": "yes"})
    assert page(row, "change") in answer.content.decode()
    assert FurtherSource.objects.exists()
    assert admin_client.get(reverse("admin:delegations_furthersource_add")).status_code == 403
