import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.admin import lists
from delegations.models import Chamber, Delegation, Membership, Person
from news.admin import TopicAdmin
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.reading import parsed, spaced

pytestmark = pytest.mark.django_db

LIST = page(Topic, "changelist")
NEEDED = {
    Delegation: "Parliaments",
    Chamber: "Sources, Parliaments",
    Membership: "Sources, People, Chambers",
}


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


def addresses():
    return {
        model: page(model, "changelist")
        for model in admin.site._registry
        if model._meta.app_label != "auth"
    }


def test_each_empty_list_says_what_comes_first(admin_client):
    for model, address in addresses().items():
        shown = admin_client.get(address)
        said = told(shown)
        assert "There is nothing here yet." in said, model
        links = parsed(shown).findall(".//div[@class='empty-list']//a")
        assert links or shown.context["cl"].model_admin.when_empty, model
        for link in links:
            assert admin_client.get(link.get("href")).status_code == 200
    told_of = {model: told(admin_client.get(page(model, "changelist"))) for model in NEEDED}
    assert told_of == {
        model: f"There is nothing here yet. These come first: {needed}"
        for model, needed in NEEDED.items()
    }
    make.chamber(source=make.source())
    assert "Add membership" not in told(admin_client.get(page(Membership, "changelist")))
    make.person()
    assert "Add membership" in told(admin_client.get(page(Membership, "changelist")))


def test_who_may_only_read_is_asked_for_nothing(sign_in):
    reader = sign_in("Writer")
    assert "You read here what others add." in told(reader.get(page(Person, "changelist")))
    assert not parsed(reader.get(LIST)).findall(".//div[@class='empty-list']//a")


def test_a_list_that_filters_empty_offers_to_take_them_away(admin_client):
    article = make.article()
    for asked in ({"q": "nowhere"}, {"status__exact": "withdrawn"}):
        shown = admin_client.get(page(Article, "changelist"), asked)
        assert "Nothing here is as you asked." in told(shown)
        (link,) = parsed(shown).findall(".//div[@class='empty-list']//a")
        assert article.headline_en in admin_client.get(link.get("href")).text
    log = reverse("admin:log")
    shown = admin_client.get(log, {"kind": "news.topic"}).text
    assert "Nothing that was done is as you asked." in shown
    assert f'href="{log}">Take the search' in shown


def test_yes_and_no_are_said_in_the_language_of_the_desk(admin_client):
    admin_client.cookies["django_language"] = "ru"
    shown = admin_client.get(page(User, "changelist"))
    (icon,) = parsed(shown).findall(".//td[@class='field-is_active']/img")
    assert icon.get("alt") == "Да"


def told(response):
    """Return what an empty list says, in words."""
    (found,) = parsed(response).findall(".//div[@class='empty-list']")
    return spaced(" ".join("".join(found.itertext()).split()))
