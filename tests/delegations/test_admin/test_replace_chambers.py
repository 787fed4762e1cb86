import datetime as dt
from unittest import mock

import pytest
from django.db import IntegrityError
from django.urls import reverse

from delegations.models import (
    Chamber,
    FurtherSource,
    Office,
    Parliament,
    ParliamentName,
    SeatAllocation,
    Source,
)
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.conftest import groups, problems, readings
from tests.forms import filled
from tests.reading import by_id, parsed, spaced, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]

END = dt.date(2026, 6, 30)
DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 9, 1)

# The name is invented for these tests.
KURULTAI = {
    "last_day": "2026-06-30",
    "number": "1",
    "first_day": "2026-09-01",
    "name_en": "Kurultai of the Republic of Kazakhstan",
    "name_ru": "Курултай Республики Казахстан",
    "first-seats": "12",
    "source_title_en": "Invented decision of 2026",
}


@pytest.fixture
def kazakhstan(fixtures):
    return Parliament.objects.get(slug="kazakhstan")


def everything():
    """Every version of every row there is, to say that nothing was written."""
    models = (Chamber, SeatAllocation, ParliamentName, Office, Source, FurtherSource)
    return {model: model.history.count() for model in models}


def test_two_chambers_give_way_to_one_after_an_interval(desk, kazakhstan, client):
    action = desk("replace_chambers", kazakhstan)
    before = everything()
    preview = action.preview(**KURULTAI)
    shown = groups(preview)
    assert shown["Ends"] == [
        f"Chamber: {name}, until 30 June 2026, start not known" for name in ("Mazhilis", "Senate")
    ]
    assert len(shown["Ends with its chamber, by rule"]) == 2
    assert [row.partition(":")[0] for row in shown["Starts"]] == [
        *("Chamber", "Seat allocation", "Name of a parliament"),
    ]
    named = KURULTAI["name_en"]
    assert f"Chamber: {named}, since 1 September 2026" in shown["Starts"]
    assert f"Seat allocation: {named}: 12 deputies, since 1 September 2026" in shown["Starts"]
    assert readings(preview, FIRST)["Seats in the delegation"][1] == "12"
    days = [each.day for each in preview.context["effects"].readings]
    assert days == sorted(days)
    assert shown["Look at this"] == ["No chamber from 1 July 2026 to 31 August 2026."]
    assert [each.label for each in preview.context["plan"].questions.values()] == [
        "Viktor Rogalev: Plenipotentiary representative, Parliament of the Republic of Kazakhstan, "
        "dates not given"
    ]
    assert everything() == before

    assert action.confirm(preview).status_code == 302
    mazhilis, senate = kazakhstan.chambers.filter(valid_from=None).order_by("code")
    new = kazakhstan.chambers.get(valid_from=FIRST)
    assert (mazhilis.valid_to, senate.valid_to) == (END, END)
    assert new.name_en == ""
    assert [each.history.count() for each in (mazhilis, senate, new)] == [2, 2, 1]
    assert not mazhilis.history.first().is_correction
    assert mazhilis.further_sources.get().source.title_en == "Invented decision of 2026"
    assert new.source == ParliamentName.objects.get().source
    # What belonged to the chambers has no end of its own.
    old = SeatAllocation.objects.filter(chamber__in=[mazhilis, senate])
    assert {row.valid_to for row in old} == {None}


def test_a_second_confirmation_does_nothing(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    action.confirm(preview)
    after = everything()
    again = action.confirm(preview)
    assert again.status_code == 200
    assert "There is nothing left to do" in again.content.decode()
    assert "Confirm" not in again.content.decode()
    assert everything() == after


def test_old_and_new_stand_on_the_public_pages(desk, kazakhstan, client):
    action = desk("replace_chambers", kazakhstan)
    action.confirm(action.preview(**KURULTAI))
    on_day = {
        day: client.get("/delegations/kazakhstan/", {"date": day}).context["composition"]
        for day in (END, END + DAY, FIRST - DAY, FIRST)
    }
    assert [each.seats for each in on_day.values()] == [None, None, None, 12]
    # Since when the old chambers sent their seats no source says.
    assert [len(each.may_hold) for each in on_day.values()] == [3, 1, 1, 1]
    pages = {
        day: parsed(client.get("/parliaments/kazakhstan/", {"date": day})) for day in (END, FIRST)
    }
    assert words(pages[END].find(".//h1")) == "Parliament of the Republic of Kazakhstan"
    assert words(pages[FIRST].find(".//h1")) == KURULTAI["name_en"]
    for name in ("Mazhilis", "Senate"):
        assert name in words(pages[FIRST].find(".//main"))


def test_the_preview_has_the_names_of_the_first_day(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI | {"name_from": "2026-10-01", "first_day": ""})
    shown = groups(preview)
    assert "Chamber: Parliament of the Republic of Kazakhstan, since 1 July 2026" in shown["Starts"]
    # One chamber follows the other without an interval.
    assert "Look at this" not in shown


def test_a_chamber_that_stays_leaves_no_interval(desk, kazakhstan):
    senate = kazakhstan.chambers.get(name_en="Senate")
    values = {"first-name_en": "New Mazhilis", "chambers": [senate.pk]}
    preview = desk("replace_chambers", kazakhstan).preview(**KURULTAI | values)
    assert len(groups(preview)["Ends"]) == 1
    assert "Look at this" not in groups(preview)


def test_readers_see_by_which_decision_it_ended(desk, kazakhstan, client):
    action = desk("replace_chambers", kazakhstan)
    action.confirm(action.preview(**KURULTAI))
    mazhilis = kazakhstan.chambers.get(name_en="Mazhilis")
    further = mazhilis.further_sources.get()
    assert spaced(further.says_en) == "the end, with 30 June 2026"
    assert "30 июня 2026" in spaced(further.says_ru)
    page = client.get("/parliaments/kazakhstan/", {"date": "2026-06-30"})
    said = by_id(page, mazhilis.code)
    assert "says: the end, with 30 June 2026" in said
    assert "says the same" not in said
    address = "/delegations/kazakhstan/changes/"
    log = client.get(address, {"change": "ended"})
    ends = [each for each in parsed(log).iter("li") if each.get("class") == "changes__item"]
    assert len(ends) == 2
    for each in ends:
        assert "further source" in words(each)
        assert "says: the end, with 30 June 2026" in words(each)
    assert "Invented decision of 2026" in words(parsed(log).find(".//*[@class='sources']"))
    for each in client.get(f"{address}changes.json?change=ended").json()["entries"]:
        [decision] = each["ended_by"]
        assert decision["title"]["en"] == "Invented decision of 2026"
        assert spaced(decision["says"]["en"]) == "the end, with 30 June 2026"
    for form in ("feed.atom", "changes.csv?change=ended"):
        assert client.get(address + form).text.count("Invented decision of 2026") >= 2


def test_an_office_ends_with_the_chambers_where_the_editor_says_so(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI, last_day_is_latest="on")
    [question] = preview.context["plan"].questions
    office = Office.objects.get(parliament=kazakhstan)
    action.decide(preview, **{question: "end"})
    office.refresh_from_db()
    assert (office.valid_to, office.valid_to_is_latest) == (END, True)
    assert office.further_sources.count() == 1


MISTAKES = [
    ({"last_day": ""}, "last_day"),
    ({"last_day": "2026-02-30"}, "last_day"),
    ({"last_day": "9999-12-31"}, "last_day"),
    ({"last_day": "2199-12-31", "first_day": ""}, "last_day"),
    ({"name_from": "1900-01-01"}, "name_from"),
    ({"name_from": "2026-06-30"}, "name_from"),
    ({"first_day": "2026-06-30"}, "first_day"),
    ({"first_day": "x"}, "first_day"),
    ({"number": "3"}, "number"),
    ({"number": None}, "number"),
    ({"number": "0"}, "number"),
    ({"number": "2"}, "name_en"),
    ({"chambers": []}, "chambers"),
    ({"chambers": ["abc"]}, "chambers"),
    ({"chambers": ["9" * 40]}, "chambers"),
    ({"source": "9" * 40, "source_title_en": ""}, "source"),
    ({"source_title_en": ""}, "source"),
    ({"source_title_en": "\x01"}, "source_title_en"),
    ({"source_title_en": "\0"}, "source_title_en"),
    ({"name_en": "", "name_ru": "", "name_from": "2026-09-01"}, "name_from"),
    ({"first-seats": "0"}, "first-seats"),
    ({"first-seats": "many"}, "first-seats"),
    ({"first-house": "third"}, "first-house"),
    ({"first-website": "no address"}, "first-website"),
    ({"number": "2", "first-name_ru": "А", "second-name_ru": "А"}, "second-name_ru"),
]


def test_a_mistake_is_told_at_its_field(desk, kazakhstan):
    before = everything()
    action = desk("replace_chambers", kazakhstan)
    for changed, field in MISTAKES:
        answer = action.preview(**KURULTAI | changed)
        assert answer.status_code == 200
        fields = {"first-name_en", "second-name_en"} if field == "name_en" else {field}
        assert fields <= problems(answer).keys(), changed
        assert 'name="_confirm"' not in answer.content.decode()
    assert everything() == before


def test_a_source_is_chosen_or_written_and_never_made_twice(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    source = Source.objects.first()
    both = action.preview(**KURULTAI, source=source.pk)
    assert "source_title_en" in problems(both)
    known = action.preview(**KURULTAI | {"source_title_en": source.title_en})
    assert known.context["plan"].source == source
    make.source(title_en=source.title_en)
    assert "source" in problems(action.preview(**KURULTAI | {"source_title_en": source.title_en}))
    action.confirm(action.preview(**KURULTAI | {"source": source.pk, "source_title_en": ""}))
    assert ParliamentName.objects.get().source == source


def test_what_contradicts_is_listed_with_links_and_nothing_is_done(desk, kazakhstan):
    senate = kazakhstan.chambers.get(house="upper")
    row = make.membership(make.person(), senate, valid_from=END + DAY)
    before = everything()
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    [obstacle] = groups(preview)["In the way"]
    assert "It would start after its chamber has ended." in obstacle
    assert page(row, "change") in preview.content.decode()
    assert 'name="_confirm"' not in preview.content.decode()
    assert action.confirm(preview).status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    ("later", "new", "why"),
    [
        ({"name_en": "Later", "valid_from": dt.date(2030, 1, 1)}, {}, "needs a name"),
        (
            {"name_en": "Later", "house": "upper", "valid_from": dt.date(2030, 1, 1)},
            {"first-name_en": "New", "first-house": "upper"},
            "same house",
        ),
    ],
)
def test_a_chamber_that_starts_later_is_seen(desk, kazakhstan, later, new, why):
    make.chamber(kazakhstan, **later)
    [obstacle] = groups(desk("replace_chambers", kazakhstan).preview(**KURULTAI | new))[
        "In the way"
    ]
    assert why in obstacle


def test_a_chamber_that_ended_already_is_not_ended_otherwise(desk, kazakhstan):
    kazakhstan.chambers.filter(house="upper").update(valid_to=dt.date(2026, 5, 1))
    action = desk("replace_chambers", kazakhstan)
    keys = list(kazakhstan.chambers.values_list("pk", flat=True))
    preview = action.preview(**KURULTAI, chambers=keys)
    assert len(groups(preview)["In the way"]) == 1


def test_the_preview_comes_again_where_the_records_changed(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    chamber = kazakhstan.chambers.first()
    chamber.website = "https://new.example/"
    chamber.save()
    again = action.confirm(preview)
    assert again.status_code == 200
    assert "The records have changed since" in again.content.decode()
    assert not kazakhstan.chambers.filter(valid_to=END).exists()
    assert action.confirm(again).status_code == 302
    chamber.refresh_from_db()
    assert (chamber.website, chamber.valid_to) == ("https://new.example/", END)


def test_what_was_not_previewed_is_not_done(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    forged = action.confirm(preview, last_day="2026-05-31")
    assert forged.status_code == 200
    assert not kazakhstan.chambers.exclude(valid_to=None).exists()
    assert action.confirm(preview, digest="x").status_code == 200
    [question] = preview.context["plan"].questions
    wrong = action.confirm(preview, **{f"decide-{question}": "burn"})
    assert "a decision is missing" in wrong.content.decode()
    assert not kazakhstan.chambers.exclude(valid_to=None).exists()


def test_nothing_is_done_where_a_part_of_it_fails(desk, kazakhstan, monkeypatch):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    before = everything()
    monkeypatch.setattr(ParliamentName, "save", mock.Mock(side_effect=IntegrityError))
    for response in (action.confirm(preview), action.preview(**KURULTAI)):
        assert response.status_code == 200
        assert "The database refuses this, and nothing of yours was saved." in response.text
    assert everything() == before


def test_the_way_back_keeps_what_was_written(desk, kazakhstan):
    action = desk("replace_chambers", kazakhstan)
    preview = action.preview(**KURULTAI)
    back = filled(action.client.post(action.address, filled(preview, _back="1")))
    for name, value in KURULTAI.items():
        assert back[name] == value


@pytest.mark.parametrize(
    "granted", [(), ("view_parliament",), ("view_parliament", "change_parliament")]
)
def test_only_who_may_change_all_of_it_sees_it(sign_in, kazakhstan, granted):
    client = sign_in(permissions=granted)
    address = reverse("admin:delegations_parliament_replace_chambers", args=[kazakhstan.pk])
    for answer in (client.get(address), client.post(address, {"_confirm": "1"})):
        assert answer.status_code == 403
    if granted:
        assert address not in client.get(page(kazakhstan, "change")).content.decode()


def test_an_editor_finds_the_button(editor, kazakhstan):
    address = reverse("admin:delegations_parliament_replace_chambers", args=[kazakhstan.pk])
    assert address in editor.get(page(kazakhstan, "change")).content.decode()


@pytest.mark.parametrize("key", ["0", "abc", "9" * 40])
def test_no_parliament_no_page(editor, key):
    address = reverse("admin:delegations_parliament_replace_chambers", args=[key])
    assert editor.get(address).status_code == 404
    assert editor.post(address, {"_preview": "1"}).status_code == 404
