"""A version that was scheduled is public from its moment, everywhere at once, without a clock."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from delegations.models import Delegation
from news.models import ArticleDraft
from tests import make
from tests.public import addresses
from tests.reading import text

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def publisher():
    return User.objects.create_user("pub")


@pytest.fixture
def article():
    return make.article("conference", published_at=NOW - dt.timedelta(days=40))


def drafted(article, **values):
    draft = ArticleDraft.begun(article)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    for name in ArticleDraft.CONCERNS:
        getattr(draft, name).set(getattr(article, name).all())
    return draft


def page(address, **headers):
    return Client().get(address, headers=headers, follow=True)


def everywhere():
    """Return what every public address says, with the search among them."""
    found = [each for some in addresses().values() for each in some]
    found += [f"{each}?q=swan" for each in addresses()["search"]]
    return {each: b"".join(page(each)).decode(errors="replace") for each in found}


def test_a_draft_is_nowhere_before_its_moment_and_from_then_on_everywhere(
    article, publisher, clock
):
    birds = make.topic("birds", name_en="Birds and swans")
    row = drafted(article, headline_en="A swan over Minsk", headline_ru="Лебедь над Минском")
    row.topics.set([birds])
    row.schedule(SOON, publisher)
    before = everywhere()
    assert not [each for each, words in before.items() if "over Minsk" in words]
    clock.move_to(SOON - MINUTE)
    assert everywhere() == before
    clock.move_to(SOON)
    for address in ("/", "/news/", "/news/conference/", "/search/?q=swan", "/topics/birds/"):
        assert "over Minsk" in text(page(address)), address
    assert "A swan over Minsk" in page("/news/feed.atom").content.decode()
    assert not ArticleDraft.objects.exists()


def test_the_version_is_of_the_moment_and_of_who_scheduled_it(article, publisher, clock):
    drafted(article, body_en="<p>Mended.</p>").schedule(SOON, publisher)
    clock.move_to(SOON + dt.timedelta(hours=5))
    page("/news/")
    version = article.history.first()
    assert (version.history_date, version.history_user) == (SOON, publisher)
    assert version.body_en == "<p>Mended.</p>"


def test_what_is_written_after_the_schedule_waits(article, publisher, clock):
    row = drafted(article, headline_en="Approved")
    row.schedule(SOON, publisher)
    row.headline_en = "Not approved"
    row.save()
    clock.move_to(SOON)
    assert "Approved" in text(page("/news/conference/"))
    assert "Not approved" not in text(page("/news/conference/"))
    row = ArticleDraft.objects.get()
    assert (row.headline_en, row.goes_public_at) == ("Not approved", None)


def test_a_draft_keeps_what_others_changed_meanwhile(article, publisher, clock):
    drafted(article, headline_en="Anew").schedule(SOON, publisher)
    article.summary_en = "Mended meanwhile"
    article.save()
    clock.move_to(SOON)
    page("/")
    article.refresh_from_db()
    assert (article.headline_en, article.summary_en) == ("Anew", "Mended meanwhile")


def test_a_second_language_is_public_from_its_moment(article, publisher, clock):
    words = {f"{name}_ru": f"{name} слова" for name in ("headline", "summary", "body")}
    drafted(article, **words).schedule(SOON, publisher)
    assert "headline слова" not in text(page("/ru/news/"))
    clock.move_to(SOON)
    assert "headline слова" in text(page("/ru/news/"))


def test_what_no_longer_holds_does_not_go_public(article, publisher, clock, caplog):
    draft = drafted(article, headline_en="")
    draft.schedule(SOON, publisher)
    clock.move_to(SOON)
    assert page("/news/conference/").status_code == 200
    assert "does not go public" in caplog.text
    assert ArticleDraft.objects.get().goes_public_at is None


def test_whom_a_scheduled_version_names_may_be_deleted_meanwhile(article, publisher, clock):
    there, gone = make.person(), make.person()
    row = drafted(article, headline_en="Anew")
    row.people.set([there, gone])
    row.schedule(SOON, publisher)
    # A version of its own, which names her no more.
    with transaction.atomic():
        row.save()
        row.people.set([there])
    gone.delete()
    clock.move_to(SOON)
    assert "Anew" in text(page("/news/conference/"))
    assert [*article.people.all()] == [there]


def test_an_article_expires_everywhere_at_its_moment(article, clock):
    about = Delegation.objects.get(pk=make.parliament("belarus").pk)
    article.delegations.set([about])
    article.expires_at = SOON
    article.save()
    clock.move_to(SOON - MINUTE)
    assert page("/news/conference/").status_code == 200
    clock.move_to(SOON)
    assert page("/news/conference/").status_code == 410
    for address, words in everywhere().items():
        assert "Headline of conference" not in words, address
    article.refresh_from_db()
    assert article.status == "draft"
    assert article.history.first().history_date == SOON


def test_two_drafts_and_an_end_are_done_in_their_order(article, publisher, clock):
    drafted(article, headline_en="Anew").schedule(SOON, publisher)
    article.expires_at = SOON + MINUTE
    article.save()
    clock.move_to(SOON + dt.timedelta(days=1))
    assert page("/news/conference/").status_code == 410
    versions = article.history.order_by("-history_id")[:2]
    assert [each.status for each in versions] == ["draft", "published"]
    assert versions[0].headline_en == "Anew"
