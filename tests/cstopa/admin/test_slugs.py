import pytest
from django.urls import reverse

from delegations.models import Parliament, Person
from news.models import Topic
from tests import make
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


def add(client, model, **values):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return client.post(address, filled(client.get(address), **values))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ({"name_en": "Model laws"}, "model-laws"),
        ({"name_ru": "Модельные законы"}, "modelnye-zakony"),
        ({"name_en": "Model laws", "name_ru": "Модельные законы"}, "model-laws"),
        ({"name_en": "…?", "name_ru": "Щит"}, "shchit"),
        ({"name_en": "word " * 24}, "-".join(["word"] * 16)),
    ],
)
def test_an_empty_slug_is_made_of_the_words(admin_client, words, slug):
    assert add(admin_client, Topic, **words).status_code == 302
    assert Topic.objects.get().slug == slug


def test_a_person_is_named_by_given_and_family_name(admin_client):
    add(admin_client, Person, given_name_ru="Виктор", family_name_ru="Когут")
    assert Person.objects.get().slug == "viktor-kogut"


def test_a_parliament_is_named_by_its_state(admin_client):
    add(admin_client, Parliament, state_en="Kyrgyz Republic", name_en="Supreme Council")
    assert Parliament.objects.get().slug == "kyrgyz-republic"


def test_a_slug_that_another_row_has_or_had_gets_a_number(admin_client):
    topic = make.topic("ice")
    topic.slug = "ice-and-snow"
    topic.save()
    make.topic("ice-2")
    add(admin_client, Topic, name_en="Ice")
    assert Topic.objects.latest("pk").slug == "ice-3"


def test_a_written_slug_that_another_row_had_is_refused_at_its_field(admin_client):
    topic = make.topic("ice")
    topic.slug = "snow"
    topic.save()
    other = make.topic("rain")
    address = reverse("admin:news_topic_change", args=[other.pk])
    shown = admin_client.get(address)
    for slug in ("ice", "snow"):
        assert list(errors(add(admin_client, Topic, name_en="Ice", slug=slug))) == ["slug"]
        assert list(errors(admin_client.post(address, filled(shown, slug=slug)))) == ["slug"]
    assert Topic.objects.count() == 2
    # Its own it may take back.
    address = reverse("admin:news_topic_change", args=[topic.pk])
    admin_client.post(address, filled(admin_client.get(address), slug="ice"))
    topic.refresh_from_db()
    assert topic.slug == "ice"


def test_a_row_keeps_the_slug_that_it_had(admin_client):
    topic = make.topic("ice", name_en="Ice")
    address = reverse("admin:news_topic_change", args=[topic.pk])
    admin_client.post(address, filled(admin_client.get(address), slug=""))
    topic.refresh_from_db()
    assert topic.slug == "ice"


def test_words_that_make_no_slug_get_an_error_at_the_field(admin_client):
    assert "slug" in errors(add(admin_client, Topic, name_en="…?"))


def test_a_form_without_words_says_what_is_missing_not_that_no_slug_can_be_made(admin_client):
    assert list(errors(add(admin_client, Topic))) == ["name_en"]
