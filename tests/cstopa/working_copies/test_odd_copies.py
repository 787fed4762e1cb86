"""Nothing odd in a working copy is an error."""

import json

import pytest
from django.urls import reverse

from cstopa.working_copies.models import WorkingCopy
from tests import make
from tests.cstopa.working_copies.test_keeping import opened, pulse, pulse_of, take_up, text
from tests.forms import filled

pytestmark = pytest.mark.django_db


BAD = [
    "\0",
    "\ud800".encode("utf-8", "surrogatepass"),
    "x" * 300_000,
    "9" * 500,
    "٣",
    "-1",
    "'",
    "{",
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_nothing_odd_that_is_sent_is_an_error(admin_client, article, bad):
    good = filled(opened(admin_client, article), working_copy_step=1)
    names = (
        "working_copy",
        "working_copy_step",
        "working_copy_account",
        "seen_version",
        "body_en",
        "ö",
    )
    for step, name in enumerate(names, 2):
        sent = good | {"working_copy_step": step, name: bad}
        assert admin_client.post(pulse_of(article), sent).status_code in {200, 400, 409}, name
    for copy in WorkingCopy.objects.with_words():
        assert json.loads(copy.fields)
        assert take_up(admin_client, article).status_code == 200
        address = f"{reverse('admin:unsaved-texts')}?working_copy={copy.token}"
        assert admin_client.get(address).status_code == 200
    assert admin_client.get(pulse_of(article), {"apart_from": bad}).status_code == 200
    broken = good | {"working_copy_step": 90, "topics": "x"}
    assert admin_client.post(pulse_of(article), broken).status_code == 200
    assert take_up(admin_client, article).status_code == 200
    for key in ("0", "x" * 300, "9" * 400, "a%00"):
        address = pulse_of(article).replace(f"/{article.pk}/", f"/{key}/")
        assert admin_client.post(address, good).status_code in {400, 403}
        assert admin_client.get(address).status_code in {200, 404}
    assert admin_client.put(pulse_of(article)).status_code == 405


def test_the_formset_of_a_copy_may_be_broken(admin_client):
    chamber = make.allocation().chamber
    form = opened(admin_client, chamber)
    for step, broken in enumerate(
        (
            {"allocations-TOTAL_FORMS": "x"},
            {"allocations-INITIAL_FORMS": "9"},
            {"allocations-0-id": "y"},
        ),
        2,
    ):
        assert pulse(admin_client, chamber, form, step=step, **broken).status_code == 200
        assert take_up(admin_client, chamber).status_code == 200


def test_a_row_inside_that_was_deleted_since_is_told(admin_client):
    row = make.allocation(seats=7)
    chamber = row.chamber
    pulse(admin_client, chamber, opened(admin_client, chamber), step=2, name_en="Renamed")
    row.delete()
    shown = take_up(admin_client, chamber)
    assert filled(shown)["name_en"] == "Renamed"
    assert "deleted" in text(shown)
