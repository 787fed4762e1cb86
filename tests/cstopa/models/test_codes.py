"""Codes and slugs."""

import pytest
from django.db import IntegrityError, transaction

from cstopa.models.codes import next_code, transliterated
from delegations.models import Membership, Person, SeatAllocation
from tests import make, records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("CSTO PA: the news of May", "csto-pa-the-news-of-may"),
        ("Ёлка и Щука, съезд", "elka-i-shchuka-sieezd"),
        ("Виктор Когут", "viktor-kogut"),
        ("Café Zürich", "cafe-zurich"),
        ("й", "i"),
        ("—!", ""),
        ("", ""),
    ],
)
def test_transliterated(words, slug):
    assert transliterated(words) == slug


def test_a_long_slug_is_cut_between_words():
    assert transliterated("word " * 30, length=22) == "word-word-word-word"
    assert transliterated("w" * 30, length=22) == "w" * 22


def test_a_code_is_made_where_nobody_gave_one():
    parliament = make.parliament("belarus")
    chamber = make.chamber(parliament, code="belarus-house", house="lower")
    assert make.chamber(parliament, house="upper").code == "belarus-upper-1"
    assert make.allocation(chamber, valid_to="2020-12-31").code == "belarus-house-1"
    assert make.allocation(chamber, valid_from="2021-01-01").code == "belarus-house-2"
    person = make.person("ann-example")
    assert make.membership(person, chamber).code == "belarus-house-ann-example-1"
    assert make.participation(parliament).code == "belarus-participation-1"
    representative = make.office(person, "representative", parliament=parliament)
    assert representative.code == "belarus-representative-1"
    assert make.office(person, "executive_secretary").code == "executive-secretary-1"
    assert make.source(title_en="Постановление").code == "postanovlenie-1"


def test_a_code_is_never_reused():
    chamber = make.chamber(code="house")
    first = make.allocation(chamber)
    assert first.code == "house-1"
    first.delete()
    assert make.allocation(chamber).code == "house-2"


def test_a_code_that_was_given_is_never_reused():
    make.source(code="decision").delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.source(code="decision")
    [line] = records.complaints(records.SOURCE)
    assert "used before" in line


def test_a_row_with_a_page_keeps_its_code_when_its_slug_changes():
    person = make.person("ann-example")
    assert person.code == "ann-example"
    person.slug = "ann-other"
    person.save()
    assert person.code == "ann-example"
    # Another person takes the slug over, and no code.
    assert make.person("ann-example").code == "ann-example-2"


def test_loaddata_changes_no_code():
    records.load(records.UTOPIA)
    [line] = records.complaints(records.changed(records.UTOPIA, code="elsewhere"))
    assert "A code never changes" in line


def test_a_code_stays_when_the_row_changes():
    row = make.allocation()
    code = row.code
    row.seats = 8
    row.save()
    assert SeatAllocation.objects.get().code == code


def test_a_code_that_looks_like_another_stem_is_not_counted():
    chamber = make.chamber(code="house")
    make.allocation(make.chamber(code="other"), code="house-x-9")
    make.allocation(make.chamber(code="third"), code="house-12")
    assert make.allocation(chamber).code == "house-13"


def test_a_code_fits_its_column_whatever_it_is_made_of():
    chamber = make.chamber(code="c" * 120)
    rows = [
        make.membership(make.person("p" * 100, family_name_en="P", given_name_en=""), chamber),
        make.allocation(chamber, valid_to="2020-12-31"),
        make.allocation(chamber, valid_from="2021-01-01"),
    ]
    assert [row.code for row in rows] == [f"{'c' * 115}-{number}" for number in (1, 1, 2)]
    for model in (Membership, SeatAllocation):
        for row in model.objects.all():
            row.full_clean()


def test_a_slug_fits_its_column_whatever_is_taken():
    length = Person._meta.get_field("slug").max_length
    taken = []
    for _each in range(11):
        taken.append(next_code(Person, "p" * length, taken, numbered=False, field="slug"))
    start = "p" * (length - 5)
    assert taken == ["p" * length, *(f"{start}-{number}" for number in range(1, 11))]
