"""Articles as a list shows them."""

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.utils import translation

from delegations.composition import Chronicle
from news.models import Article
from news.teasers import Teaser, cards, without_bodies
from tests import make

pytestmark = pytest.mark.django_db

PARTS = ("headline", "summary", "body")


def test_a_body_is_not_there_to_be_read():
    make.article("one")
    [article] = without_bodies(Article.objects.published())
    with pytest.raises(FieldFetchBlocked):
        _ = article.body_en


@pytest.mark.parametrize("reader", ["en", "ru"])
@pytest.mark.parametrize(
    "missing", ["", *(f"{part}_{code}" for part in PARTS for code in ("en", "ru"))]
)
def test_a_teaser_is_in_the_language_of_its_article(reader, missing):
    fields = {f"{part}_{code}": f"{part} {code}" for part in PARTS for code in ("en", "ru")}
    make.article("one", **fields | ({missing: ""} if missing else {}))
    with translation.override(reader):
        article = Article.objects.get()
        [without] = without_bodies(Article.objects.published())
        assert Teaser(without, Chronicle()).languages == article.complete_languages
        [teaser] = cards([article.pk])
        assert teaser.language == article.language == teaser.headline.language
        assert teaser.headline == article.headline
        assert teaser.summary == article.summary
        assert teaser.get_absolute_url() == article.get_absolute_url()


def test_cards_are_of_public_articles_in_the_order_of_their_keys():
    keys = [make.article(name).pk for name in ("one", "two", "three")]
    hidden = make.article("hidden", status="draft").pk
    assert [card.pk for card in cards([keys[2], hidden, keys[0], keys[1]])] == [
        *(keys[2], keys[0], keys[1])
    ]
    with translation.override("ru"):
        [card] = cards(keys[:1])
        assert card.get_absolute_url() == "/ru/news/one/"
    assert cards(keys[:1])[0].get_absolute_url() == "/news/one/"
