import pytest

from cstopa.admin import lists
from news.admin import TopicAdmin
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db

LIST = page(Topic, "changelist")


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(lists, "MOST", 2)
    monkeypatch.setattr(TopicAdmin, "list_per_page", 1)


def test_a_list_that_is_not_counted_to_its_end_says_so(admin_client):
    for number in range(2):
        make.topic(f"laws-{number}")
    whole = admin_client.get(LIST)
    assert "2 topics" in whole.text
    assert "There are more than these pages show" not in whole.text
    make.topic("laws-2")
    cut = admin_client.get(LIST, {"p": 2})
    assert "2+ topics" in cut.text
    assert "There are more than these pages show" in cut.text
    assert admin_client.get(LIST, {"p": 3}).status_code == 302
    assert "2+ results" in admin_client.get(LIST, {"q": "laws"}).text


def test_a_number_is_grouped_as_the_language_does():
    assert str(lists.MoreThan(1000)) == "1,000+"


@pytest.mark.parametrize(
    "asked",
    [
        {"body_en__regex": "(.*)*x$"},
        {"headline_en__contains": "a"},
        {"published_at__month": "5"},
        {"source__title_en__exact": "x"},
        {"delegations__code__in": "x"},
    ],
)
def test_a_list_takes_its_own_filters_and_no_pattern(admin_client, asked):
    address = page(Article, "changelist")
    # The whole list, which says that it did not understand.
    assert admin_client.get(address, asked).headers["Location"].endswith("?e=1")
    article = make.article("one", published_at="2021-05-21T10:00Z")
    make.article("two", status="draft")
    own = {
        "status__exact": "published",
        "published_at__gte": "2021-01-01T00:00Z",
        "id__in": article.pk,
    }
    response = admin_client.get(address, own)
    assert [row.pk for row in response.context["cl"].result_list] == [article.pk]
