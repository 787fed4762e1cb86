"""Whatever is edited, and whenever: what is kept says the same as what is made anew."""

import datetime as dt
import re
from itertools import count

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cstopa.pages.models import Page
from delegations.models import Delegation, Person
from news.models import Article, Topic
from tests import make
from tests.histories import DAYS, World, any_history, chosen
from tests.histories import steps as edits_of_facts
from tests.public import addresses

START = dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
HOURS = dt.timedelta(hours=1)
WAITS = [HOURS / 3600, HOURS / 2, HOURS, 24 * HOURS, 48 * HOURS + HOURS / 3600, -2 * HOURS]
WORDS = ["Session", "Statement", "Visit"]
# The rows of these tests, where the others have theirs.
HERE = {
    "belarus": "utopia",
    "viktor-kogut": "person-a",
    "conference": "article-1",
    "2021": "2024",
    "-05": "-03",
    "/5/": "/3/",
}
ADDRESSES = sorted(
    re.sub("|".join(HERE), lambda found: HERE[found[0]], address)
    for name, some in addresses().items()
    for address in some
    if name not in {"healthz", "readyz"}
)
ADDRESSES += [f"/news/article-{number}/" for number in (2, 3)]
ADDRESSES += ["/news/?q=session", "/search/?q=visit", f"/delegations/utopia/?date={DAYS[3]}"]
ADDRESSES += ["/api/articles/?changed_since=2024-03-01", "/api/articles/article-1/"]


def edits():
    number, word = st.integers(0, 5), st.sampled_from(WORDS)
    ahead = st.sampled_from([-HOURS, 0 * HOURS, *WAITS[1:4]])
    of_news = {
        publish: [number, ahead, word],
        withdraw: [number],
        schedule: [number, ahead],
        correct: [number, word],
        delete: [number],
        tag: [number, st.booleans()],
        draft: [word],
        write: [word],
        rename: [word],
    }
    choices = [st.tuples(st.just(edit), *values) for edit, values in of_news.items()]
    choices += [st.tuples(st.just(of_facts), edits_of_facts())] * 3
    return st.one_of(choices)


def of_facts(site, edit):
    site["world"].do(edit)


def publish(site, number, ahead, word):
    make.article(
        f"article-{next(site['numbers'])}",
        headline_en=word,
        body_en="<p>It sends [[seats:utopia]].</p>",
        published_at=timezone.now() + ahead,
        **(site["about"] if number % 2 else {}),
    )


def draft(site, word):
    make.article(f"article-{next(site['numbers'])}", headline_en=word, status="draft")


def withdraw(site, number):
    for article in one(number):
        article.status = "draft"
        article.save()


def schedule(site, number, ahead):
    one(number).update(status="published", published_at=timezone.now() + ahead)


def correct(site, number, word):
    for article in one(number):
        article.headline_en = word
        article.save()


def delete(site, number):
    for article in one(number):
        article.delete()


def tag(site, number, is_about):
    for article in one(number):
        article.topics.set(Topic.objects.all() if is_about else [])


def write(site, word):
    Page.objects.update(title_en=word)


def rename(site, word):
    Topic.objects.bulk_update([Topic(pk=Topic.objects.get().pk, name_en=word)], ["name_en"])


def one(number):
    """Return the article of any number, as a query; none where there is none."""
    article = chosen(Article.objects, number)
    return Article.objects.filter(pk=article and article.pk)


def answer(client, address):
    response = client.get(address)
    return response.status_code, response.getvalue(), dict(response.headers)


@pytest.mark.django_db(transaction=True)
@any_history
@given(
    history=st.lists(st.tuples(edits(), st.sampled_from(WAITS)), min_size=2, max_size=6),
    asked=st.lists(st.sampled_from(ADDRESSES), min_size=5, max_size=5, unique=True),
)
def test_what_is_kept_is_what_would_be_made(history, asked):
    call_command("flush", interactive=False, verbosity=0)
    with time_machine.travel(START, tick=False) as clock:
        site = {"world": World(), "numbers": count(1)}
        site["about"] = {
            "delegations": [Delegation.objects.get(slug="utopia")],
            "people": [Person.objects.get(slug="person-a")],
            "topics": [make.topic("laws")],
        }
        make.page("about")
        publish(site, 1, -HOURS, "Session")
        reader = Client()
        for (edit, *values), how_long in history:
            compare(reader, asked)
            edit(site, *values)
            compare(reader, asked)
            clock.shift(how_long)
        compare(reader, asked)


def compare(reader, asked):
    kept = {address: answer(reader, address) for address in asked}
    # Inside a transaction that has written nothing that is kept is right, and nothing is taken.
    with transaction.atomic():
        Page.objects.update(slug=F("slug"))
        caches["template_fragments"].clear()
        for address in asked:
            assert answer(reader, address) == kept[address], address
        transaction.set_rollback(True)
