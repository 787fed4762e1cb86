"""A month and a year are kept as they were typed, whichever way a row comes in."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from delegations.models import Membership, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.records import HOUSE, SEATS, SOURCE, UTOPIA, changed, load

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2005, 3, 1), dt.date(2006, 12, 31)
KNOWN = ("2005-03", FIRST, "2006", LAST)


def known(row):
    return str(row.start), row.valid_from, str(row.end), row.valid_to


@pytest.mark.parametrize("start", ["March 2005", "март 2005", "03.2005", "2005-03"])
def test_the_desk_keeps_a_month_and_a_year(admin_client, start):
    address, chamber = page(Membership, "add"), make.chamber()
    typed = {"person": make.person().pk, "chamber": chamber.pk, "source": make.source().pk}
    form = filled(admin_client.get(address), valid_from=start, valid_to="2006", **typed)
    assert admin_client.post(address, form).status_code == 302
    row = Membership.objects.get()
    assert known(row) == KNOWN
    address = page(row, "change")
    # Saved again it is as it was, and nobody is asked what happened.
    assert admin_client.post(address, filled(admin_client.get(address))).status_code == 302
    assert known(Membership.objects.get()) == KNOWN


def test_fixtures_keep_a_month_and_a_year(tmp_path):
    load(SOURCE, UTOPIA, HOUSE, changed(SEATS, valid_from="2005-03", valid_to="2006"))
    row = SeatAllocation.objects.get()
    assert known(row) == KNOWN
    file = tmp_path / "rows.json"
    dumped = "delegations.seatallocation"
    options = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True}
    call_command("dumpdata", dumped, output=str(file), **options)
    (record,) = json.loads(file.read_text())
    assert (record["fields"]["valid_from"], record["fields"]["valid_to"]) == ("2005-03", "2006")
    call_command("loaddata", str(file), verbosity=0)
    assert (known(SeatAllocation.objects.get()), row.history.count()) == (KNOWN, 1)


def test_tables_keep_a_month_and_a_year(tmp_path):
    row = make.membership()
    file = tmp_path / "rows.csv"
    file.write_text(f"code,valid_from,valid_to\n{row.code},март 2005,2006\n", encoding="utf-8")
    for _again in range(2):
        call_command("import_rows", "delegations.membership", str(file))
        assert known(Membership.objects.get()) == KNOWN
    assert row.history.count() == 2
