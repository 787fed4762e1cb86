import datetime as dt
from unittest import mock

import pytest
from django.urls import reverse

from cstopa.models.codes import next_code
from cstopa.models.constraints import NoOverlap
from delegations.models import SeatAllocation
from news.models import Topic
from tests import make
from tests.cstopa.admin.rows import OF_EACH_BASE, page
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["abc", "0", "-1", "9" * 30, "_00", "1.5"])
@pytest.mark.parametrize("name", ["change", "delete", "history", "simple_history"])
def test_an_address_of_no_row_leads_nowhere(admin_client, name, key):
    for model in OF_EACH_BASE:
        opts = model._meta
        keys = [key, key] if name == "simple_history" else [key]
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=keys)
        assert admin_client.get(address).status_code in {302, 403, 404}


@pytest.mark.parametrize("forged", ["{}\n", " {}", "0{}", "+{}"])
def test_a_version_has_one_address(admin_client, forged):
    row = make.topic()
    version = row.history.get().pk
    for keys in ([row.pk, forged.format(version)], [forged.format(row.pk), version]):
        address = reverse("admin:news_topic_simple_history", args=keys)
        assert admin_client.get(address).status_code == 404
    assert admin_client.get(page(row, "simple_history", row.pk, version)).status_code == 200


DAYS = ["0001-01-01", "9999-12-31", "1899-12-31", "2026-02-30", "x", "\0"]
NUMBERS = ["0", "-1", "99999", str(10**20), "1.5", "", "x", "\0"]
KEYS = ["0", "abc", "9" * 30, "\0"]


@pytest.mark.parametrize(
    ("maker", "names", "wrong"),
    [
        (make.allocation, ["valid_from", "valid_to", "checked_on"], DAYS),
        (make.allocation, ["seats"], NUMBERS),
        (make.allocation, ["chamber", "source"], ["", *KEYS]),
        (make.article, ["delegations", "people", "topics"], [[key] for key in KEYS]),
        (make.parliament, ["name_ru"], ["x\0y", "x" * 201]),
    ],
)
def test_what_means_nothing_gets_an_error_at_its_field(admin_client, maker, names, wrong):
    address = page(maker(), "change")
    sent = filled(admin_client.get(address))
    for name in names:
        for value in wrong:
            answer = admin_client.post(address, sent | {name: value})
            assert list(errors(answer)) == [name], value


def test_a_period_that_ends_before_it_starts_gets_an_error_at_its_field(admin_client):
    row = make.allocation()
    address = page(row, "change")
    response = admin_client.post(
        address, filled(admin_client.get(address), valid_from="2021-01-02", valid_to="2021-01-01")
    )
    assert list(errors(response)) == ["valid_to"]


def test_what_another_saved_at_the_same_moment_is_an_error_at_the_field(admin_client):
    """The first check looks before the other row is there, as it would at the same moment."""
    chamber = make.chamber()
    make.allocation(chamber, seats=7, valid_from=dt.date(2020, 1, 1))
    address = page(SeatAllocation, "add")
    data = filled(
        admin_client.get(address),
        chamber=chamber.pk,
        seats=8,
        valid_from="2026-07-01",
        source=chamber.source_id,
    )
    check, seen = NoOverlap.validate, []

    def too_early(self, *args, **kwargs):
        seen.append(self)
        if len(seen) > 1:
            check(self, *args, **kwargs)

    with mock.patch.object(NoOverlap, "validate", too_early):
        response = admin_client.post(address, data)
    assert len(seen) == 2
    assert list(errors(response)) == ["valid_from"]
    assert 'value="8"' in response.content.decode()
    assert chamber.allocations.get().seats == 7


def test_whoever_saves_at_the_same_moment_as_others_gets_through(admin_client):
    """As often as others save at the same moment, the number that looks free is taken."""
    taken = [make.topic(f"ice-{number}").slug for number in range(3)]
    address = page(Topic, "add")
    data = filled(admin_client.get(address), name_en="Ice")

    def too_early(*args, **kwargs):
        return taken.pop() if taken else next_code(*args, **kwargs)

    def unseen(self, *args, **kwargs):
        pass

    with (
        mock.patch("cstopa.admin.slugs.next_code", too_early),
        mock.patch.object(Topic, "validate_unique", unseen),
    ):
        assert admin_client.post(address, data).status_code == 302
    assert not taken
    assert Topic.objects.latest("pk").slug == "ice"
