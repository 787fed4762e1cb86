import pytest
from django.urls import reverse

from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.reading import spaced

pytestmark = pytest.mark.django_db


def test_in_russian_no_name_of_a_kind_of_row_is_left_uninflected(admin_client):
    admin_client.cookies["django_language"] = "ru"
    topic = make.topic(name_ru="Законы")
    form = admin_client.get(page(topic, "change"))
    assert "Изменить: тема" in spaced(form.text)
    assert "Выберите, что изменить: тема" in spaced(
        admin_client.get(reverse("admin:news_topic_changelist")).text
    )
    saved = admin_client.post(page(topic, "change"), filled(form, name_ru="Право"), follow=True)
    assert "Изменено: тема «" in spaced(saved.text)
