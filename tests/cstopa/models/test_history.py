"""One save is one version, and every model has them."""

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstopa.models.history import because, changing, last_change, with_changed_at, writing_as
from delegations.models import Delegation, SeatAllocation, Source
from news.models import Article
from tests import make

pytestmark = pytest.mark.django_db

START, END, DAY = dt.date(2024, 3, 1), dt.date(2024, 5, 31), dt.timedelta(days=1)


def versions(row):
    return row.history.order_by("history_id")


@pytest.fixture
def things():
    parliament = make.parliament()
    return {
        "delegations": [Delegation.objects.get(pk=parliament.pk)],
        "people": [make.person(), make.person()],
        "topics": [make.topic()],
    }


def values(version):
    return {
        name: {getattr(row, f"{single}_id") for row in getattr(version, name).all()}
        for name, single in [
            ("delegations", "delegation"),
            ("people", "person"),
            ("topics", "topic"),
        ]
    }


def keys(things):
    return {name: {row.pk for row in rows} for name, rows in things.items()}


def test_every_model_has_versions():
    for label in ("delegations", "news", "written"):
        for model in apps.get_app_config(label).get_models():
            if not model.__name__.startswith("Historical"):
                assert hasattr(model, "history"), model


def test_every_save_is_a_version():
    for row in [
        make.source(),
        make.parliament(),
        make.person(),
        make.topic(),
        make.article(),
        make.page(),
    ]:
        assert [version.history_type for version in versions(row)] == ["+"]
        row.save()
        pk, model = row.pk, type(row)
        row.delete()
        kinds = model.history.filter(id=pk).order_by("history_id")
        assert [version.history_type for version in kinds] == ["+", "~", "-"]


def test_the_values_set_with_a_save_are_in_its_version(things):
    with transaction.atomic():
        article = make.article(**things)
    [version] = versions(article)
    assert values(version) == keys(things)


@pytest.mark.django_db(transaction=True)
def test_a_change_by_itself_is_a_version_by_itself(things):
    article = make.article()
    article.people.add(*things["people"])
    article.people.remove(things["people"][0])
    first, *_, before, last = versions(article)
    assert values(first)["people"] == set()
    assert values(before)["people"] == {person.pk for person in things["people"]}
    assert values(last)["people"] == {things["people"][1].pk}
    assert len(versions(article)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_later_save_keeps_what_the_earlier_version_said(things):
    with transaction.atomic():
        article = make.article(**things)
    with transaction.atomic():
        article.headline_en = "Another"
        article.save()
        article.topics.clear()
    first, second = versions(article)
    assert values(first) == keys(things)
    assert values(second) == keys(things) | {"topics": set()}


@pytest.mark.django_db(transaction=True)
def test_a_version_that_was_rolled_back_is_not_written_to(things):
    article = make.article()
    with transaction.atomic():
        article.save()
        transaction.set_rollback(True)
    article.topics.set(things["topics"])
    assert [values(version)["topics"] for version in versions(article)] == [
        set(),
        keys(things)["topics"],
    ]


@pytest.mark.django_db(transaction=True)
def test_a_change_from_the_other_side_is_the_articles_version(things):
    article, topic = make.article(), things["topics"][0]
    topic.articles.add(article)
    assert values(versions(article).last())["topics"] == {topic.pk}
    assert len(versions(topic)) == 1
    with pytest.raises(TypeError, match="Article"):
        topic.articles.clear()
    topic.articles.remove(article)
    assert values(versions(article).last())["topics"] == set()


def test_a_command_writes_under_its_own_name():
    with writing_as("import of the archive"):
        article = make.article()
    article.save()
    assert [version.history_change_reason for version in versions(article)] == [
        "import of the archive",
        None,
    ]


def test_what_an_article_concerns_cannot_be_deleted(things):
    article = make.article(**things)
    for row in [*things["topics"], *things["people"], *things["delegations"]]:
        with pytest.raises(Exception, match="protected"):
            row.delete()
    article.delete()
    assert Article.history.count() == 2
    for row in [*things["topics"], *things["people"]]:
        row.delete()


@pytest.mark.parametrize(
    ("before", "after", "corrects"),
    [
        ({"seats": 7}, {"seats": 8}, True),
        ({"valid_from": START}, {"valid_from": START + DAY}, True),
        ({"valid_from": START}, {"valid_from": None}, True),
        ({"valid_to": END}, {"valid_to": END - DAY}, True),
        ({"valid_to": END}, {"valid_to": None}, True),
        ({"valid_to": END}, {"valid_to_is_latest": True}, True),
        ({"valid_to": END, "valid_to_is_latest": True}, {"valid_to": END + DAY}, True),
        # What was unknown is filled in.
        ({}, {"valid_from": START}, False),
        ({}, {"valid_to": END}, False),
        ({"valid_to": END, "valid_to_is_latest": True}, {"valid_to_is_latest": False}, False),
        ({"valid_to": END, "valid_to_is_latest": True}, {"valid_to": END - DAY}, False),
        ({}, {"checked_on": END}, False),
    ],
)
def test_a_version_says_whether_it_corrects(before, after, corrects):
    row = make.allocation(**before)
    for name, value in after.items():
        setattr(row, name, value)
    with because("The decision was misread."):
        row.save()
    version = row.history.first()
    assert version.is_correction == corrects
    assert version.reason == ("The decision was misread." if corrects else "")


def test_an_end_that_comes_sooner_by_a_change_is_no_correction():
    row = make.allocation(valid_to=END)
    row.valid_to = END - DAY
    with changing():
        row.save()
    assert not row.history.first().is_correction


def test_a_missing_translation_is_no_correction():
    chamber = make.chamber()
    chamber.name_ru = "Палата"
    chamber.save()
    assert not chamber.history.first().is_correction
    chamber.name_ru = "Другая палата"
    chamber.save()
    assert chamber.history.first().is_correction


def test_a_deletion_keeps_its_reason():
    row = make.allocation()
    with because("Entered twice."):
        row.delete()
    assert SeatAllocation.history.first().reason == "Entered twice."


def test_a_row_changed_with_its_last_version_whatever_the_clock_says():
    with time_machine.travel("2026-05-05T09:00Z"):
        row = make.source()
    with time_machine.travel("2026-05-04T09:00Z", tick=False):
        # The clock is put right in between.
        row.save()
    assert with_changed_at(Source.objects.all()).get().changed_at == dt.datetime(
        2026, 5, 4, 9, tzinfo=dt.UTC
    )


def test_each_version_of_any_row_is_the_last_change():
    assert last_change() is None
    for make_row in (make.source, make.parliament, make.person, make.topic, make.article):
        row = make_row()
        for change in (row.save, row.delete):
            assert last_change() == row.history.first().history_date
            change()


def test_the_last_change_is_one_that_the_public_can_tell():
    article = make.article()
    seen = last_change()
    hidden = make.article(status="draft")
    hidden.save()
    hidden.status, hidden.published_at = "published", timezone.now() + dt.timedelta(days=1)
    hidden.save()
    hidden.delete()
    assert last_change() == seen
    article.status = "draft"
    article.save()
    withdrawn = last_change()
    assert withdrawn > seen
    article.save()
    article.delete()
    assert last_change() == withdrawn
    hidden = make.article(published_at=timezone.now() + dt.timedelta(days=1))
    with time_machine.travel(hidden.published_at, tick=False):
        assert last_change() > withdrawn
        hidden.delete()
        assert last_change() == timezone.now()


def test_the_last_change_takes_as_many_queries_whatever_has_changed():
    def cost():
        with CaptureQueriesContext(connection) as captured:
            last_change()
        return len(captured)

    make.article()
    before = cost()
    for _number in range(3):
        make.article().save()
    assert cost() == before
