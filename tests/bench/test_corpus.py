"""The corpus of the bench: every address that is measured is there, and finds what it should."""

import pytest

from bench import corpus, words
from delegations.changes.models import LogEntry
from news.models import Article

pytestmark = pytest.mark.django_db
ARTICLES = 60


@pytest.fixture(scope="module", autouse=True)
def filled(module_db):
    corpus.fill_with_facts(people=40, states=2)
    corpus.fill_with_articles(ARTICLES)


def test_each_address_answers(client):
    for name, address in corpus.addresses(ARTICLES).items():
        assert client.get(address).status_code == 200, name


def test_the_articles_are_those_of_the_seed():
    assert Article.objects.published().count() == ARTICLES
    assert Article.history.count() == ARTICLES
    texts = [row.body_en + row.body_ru for row in Article.objects.all()]
    assert sum(words.RARE in text for text in texts) == ARTICLES // (
        ARTICLES // words.RARE_ARTICLES
    )
    assert sum(all(word in text for word in words.SELDOM) for text in texts) == sum(
        words.RARE in text for text in texts
    )


def test_the_log_has_the_facts_of_thirty_years():
    assert LogEntry.objects.filter(kind="membership").count() == 2 * 6 * 2 * corpus.SEATS
