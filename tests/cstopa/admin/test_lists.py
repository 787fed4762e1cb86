import pytest

from cstopa.admin import lists
from news.admin import TopicAdmin
from news.models import Topic
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
