"""The law: a fact is stated once, and everything that shows it is derived from it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from delegations.models import SeatAllocation
from tests.forms import corrected, filled
from tests.reading import main

pytestmark = pytest.mark.django_db

# What each address says of Belarus's lower chamber, and what follows from it.
SAYS = {
    "/": ("11 seats: House of Representatives 7", "12 seats: House of Representatives 8"),
    "/delegations/": ("68 seats", "69 seats"),
    "/delegations/belarus/": ("11 seats: House", "12 seats: House"),
    "/parliaments/belarus/": ("7 deputies", "8 deputies"),
    "/search/?q=belarus": (
        "House of Representatives: 7 deputies",
        "House of Representatives: 8 deputies",
    ),
    "/search/?q=представителей": ("7 deputies", "8 deputies"),
    "/ru/": ("11 мест: Палата представителей 7", "12 мест: Палата представителей 8"),
    "/ru/delegations/": ("68 мест", "69 мест"),
    "/ru/delegations/belarus/": ("11 мест: Палата", "12 мест: Палата"),
    "/ru/search/?q=беларусь": ("7 депутатов", "8 депутатов"),
    "/delegations/belarus/?date=2021-05-21": ("7 deputies", "8 deputies"),
}


def test_one_row_corrected_at_the_desk_is_corrected_everywhere(client, admin_client):
    call_command("loaddata", "delegations", "news", verbosity=0)
    row = SeatAllocation.objects.get(code="belarus-house-1")
    before = {address: main(client.get(address)) for address in SAYS}

    form = reverse("admin:delegations_seatallocation_change", args=[row.pk])
    data = filled(admin_client.get(form), seats="8", **corrected())
    assert admin_client.post(form, data).status_code == 302

    for address, (old, new) in SAYS.items():
        page = main(client.get(address))
        assert old in before[address], address
        assert new not in before[address], address
        assert new in page, address
        assert old not in page, address
    assert row.history.count() == 2
