"""What the rows say of themselves."""

import pytest
from django.utils import translation

from delegations.models import Delegation
from tests import make
from tests.reading import spaced

pytestmark = pytest.mark.django_db


def test_every_fact_leads_to_its_place_on_a_page(client):
    parliament = make.parliament("belarus")
    chamber = make.chamber(parliament)
    person = make.person("viktor-kogut")
    for fact in [
        chamber,
        make.allocation(chamber),
        make.participation(parliament),
        make.membership(person, chamber),
        make.office(person, "representative", parliament=parliament),
    ]:
        address, _, anchor = fact.get_absolute_url().partition("#")
        assert anchor == fact.code
        assert f'id="{anchor}"' in client.get(address).content.decode()


def test_a_delegation_has_no_row_to_save():
    parliament = make.parliament("belarus")
    delegation = Delegation.objects.get(slug="belarus")
    with pytest.raises(TypeError, match="parliament"):
        delegation.save()
    assert delegation.pk == parliament.pk
    assert delegation.get_absolute_url() == "/delegations/belarus/"
    assert parliament.get_absolute_url() == "/parliaments/belarus/"


@pytest.mark.parametrize(
    ("title", "seats", "words"),
    [
        ("deputy", 1, "1 deputy"),
        ("deputy", 7, "7 deputies"),
        ("member", 1, "1 member"),
        ("member", 12, "12 members"),
    ],
)
def test_seats_in_words(title, seats, words):
    assert spaced(make.chamber(member_title=title).counted(seats)) == words


@pytest.mark.parametrize(
    ("title", "seats", "words"),
    [
        ("deputy", 1, "1 депутат"),
        ("deputy", 4, "4 депутата"),
        ("deputy", 7, "7 депутатов"),
        ("deputy", 21, "21 депутат"),
        ("member", 12, "12 членов"),
        ("member", 22, "22 члена"),
    ],
)
def test_seats_in_russian(title, seats, words):
    with translation.override("ru"):
        assert spaced(make.chamber(member_title=title).counted(seats)) == words
