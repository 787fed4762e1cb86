"""Articles as a list shows them."""

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.utils import translation

from news.models import Article
from news.teasers import teasers, without_bodies
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
        [teaser] = teasers(Article.objects.published())
        article = Article.objects.get()
        assert teaser.languages == article.complete_languages
        assert teaser.language == article.language == teaser.headline.language
        assert teaser.headline == article.headline
        assert teaser.summary == article.summary
        assert teaser.get_absolute_url() == article.get_absolute_url()
