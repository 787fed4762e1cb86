"""The order of names in each language, whichever way they came into the database."""

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from cstopa.models.sorting import sort_key
from delegations.models import Person
from tests import make

pytestmark = pytest.mark.django_db


def ordered(language):
    with translation.override(language):
        return [person.slug for person in Person.objects.by_family_name()]


def test_a_name_in_one_script_alone_stands_where_its_transliteration_does():
    names = {
        "abaev": {"family_name_en": "Zorro", "family_name_ru": "Абаев"},
        "carter": {"family_name_en": "Carter"},
        "schukin": {"family_name_en": "", "family_name_ru": "Щукин"},
        "tsoi": {"family_name_en": "Tsoi"},
        "eelin": {"family_name_en": "Yelin", "family_name_ru": "Ёлин"},
        "zhukov": {"family_name_en": "", "family_name_ru": "Жуков"},
        "emil": {"family_name_en": "Émil"},
    }
    for slug, name in names.items():
        make.person(slug, given_name_en="", **name)
    assert ordered("en") == ["carter", "emil", "schukin", "tsoi", "eelin", "zhukov", "abaev"]
    assert ordered("ru") == ["abaev", "eelin", "emil", "zhukov", "carter", "tsoi", "schukin"]


def test_of_one_family_name_the_given_name_decides_and_a_longer_family_name_comes_later():
    for slug, family, given in (
        ("c", "De Boer", "Ann"),
        ("b", "De", "Bob"),
        ("d", "De-Witt", "Ann"),
        ("a", "DE", "ann"),
        ("e", "Dea", "A"),
    ):
        make.person(slug, family_name_en=family, given_name_en=given)
    assert ordered("en") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("Ёлкин", "ru", "елкин"),
        ("Қасымов", "ru", "касымов"),
        ("Kasymov", "ru", "касымов"),
        ("Shcherbakov", "ru", "щербаков"),
        ("Щербаков", "en", "shcherbakov"),
        ("Łukasz", "en", "lukasz"),
    ],
)
def test_keys_are_letters_of_one_alphabet(name, language, key):
    assert sort_key([name], language) == key


def test_every_way_into_the_database_keeps_the_order():
    for slug in ("x-alder", "x-birch", "x-cedar"):
        make.person(slug)
    Person.objects.bulk_create([Person(slug="x-dorn", code="x-dorn", family_name_en="Dorn")])
    assert ordered("en") == ["x-alder", "x-birch", "x-cedar", "x-dorn"]
    Person.objects.filter(slug="x-alder").update(family_name_en="Zed")
    row = Person.objects.get(slug="x-birch")
    row.family_name_en = "Young"
    row.save(update_fields=["family_name_en"])
    [loaded] = serializers.deserialize(
        "json",
        serializers.serialize("json", [Person.objects.get(slug="x-cedar")]).replace(
            "Cedar", "Wood"
        ),
    )
    loaded.save()
    assert ordered("en") == ["x-dorn", "x-cedar", "x-birch", "x-alder"]


def test_what_came_past_django_is_put_in_order_again(capsys):
    make.person("x-alder")
    make.person("x-birch")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE delegations_person SET family_name_en = 'Zed' WHERE slug = 'x-alder'"
        )
    call_command("rebuild_order")
    assert capsys.readouterr().out == "1 rows were sorted by something else.\n"
    assert ordered("en") == ["x-birch", "x-alder"]
