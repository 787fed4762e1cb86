"""References in the form of an article: picked, refused where they mean nothing."""

import datetime as dt

import html5lib
import pytest
import time_machine
from django.core.management import call_command

from delegations.models import Delegation, SeatAllocation, Source
from news.models import Article
from tests import make
from tests.forms import errors, filled, published
from tests.growth import queries
from tests.news.desk import ADD, MOMENT, WORDS, address
from tests.reading import spaced, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """The delegations, from a document older than any article, so that its facts held by then."""
    call_command("loaddata", "delegations", verbosity=0)
    Source.objects.update(published_on=make.OLD)


def offered(response):
    """Return ``{tag: values}`` of what the form offers."""
    # Django's own Russian titles are not well formed.
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return {
        words(row.find(".//code")): [words(cell) for cell in list(row)[2:]]
        for row in page.iter("tr")
        if row.find(".//code") is not None
    }


@pytest.mark.usefixtures("rows")
@time_machine.travel("2026-11-24T12:00Z")
def test_a_picker_lists_every_reference_with_the_values_of_today_and_of_the_article(editor):
    house = SeatAllocation.objects.get(code="belarus-house-1")
    house.valid_to = dt.date(2024, 12, 31)
    house.save()
    make.allocation(house.chamber, 8, valid_from=dt.date(2025, 1, 1))
    old = make.article(status="draft", published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))
    found = offered(editor.get(address(old)))
    assert found["[[deputies:belarus-house]]"] == ["8 deputies", "7 deputies"]
    assert found["[[seats:belarus]]"] == ["12", "11"]
    assert found["[[members:belarus]]"] == ["not recorded", "not recorded"]
    assert found["[[total]]"] == ["69", "68"]
    assert len(found) == 1 + 5 * 4 + 9 * 2
    new = editor.get(ADD)
    assert offered(new)["[[total]]"] == ["69"]
    assert "21 May 2021" not in spaced(new.text)
    # Each of them is accepted as it stands.
    data = filled(editor.get(ADD), **WORDS | {"body_en": " ".join(found)})
    assert editor.post(ADD, data).status_code == 302


@time_machine.travel("2026-11-24T12:00Z")
def test_the_picker_says_what_is_read_on_one_day_alone(editor):
    chamber = make.chamber(make.parliament("example", code="example"))
    make.allocation(chamber, 7, source=make.source(published_on=None))
    moments = [dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC) for day in (20, 24, 28)]
    before, now, later = (
        offered(editor.get(address(make.article(status="draft", published_at=each))))
        for each in moments
    )
    assert before["[[seats:example]]"] == ["7", "not recorded"]
    assert now["[[seats:example]]"] == ["7, on this day alone"]
    assert later["[[seats:example]]"] == ["7", "7, on this day alone"]


@pytest.mark.usefixtures("rows")
def test_the_picker_tells_a_delegation_from_a_chamber_of_its_name(editor):
    kyrgyzstan = Delegation.objects.get(slug="kyrgyzstan")
    draft = make.article(status="draft", delegations=[kyrgyzstan])
    offered = [title for title, _rows in editor.get(address(draft)).context["references"]]
    # Those of the article come first.
    assert offered[1:3] == [f"{kyrgyzstan} (delegation)", f"{kyrgyzstan} (chamber)"]
    assert len(offered) == len(set(offered)) == 1 + 5 + 9


@pytest.mark.usefixtures("rows")
def test_a_chamber_that_was_gone_by_then_is_not_offered(editor):
    make.chamber(code="gone", valid_to=dt.date(2020, 1, 1))
    draft = make.article(status="draft", published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))
    assert "[[deputies:gone]]" not in offered(editor.get(address(draft)))
    older = make.article(status="draft", published_at=dt.datetime(2019, 5, 21, tzinfo=dt.UTC))
    assert offered(editor.get(address(older)))["[[chamber-seats:gone]]"] == ["not recorded"] * 2


@pytest.mark.usefixtures("rows")
def test_the_picker_speaks_the_language_of_the_desk(editor):
    editor.cookies["django_language"] = "ru"
    assert offered(editor.get(ADD))["[[deputies:belarus-house]]"] == ["7 депутатов"]


@pytest.mark.usefixtures("rows")
def test_who_may_only_read_gets_no_picker(editor):
    public = make.article()
    assert offered(editor.get(address(public))) == {}


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("field", ["headline_en", "summary_ru", "body_en"])
def test_a_reference_that_means_nothing_is_told_at_its_field(publisher, field):
    data = filled(publisher.get(ADD), **WORDS) | {field: "Of [[seats:atlantis]] and [[chairs]]"}
    answer = publisher.post(ADD, data)
    assert errors(answer) == {
        field: [
            "[[seats:atlantis]]: there is no parliament with this code.",
            "[[chairs]]: there is no such reference.",
        ]
    }
    assert not Article.objects.exists()


@pytest.mark.usefixtures("rows")
def test_a_reference_is_kept_as_it_is_written_and_the_slug_has_none(publisher):
    written = WORDS | {"headline_en": "[[deputies:belarus-house]] meet in Minsk"}
    data = filled(publisher.get(ADD), **written, **MOMENT, status="published")
    assert published(publisher, ADD, data).status_code == 302
    row = Article.objects.get()
    assert (row.headline_en, row.slug) == (written["headline_en"], "meet-in-minsk")
    assert "7 deputies meet in Minsk" in spaced(publisher.get(row.get_absolute_url()).text)
    again = filled(publisher.get(address(row)))
    assert again["headline_en"] == written["headline_en"]


@pytest.mark.usefixtures("rows")
def test_the_form_costs_the_same_with_many_delegations(editor):
    draft = make.article(status="draft")

    def add(number):
        for _ in range(number):
            chamber = make.chamber(make.parliament())
            make.allocation(chamber)
            make.membership(chamber_=chamber)
            make.name(chamber)

    add(1)
    before = queries(editor, address(draft))
    add(4)
    assert queries(editor, address(draft)) == before
