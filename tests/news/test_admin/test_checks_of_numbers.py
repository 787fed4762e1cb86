"""Numbers of the record that are asked about before a text goes public."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.forms import filled, published
from tests.news.desk import address
from tests.news.test_admin.conftest import WHOLE
from tests.news.test_admin.test_checks import asked
from tests.reading import spaced

pytestmark = pytest.mark.django_db


NOTHING_DATES = "[[seats:state-of-the-day]] reads “7” on %s alone, and “not recorded”"


@pytest.fixture
def undated():
    """Seats that hold when today is asked for, and on no other day."""
    chamber = make.chamber(make.parliament("state-of-the-day", code="state-of-the-day"))
    return make.allocation(chamber, 7, source=make.source(published_on=None))


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-11-24 10:00", "24 November 2026"), ("2026-11-29 10:00", "29 November 2026")],
)
@time_machine.travel("2026-11-24T12:00Z", tick=False)
def test_a_number_that_passes_with_its_day_is_asked_about(sent, undated, publisher, moment, day):
    values = {"body_en": "<p>[[seats:state-of-the-day]]</p>", "published_at": moment}
    [(name, words)] = asked(sent(**values))
    assert name == "body_en"
    assert spaced(words).startswith(NOTHING_DATES % day)
    # A keeper of facts records that it was so.
    undated.checked_on = dt.date(2026, 11, 24)
    undated.save()
    assert sent(**values).status_code == 302


@pytest.mark.usefixtures("undated")
@time_machine.travel("2026-11-24T12:00Z", tick=False)
def test_a_number_that_is_not_known_of_its_day_is_asked_about(sent):
    values = {"body_en": "<p>[[seats:state-of-the-day]]</p>", "published_at": "2026-11-20 10:00"}
    [(name, words)] = asked(sent(**values))
    assert name == "body_en"
    said = "[[seats:state-of-the-day]] reads “not recorded” as of 20 November 2026: what it counts"
    assert spaced(words).startswith(said)


@time_machine.travel("2026-11-24T12:00Z", tick=False)
def test_a_total_that_loses_what_has_no_dates_is_asked_about(sent, undated):
    make.allocation(seats=5)
    [(_name, words)] = asked(sent(summary_ru="[[total]]", published_at="2026-11-24 10:00"))
    said = "[[total]] reads “12” on 24 November 2026 alone, and “5” from the day after on"
    assert spaced(words).startswith(said)


@pytest.mark.usefixtures("undated")
def test_a_draft_that_adds_such_a_number_is_asked_about_it(publisher):
    topics = [make.topic()]
    row = make.article(topics=topics, **WHOLE | {"summary_ru": "[[seats:state-of-the-day]]"})
    draft = make.draft(row, headline_en="[[seats:state-of-the-day]]")
    draft.topics.set(topics)
    page = reverse("admin:news_articledraft_change", args=[draft.pk])
    # What readers see already is not asked about.
    found = asked(publisher.post(page, filled(publisher.get(page), _publish="")))
    assert [name for name, _words in found] == ["headline_en"]


def test_a_number_that_an_import_brought_is_asked_about(publisher):
    words = WHOLE | {"summary_en": "7 deputies of the House came."}
    row = make.article(status="draft", topics=[make.topic()], **words)
    data = filled(publisher.get(address(row)), status="published")
    answer = publisher.post(address(row), data)
    assert [name for name, _words in asked(answer)] == ["summary_en"]
    assert "“7 deputies”" in asked(answer)[0][1]
    assert published(publisher, address(row), data).status_code == 302


def test_queries_do_not_grow_with_references(sent):
    for number in range(9):
        make.allocation(make.chamber(make.parliament(f"state-of-{number}", code=f"of-{number}")))

    slugs = (f"with-{each}" for each in range(9))

    def cost(number):
        body = " ".join(f"[[seats:of-{each}]] [[parliament:of-{each}]]" for each in range(number))
        with CaptureQueriesContext(connection) as captured:
            assert sent(body_en=f"<p>{body}</p>", slug=next(slugs)).status_code == 302
        return len(captured)

    cost(3)

    assert cost(9) == cost(3)
