import pytest

from news.models import ArticleDraft
from tests import make
from tests.forms import filled
from tests.news.test_admin.test_drafts.rows import NEW


@pytest.fixture(autouse=True)
def _usual_time(clock):
    """Let each draft be written on the day of the clock."""


@pytest.fixture
def article():
    # Its key has two digits.
    return make.article("conference", pk=37, topics=[make.topic("laws")])


@pytest.fixture
def begin(article):
    """Begin a draft of the article as somebody, with other words in its form, and return it."""

    def begin(client, **words):
        page = client.get(NEW, {"live": article.pk})
        assert client.post(NEW, filled(page, **words)).status_code == 302
        return ArticleDraft.objects.get()

    return begin
