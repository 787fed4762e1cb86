"""Two people at the desk in any order, and the clock: no text is lost, and readers see what they should.

What readers should see is counted here once more, by a model that knows nothing of the code.
"""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cstopa.pages.models import Page, PageDraft
from news.models import Article, ArticleDraft
from tests import make
from tests.forms import filled, published
from tests.reading import text

pytestmark = pytest.mark.django_db

START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
# In hours.
MINUTE = 1 / 60


class Record:
    """What should be so: ``live`` and ``draft`` are texts by field; None where there is none."""

    def __init__(self, live):
        self.now, self.live, self.is_published = START, dict(live), True
        self.expires = self.draft = self.base = self.begun = self.due = None
        self.public_from, self.deleted = START, None

    def begin(self, words):
        self.base = self.begun = dict(self.live)
        self.draft = self.live | words

    def publish(self, said, ends=True):
        changed = {name: said[name] for name in self.live if said[name] != self.base[name]}
        self.live |= changed
        self.due = None
        if ends:
            self.draft = None
        else:
            self.base = dict(self.live)

    def move(self, hours):
        self.now += hours * HOUR
        if self.deleted:
            return
        moments = [(self.due and self.due[0], "due"), (self.expires, "expires")]
        for moment, what in sorted(each for each in moments if each[0]):
            if moment > self.now:
                continue
            if what == "due" and not self.is_published:
                # What was withdrawn is left alone.
                self.due = None
            elif what == "due":
                self.publish(self.due[1], ends=self.due[1] == self.draft)
            else:
                self.is_published, self.expires = False, None

    def restore(self):
        """What its moment, or its end, has overtaken meanwhile is a draft; so it waits for nobody."""
        if self.is_published and self.deleted < self.public_from <= self.now:
            self.is_published, self.public_from, self.expires = False, None, None
        elif self.expires and self.expires <= self.now:
            self.is_published, self.expires = False, None
        # A draft comes back without its moment, as it was begun.
        self.deleted, self.due, self.base = None, None, self.begun

    @property
    def read(self):
        is_read = self.is_published and not self.deleted and self.public_from <= self.now
        return self.live["headline_en"] if is_read else None


class Desk:
    """The same through the forms of the desk; a form may have been opened long before it is sent."""

    kind, models, names = "news_article", (Article, ArticleDraft), ("headline_en", "summary_en")

    def __init__(self, clock):
        self.clock, self.row = clock, self.made()
        self.record = Record(self.said(self.row))
        self.typed, self.number = set(), 0
        self.people = {group: self._signed_in(group) for group in ("Editor", "Publisher")}

    @staticmethod
    def made():
        return make.article("told", published_at=START)

    def said(self, row):
        return {name: getattr(row, name) for name in self.names}

    def address(self, page, *keys):
        return reverse(f"admin:{self.kind}{page}", args=keys)

    @staticmethod
    def _signed_in(group):
        user, _is_new = User.objects.get_or_create(username=group.lower(), is_staff=True)
        user.groups.set(Group.objects.filter(name=group))
        client = Client()
        client.force_login(user)
        return client

    def _words(self, which):
        self.number += 1
        name = self.names[which]
        words = {name: f"Words {self.number} of {name}"}
        self.typed |= {*words.values()}
        return words

    @property
    def draft(self):
        return self.models[1].objects.filter(live=self.row).first()

    def _send(self, who, address, **values):
        client = self.people[who]
        page = client.get(address)
        assert page.status_code == 200, address
        answer = published(client, address.partition("?")[0], filled(page, **values))
        assert answer.status_code == 302, text(answer)

    def _of_row(self):
        return self.address("_change", self.row.pk) + "?live"

    def _of_draft(self):
        return self.address("draft_change", self.draft.pk)

    def move(self, hours):
        self.record.move(hours)
        self.clock.move_to(self.record.now)

    def edit(self, name):
        words = self._words(name)
        self._send("Publisher", self._of_row(), **words)
        self.record.live |= words

    def begin(self, who, name):
        if self.draft or not self.record.is_published:
            return
        words = self._words(name)
        self._send(who, f"{self.address('draft_add')}?live={self.row.pk}", **words)
        self.record.begin(words)

    def begin_from_the_form(self, name):
        if self.draft or not self.record.is_published:
            return
        words = self._words(name)
        self._send("Publisher", self._of_row(), **words, _draft="")
        self.record.begin(words)

    def write(self, who, name):
        if self.draft is None:
            return
        words = self._words(name)
        self._send(who, self._of_draft(), **words)
        self.record.draft |= words
        if who == "Publisher" and self.record.due:
            # Who may publish lets what is new go out at the same moment.
            self.record.due = self.record.due[0], dict(self.record.draft)

    def publish(self):
        if self.draft is None:
            return
        self._send("Publisher", self._of_draft(), _publish="", goes_public_at="")
        if self.record.is_published:
            self.record.publish(self.record.draft)
        else:
            self.record.due = None

    def schedule(self, hours):
        if self.draft is None:
            return
        moment = self.record.now + hours * HOUR
        if not self.record.is_published:
            # Over what was withdrawn no moment is promised.
            client, address = self.people["Publisher"], self._of_draft()
            sent = filled(client.get(address), goes_public_at=local(moment))
            assert client.post(address, sent).status_code == 200
            return
        self._send("Publisher", self._of_draft(), goes_public_at=local(moment))
        self.record.due = moment, dict(self.record.draft)

    def discard(self, who):
        if self.draft is None:
            return
        address, is_scheduled = (
            self.address("draft_delete", self.draft.pk),
            self.draft.goes_public_at,
        )
        answer = self.people[who].post(address, {"post": "yes"})
        if who == "Editor" and is_scheduled:
            assert answer.status_code == 403
            return
        assert answer.status_code == 302
        self.record.draft = self.record.due = None

    def withdraw(self):
        self._send("Publisher", self._of_row(), status=self.row.WITHDRAWN, expires_at="")
        self.record.is_published, self.record.expires = False, None

    def show(self):
        self._send("Publisher", self._of_row(), status="published")
        self.record.is_published = True
        self.record.public_from = self.record.public_from or self.record.now

    def wait(self, hours):
        moment = self.record.now + hours * HOUR
        values = {"status": "published", "published_at": local(moment), "expires_at": ""}
        self._send("Publisher", self._of_row(), **values)
        self.record.is_published, self.record.expires = True, None
        self.record.public_from = moment

    def delete(self):
        address = self.address("_delete", self.row.pk)
        assert self.people["Publisher"].post(address, {"post": "yes"}).status_code == 302
        self.record.deleted = self.record.now

    def restore(self):
        if not self.record.deleted:
            return
        data = {"row": f"news.article:{self.row.pk}"}
        answer = self.people["Publisher"].post(reverse("admin:restore"), data)
        assert answer.headers["Location"] == self.address("_change", self.row.pk)
        self.record.restore()

    def expire(self, hours):
        is_later = self.record.is_published and self.record.now >= self.record.public_from
        if not is_later:
            return
        self.record.expires = self.record.now + hours * HOUR
        self._send("Publisher", self._of_row(), expires_at=local(self.record.expires))

    def bring_back(self, who):
        version = self.row.history.last()
        address = self.address("_bring_back", self.row.pk, version.pk)
        assert self.people[who].post(address).status_code == 302
        said = self.said(version)
        if not self.record.is_published:
            self.record.live |= said
        elif self.record.draft is None:
            self.record.begin(said)
        else:
            self.record.draft |= said

    def forge(self):
        """An editor publishes nothing, however it is asked."""
        for address in filter(None, [self._of_row(), self.draft and self._of_draft()]):
            data = {self.names[0]: "Forged", "status": "published", "_publish": ""}
            answer = self.people["Editor"].post(address.partition("?")[0], data)
            assert answer.status_code == 403

    def check(self):
        self.see()
        rows = [*map(self.said, self.models[0].objects.all())]
        assert rows == ([] if self.record.deleted else [self.record.live])
        if not self.record.deleted:
            assert (self.draft and self.said(self.draft)) == self.record.draft
        kept = {
            words
            for model in self.models
            for version in model.history.all()
            for words in self.said(version).values()
        }
        assert self.typed <= kept

    def see(self):
        answer = Client().get("/news/told/")
        expected = self.record.read
        assert answer.status_code == (410 if expected is None else 200)
        if expected:
            assert f"{expected}</h1>" in text(answer)
        listed = text(Client().get("/news/")) + text(Client().get("/news/feed.atom"))
        assert (self.record.live["headline_en"] in listed) == (expected is not None)


def local(moment):
    return f"{moment + 3 * HOUR:%Y-%m-%d %H:%M}"


class PageDesk(Desk):
    """The same of a written page, whose address is the site's own."""

    kind, models, names = "written_page", (Page, PageDraft), ("title_en", "title_ru")
    made = staticmethod(make.page)

    def see(self):
        answer = Client().get("/about/")
        expected = self.record.live["title_en"] if self.record.is_published else None
        assert answer.status_code == (410 if expected is None else 200)
        if expected:
            assert f"{expected}</h1>" in text(answer)
        assert ('"/about/"' in text(Client().get("/contacts/"))) == (expected is not None)


people, names, hours = (
    st.sampled_from(each) for each in (("Editor", "Publisher"), (0, 1), (1, 2, 5))
)
a_step = st.one_of(
    st.tuples(st.just("move"), hours),
    st.tuples(st.just("edit"), names),
    st.tuples(st.just("begin"), people, names),
    st.tuples(st.just("begin_from_the_form"), names),
    st.tuples(st.just("write"), people, names),
    st.tuples(st.just("schedule"), hours),
    st.tuples(st.just("discard"), people),
    st.tuples(st.just("bring_back"), people),
    st.tuples(st.just("expire"), hours),
    *(st.tuples(st.just(each)) for each in ("publish", "forge", "withdraw", "show")),
)
of_an_article = st.one_of(
    a_step,
    st.tuples(st.just("wait"), hours),
    *(st.tuples(st.just(each)) for each in ("delete", "restore")),
)
some = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def walk(kind, steps):
    with time_machine.travel(START, tick=False) as clock, transaction.atomic():
        desk = kind(clock)
        for name, *arguments in steps:
            if desk.record.deleted and name not in {"move", "restore"}:
                continue
            # One thing is done after another.
            desk.move(MINUTE)
            getattr(desk, name)(*arguments)
            desk.check()
        transaction.set_rollback(True)


@some
@given(st.lists(of_an_article, min_size=6, max_size=14))
@example([("wait", 1), ("delete",), ("move", 2), ("restore",), ("show",)])
@example([("expire", 1), ("delete",), ("move", 2), ("restore",)])
def test_no_order_of_steps_loses_a_text_or_shows_what_is_not_public(steps):
    walk(Desk, steps)


@some
@given(st.lists(a_step, min_size=6, max_size=14))
@example([("begin_from_the_form", 0), ("withdraw",), ("schedule", 1)])
@example([("begin_from_the_form", 0), ("schedule", 2), ("withdraw",), ("write", "Publisher", 0)])
def test_nor_of_a_written_page(steps):
    walk(PageDesk, steps)
