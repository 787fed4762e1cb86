"""The fixture of the delegations gives what the source of the composition gives, and no more."""

import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from delegations.composition import compositions, total
from delegations.models import Chamber, Office, Parliament, Person, Source
from tests.reading import spaced

FIXTURE = Path(apps.get_app_config("delegations").path, "fixtures", "delegations.json")
RECORDS = json.loads(FIXTURE.read_text())


@pytest.fixture(scope="module", autouse=True)
def loaded(module_db):
    call_command("loaddata", "delegations", verbosity=0)


def fields(model):
    return [record["fields"] for record in RECORDS if record["model"] == f"delegations.{model}"]


def words(record):
    """Return the texts of a record that a reader sees as prose."""
    prose = ("name", "state", "title", "publisher", "patronymic")
    return [str(value) for name, value in record["fields"].items() if name[:-3].endswith(prose)]


def test_it_has_what_the_source_has_and_nothing_else():
    assert Counter(record["model"] for record in RECORDS) == {
        "delegations.parliament": 5,
        "delegations.chamber": 9,
        "delegations.seatallocation": 9,
        "delegations.person": 6,
        "delegations.office": 8,
        "delegations.source": 2,
    }
    assert Counter(office["function"] for office in fields("office")) == {
        "representative": 4,
        "deputy_executive_secretary": 2,
        "chairman": 1,
        "executive_secretary": 1,
    }


@pytest.mark.parametrize(
    ("parliament", "words"),
    [
        ("belarus", "Belarus|Belarusian|Беларусь|Белоруссия|белорусская"),
        ("kazakhstan", "Kazakhstan|Kazakh|Казахстан|казахстанская"),
        ("kyrgyzstan", "Kyrgyzstan|Kyrgyz|Кыргызстан|Киргизия|киргизская"),
        ("russia", "Russia|Russian|Россия|России|российская|РФ"),
        ("tajikistan", "Tajikistan|Tajik|Таджикистан|таджикская"),
    ],
)
def test_a_state_is_found_as_people_call_it(parliament, words):
    for word in words.split("|"):
        assert [row.slug for row in Parliament.objects.matching(word)] == [parliament], word
        assert {row.parliament.slug for row in Chamber.objects.matching(word)} <= {parliament}


@pytest.mark.parametrize(
    ("chamber", "words"),
    [
        ("russia-duma", "Госдума|Duma|State Duma of Russia|госдума рф"),
        ("russia-federation-council", "Совфед|Federation Council"),
        ("kazakhstan-senate", "Kazakhstan Senate|сенат Казахстана"),
        ("kazakhstan-mazhilis", "Majilis|мажилис"),
    ],
)
def test_a_chamber_is_found_as_people_call_it(chamber, words):
    for word in words.split("|"):
        assert [row.code for row in Chamber.objects.matching(word)] == [chamber], word


def test_rows_are_named_by_their_natural_keys():
    assert not [record for record in RECORDS if "pk" in record or "id" in record["fields"]]
    for record in RECORDS:
        model = apps.get_model(record["model"])
        for name, value in record["fields"].items():
            if model._meta.get_field(name).is_relation and value is not None:
                assert isinstance(value, list)


def test_the_source_dates_its_news_item_alone():
    dates = {
        (record["fields"].get("code"), name): value
        for record in RECORDS
        for name, value in record["fields"].items()
        if name in {"valid_from", "valid_to", "checked_on", "published_on", "read_on"} and value
    }
    assert dates == {("news-2021-05-21", "published_on"): "2021-05-21"}


def test_no_number_stands_in_a_name():
    numbers = {
        number
        for record in RECORDS
        for each in words(record)
        for number in re.findall(r"\d+", each)
    }
    assert any(words(record) for record in RECORDS)
    assert numbers == {"21", "2021"}


def test_each_delegation_has_the_seats_of_the_source():
    of_chambers = {
        composition.delegation.slug: sorted(
            (chamber.chamber.name_en, spaced(chamber.allocation.in_words))
            for chamber in composition.chambers
        )
        for composition in compositions()
    }
    assert of_chambers == {
        "belarus": [
            ("Council of the Republic", "4 deputies"),
            ("House of Representatives", "7 deputies"),
        ],
        "kazakhstan": [("Mazhilis", "8 deputies"), ("Senate", "8 members")],
        "kyrgyzstan": [("", "7 deputies")],
        "russia": [("Federation Council", "12 members"), ("State Duma", "10 deputies")],
        "tajikistan": [
            ("Assembly of Representatives", "6 deputies"),
            ("National Assembly", "6 deputies"),
        ],
    }
    assert total(composition.seats for composition in compositions()) == 68


def test_each_office_has_the_holder_of_the_source():
    holders = {
        (office.function, office.parliament and office.parliament.slug, office.person.name)
        for office in Office.objects.all()
    }
    assert holders == {
        ("representative", "belarus", "Viktor Kogut"),
        ("representative", "kazakhstan", "Viktor Rogalev"),
        ("representative", "kyrgyzstan", "Shabdanbek Alishev"),
        ("representative", "russia", "Mikhail Krotov"),
        ("deputy_executive_secretary", None, "Viktor Rogalev"),
        ("deputy_executive_secretary", None, "Mikhail Krotov"),
        ("chairman", None, "Vyacheslav Volodin"),
        ("executive_secretary", None, "Sergei Pospelov"),
    }
    of_the_news = Office.objects.filter(source__code="news-2021-05-21")
    assert {office.function for office in of_the_news} == {"chairman", "executive_secretary"}


def test_a_website_has_the_language_that_its_address_names():
    websites = Chamber.objects.exclude(website="").values_list("website", "website_language")
    assert set(websites) == {
        ("http://house.gov.by/en/", "en"),
        ("http://www.sovrep.gov.by/ru/", "ru"),
        ("http://www.kenesh.kg/", ""),
    }


def test_what_the_source_leaves_open_stays_open():
    assert not Source.objects.exclude(url="").exists()
    assert not Person.objects.exclude(patronymic_en="", patronymic_ru="").exists()
    only = Chamber.objects.get(parliament__slug="kyrgyzstan")
    assert (only.name_en, only.name_ru, only.house) == ("", "", "")


def test_dumpdata_gives_the_file_back():
    out = StringIO()
    call_command("dumpdata", "delegations", natural_foreign=True, natural_primary=True, stdout=out)
    assert json.loads(out.getvalue()) == RECORDS
