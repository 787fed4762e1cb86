"""What a reader may ask of the news."""

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import Delegation
from tests import make
from tests.reading import parsed

pytestmark = pytest.mark.django_db


def found(client, query):
    response = client.get(f"/news/?{query}")
    assert response.status_code == 200
    return {article.get_absolute_url().split("/")[-2] for article in response.context["page"]}


def moscow(*moment):
    return timezone.make_aware(dt.datetime(*moment))


@pytest.fixture
def news():
    belarus = Delegation.objects.get(pk=make.parliament("belarus").pk)
    laws = make.topic("laws")
    make.article("both", delegations=[belarus], topics=[laws], published_at=moscow(2021, 5, 21))
    make.article("late", delegations=[belarus], published_at=moscow(2021, 5, 22, 23, 59, 59))
    make.article(
        "other",
        topics=[laws],
        published_at=moscow(2021, 5, 23),
        headline_ru="Учёба в Минске",
        summary_ru="Кратко",
        body_ru="<p>Подробно</p>",
        headline_en="Café in Minsk",
    )
    make.article("draft", delegations=[belarus], topics=[laws], status="draft")


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("", {"both", "late", "other"}),
        ("q=&delegation=&topic=&from=&to=", {"both", "late", "other"}),
        ("q=headline", {"both", "late"}),
        ("q=CAFE", {"other"}),
        ("q=учеба+минск", {"other"}),
        ("q=nowhere", set()),
        ("q=%21%21", set()),
        ("delegation=belarus", {"both", "late"}),
        ("topic=laws", {"both", "other"}),
        ("from=2021-05-22", {"late", "other"}),
        # The last day is included, up to its end in Moscow.
        ("to=2021-05-22", {"both", "late"}),
        ("from=2021-05-22&to=2021-05-22", {"late"}),
        ("from=1900-01-01&to=2199-12-31", {"both", "late", "other"}),
        ("q=headline&delegation=belarus&topic=laws&from=2021-05-01&to=2021-05-31", {"both"}),
        ("delegation=belarus&topic=laws&from=2021-05-22", set()),
        ("unknown=1&q=cafe", {"other"}),
        ("topic=none&topic=laws", {"both", "other"}),
    ],
)
def test_what_is_asked_is_found(client, query, articles):
    assert found(client, query) == articles


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("delegation=atlantis", "delegation", "Select a valid choice"),
        ("topic=1", "topic", "Select a valid choice"),
        ("topic=%00", "topic", "Null characters"),
        ("q=%00", "q", "Null characters"),
        (f"q={'a+' * 101}", "q", "at most 200 characters"),
        ("from=yesterday", "from", "year-month-day"),
        ("from=21.05.2021", "from", "year-month-day"),
        ("to=2024-02-30", "to", "year-month-day"),
        ("from=0001-01-01", "from", "between 1900 and 2199"),
        ("to=9999-12-31", "to", "between 1900 and 2199"),
        ("from=2021-05-22&to=2021-05-21", "to", "before the first"),
    ],
)
def test_what_cannot_be_understood_is_named_at_its_field(client, query, field, message):
    response = client.get(f"/news/?{query}")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert message in response.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in response.text
    # Nothing is passed off as the answer.
    assert len(response.context["page"]) == 0
    assert '<article class="teaser">' not in response.text


@pytest.mark.usefixtures("news")
def test_the_form_comes_back_as_it_was_sent(client):
    page = client.get("/news/?q=caf%C3%A9&topic=laws&from=2021-05-01").text
    assert 'value="café"' in page
    assert '<option value="laws" selected>Laws</option>' in page
    assert 'value="2021-05-01"' in page


@pytest.mark.parametrize(
    ("query", "shown"), [("%00", None), ("%01a", "a"), ("a%0bb", "a b"), ("%EF%BF%BE", None)]
)
def test_signs_that_are_no_text_are_not_sent_back(client, query, shown):
    page = parsed(client.get(f"/news/?q={query}"))
    [field] = [each for each in page.iter("input") if each.get("name") == "q"]
    assert (field.get("value") or None) == shown


@pytest.mark.usefixtures("news")
def test_a_name_in_another_language_is_marked_in_the_form(client):
    make.topic("health", name_ru="Здоровье", name_en="Health")
    assert '<option value="laws">Laws</option>' in client.get("/news/").text
    page = client.get("/ru/news/").text
    assert '<option value="health">Здоровье</option>' in page
    assert '<option value="laws" lang="en">Laws (' in page
