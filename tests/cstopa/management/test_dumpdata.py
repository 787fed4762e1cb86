"""``dumpdata`` by natural keys dumps what ``loaddata`` loads: rows, and no versions."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests import make

pytestmark = pytest.mark.django_db


def dumped(*labels, **options):
    out = StringIO()
    call_command("dumpdata", *labels, stdout=out, **options)
    return {record["model"] for record in json.loads(out.getvalue())}


@pytest.fixture(autouse=True)
def _parliament():
    make.parliament()


def test_versions_are_left_out_with_natural_keys():
    assert dumped("delegations", natural_primary=True) == {"delegations.parliament"}
    assert dumped(natural_primary=True, exclude=["auth", "contenttypes"]) >= {
        "delegations.parliament"
    }
    assert not {each for each in dumped(natural_primary=True) if "historical" in each}


def test_versions_are_dumped_where_they_are_named_or_have_their_keys():
    everything = {"delegations.parliament", "delegations.historicalparliament"}
    assert dumped("delegations") == everything
    assert dumped(*everything, natural_primary=True) == everything
