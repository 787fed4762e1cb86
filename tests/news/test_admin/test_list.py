"""The list of articles: what was changed last stands first, with who did it and how far it is."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command

from cstopa.publishing.models import Review
from news.models import Article, ArticleDraft
from tests import make
from tests.forms import filled
from tests.growth import queries
from tests.news.desk import LIST, address
from tests.reading import parsed, text, words

pytestmark = pytest.mark.django_db
START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def rows(client):
    return list(client.get(LIST).context["cl"].result_list)


def test_the_last_change_stands_first_that_of_a_draft_too(admin_client, clock):
    old, public, new = (
        make.article("old", status="draft", published_at=None),
        make.article("public"),
        make.article("new", published_at=START - dt.timedelta(days=900)),
    )
    assert rows(admin_client) == [new, public, old]
    clock.shift(60)
    data = filled(admin_client.get(address(old)), headline_en="Anew")
    admin_client.post(address(old), data)
    assert rows(admin_client) == [old, new, public]
    clock.shift(60)
    draft = make.draft(public, headline_en="Next")
    assert rows(admin_client) == [public, old, new]
    clock.shift(60)
    new.save()
    assert rows(admin_client) == [new, public, old]
    clock.shift(60)
    draft.delete()
    assert rows(admin_client) == [public, new, old]
    moments = Article.objects.values_list("desk_changed_at", flat=True).order_by("-desk_changed_at")
    assert moments[0] == START + dt.timedelta(seconds=240)


def test_the_moments_are_made_again_from_the_versions(clock, capsys):
    untouched, changed, with_draft, with_ended = (
        make.article(slug) for slug in ("untouched", "changed", "with-draft", "with-ended")
    )
    clock.shift(60)
    changed.save()
    make.draft(with_draft, headline_en="Next")
    clock.shift(60)
    make.draft(with_ended, headline_en="Next").delete()
    # Clocks go back: what was written last counts.
    clock.shift(-90)
    changed.save()
    in_order = Article.objects.order_by("pk").values_list("slug", "desk_changed_at")
    followed = list(in_order)
    assert len({moment for _slug, moment in followed}) == 4
    Article.objects.filter(pk__in=[changed.pk, with_ended.pk]).update(
        desk_changed_at=START - dt.timedelta(days=9)
    )
    call_command("rebuild_order")
    assert capsys.readouterr().out == "2 rows were sorted by something else.\n"
    assert list(in_order) == followed
    assert untouched.history.count() == 1


def test_it_says_who_changed_it_last(admin_client, clock):
    User.objects.create_user("anna")
    article = make.article("public")
    assert rows(admin_client)[0].last_by is None
    draft = ArticleDraft.begun(article)
    draft._history_user = User.objects.get(username="anna")
    clock.shift(60)
    draft.save()
    assert rows(admin_client)[0].last_by == "anna"
    clock.shift(60)
    form = f"{address(article)}?live"
    admin_client.post(form, filled(admin_client.get(form), headline_en="Mended"))
    assert rows(admin_client)[0].last_by == "admin"


def state(client):
    [row] = rows(client)
    shown = text(client.get(LIST))
    [cell] = [part.partition("<")[0] for part in shown.split('class="field-publication">')[1:]]
    assert row.pk
    return cell


def test_it_says_how_far_each_is(admin_client, admin_user):
    article = make.article("a", status="draft")
    assert state(admin_client) == "draft"
    for step, said in (("submitted", "for review"), ("returned", "returned")):
        Review.objects.take(article, step, admin_user)
        assert state(admin_client) == said
    Review.objects.take(article, "approved", admin_user)
    assert state(admin_client) == "approved"
    article.headline_en = "Anew"
    article.save()
    assert state(admin_client) == "draft"
    article.status = "published"
    article.save()
    assert state(admin_client) == "public"
    draft = make.draft(article)
    assert state(admin_client) == "public, a draft waits"
    Review.objects.take(draft, "submitted", admin_user)
    assert state(admin_client) == "public, draft for review"


def test_its_filters_begin_with_a_capital_in_either_language(admin_client):
    for language, first in (("en", "Status"), ("ru", "Статус")):
        admin_client.cookies["django_language"] = language
        shown = parsed(admin_client.get(LIST)).find(".//*[@id='changelist-filter']")
        titles = [words(each) for each in shown.iter("summary")]
        assert titles[0] == first
        assert [each for each in titles if not each[0].isupper()] == []


def test_queries_do_not_grow_with_the_rows(admin_client, admin_user):
    def add(number):
        for _each in range(number):
            Review.objects.take(make.article(status="draft"), "submitted", admin_user)
            make.draft()

    add(1)
    before = queries(admin_client, LIST)
    add(8)
    assert queries(admin_client, LIST) == before
