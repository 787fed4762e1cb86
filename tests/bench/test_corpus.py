"""The corpus of the bench: every address that is measured is there, and finds what it should."""

import pytest
from django.core.management import call_command

from bench import articles, corpus, words
from cstopa.search.models import Entry, EntryText, KnownWord
from delegations.changes.models import LogEntry
from news.archive.models import Listing, Month
from news.models import Article

pytestmark = pytest.mark.django_db
ARTICLES, WHOLE, ORIGINALS = 90, 20, 30


@pytest.fixture(scope="module", autouse=True)
def filled(module_db):
    corpus.fill_with_facts(people=40, states=2)
    articles.fill(ARTICLES, WHOLE, ORIGINALS)


def test_each_address_answers(client):
    corpus.sign_in()
    for name, address in corpus.addresses().items():
        client.cookies["sessionid"] = corpus.SESSION if name.startswith("desk") else "0"
        assert client.get(address).status_code == 200, name


def test_the_articles_are_those_of_the_seed():
    assert Article.objects.published().count() == ARTICLES
    assert Article.history.count() == ARTICLES
    rows = Article.objects.order_by("published_at")
    texts = [row.body_en + row.body_ru for row in rows]
    rare = [number for number, text in enumerate(texts) if words.RARE in text]
    assert rare == words.rare(ARTICLES)
    assert len(rare) == words.RARE_ARTICLES
    assert rare == [
        number for number, text in enumerate(texts) if all(word in text for word in words.SELDOM)
    ]
    assert len({row.summary_en + row.summary_ru for row in rows}) <= (ORIGINALS + WHOLE + len(rare))


def test_what_the_pages_show_is_whole():
    for number, row in enumerate(Article.objects.order_by("published_at")):
        paragraphs = (row.body_en or row.body_ru).count("<p>")
        is_whole = number >= ARTICLES - WHOLE or number in words.rare(ARTICLES)
        assert (paragraphs >= words.IN_A_TEXT) == is_whole


def test_rebuilding_makes_the_same():
    tables = Entry, EntryText, KnownWord, Month, Listing

    def rows():
        return {model: {*model.objects.values_list()} for model in tables}

    before = rows()
    call_command("rebuild_archive")
    call_command("rebuild_search")
    assert rows() == before


def test_every_month_has_its_share():
    shares = [*Month.objects.order_by("first_day").values_list("articles", flat=True)]
    assert sum(shares) == ARTICLES
    assert shares[0] == ARTICLES // 10
    assert {*shares[1:]} == {1}


def test_the_log_has_the_facts_of_thirty_years():
    assert LogEntry.objects.filter(kind="membership").count() == 2 * 6 * 2 * corpus.SEATS
