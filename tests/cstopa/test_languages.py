"""Which language a page speaks, and what it shows where words are missing."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import conditional_escape

from cstopa.languages import Text, has_words
from delegations.models import Parliament
from tests import make

pytestmark = pytest.mark.django_db


def test_text_of_the_page_is_plain_and_other_text_is_marked():
    text = Text("Sénat & Co", "en")
    with translation.override("en"):
        assert conditional_escape(text) == "Sénat &amp; Co"
    with translation.override("ru"):
        assert conditional_escape(text) == (
            '<span lang="en">Sénat &amp; Co</span> <span class="language-note">(по-английски)</span>'
        )
        assert text.plain == "Sénat & Co"
        assert conditional_escape(Text("", "en")) == ""


def test_a_name_is_read_in_the_readers_language_or_the_other():
    row = make.parliament(name_en="Parliament", name_ru="Парламент", state_ru="")
    with translation.override("ru"):
        assert (row.name, row.name.language) == ("Парламент", "ru")
        assert (row.state, row.state.language) == (row.state_en, "en")
    with translation.override("en"):
        assert (row.name, row.name.language) == ("Parliament", "en")


def test_a_persons_name_is_all_in_one_language():
    person = make.person(
        given_name_en="Ann",
        family_name_en="Example",
        given_name_ru="Анна",
        patronymic_ru="Ивановна",
    )
    with translation.override("ru"):
        assert (person.name, person.name.language) == ("Ann Example", "en")
        person.family_name_ru = "Пример"
        assert (person.name, person.name.language) == ("Анна Ивановна Пример", "ru")


def test_an_article_is_all_in_one_language():
    article = make.article(headline_ru="Заголовок", summary_ru="Кратко")
    with translation.override("ru"):
        assert article.language == "en"
        assert article.headline.language == article.body.language == "en"
        article.body_ru = "<p>Текст</p>"
        assert (article.headline, article.body.language) == ("Заголовок", "ru")
    assert article.complete_languages == ["en", "ru"]


def test_a_draft_shows_what_it_has():
    draft = make.article(
        status="draft", headline_en="", summary_en="", body_en="", headline_ru="Черновик"
    )
    assert str(draft) == "Черновик"


def test_has_words():
    both = make.parliament(name_ru="Парламент", state_ru="Страна")
    english = make.parliament()
    split = make.parliament(name_ru="Парламент")
    assert set(Parliament.objects.filter(has_words("name", "state"))) == {both, english, split}
    assert set(Parliament.objects.filter(has_words("name", "state", language="ru"))) == {both}


@pytest.fixture
def reader():
    """A reader whose browser asks for Russian and who chose Russian at the desk."""
    client = Client(headers={"accept-language": "ru"})
    client.post("/language/setlang/", {"language": "ru", "next": "/admin/"})
    return client


def test_a_public_page_speaks_the_language_of_its_address(reader):
    english, russian = reader.get("/no-such-page/"), reader.get("/ru/no-such-page/")
    assert (english["Content-Language"], russian["Content-Language"]) == ("en", "ru")
    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="ru"' in russian.content.decode()
    assert "Accept-Language" not in english.get("Vary", "")


def test_the_desk_speaks_the_editors_language(reader):
    assert '<html lang="ru"' in reader.get("/admin/login/").content.decode()
    reader.post("/language/setlang/", {"language": "en", "next": "/admin/"})
    response = reader.get("/admin/login/")
    assert '<html lang="en"' in response.content.decode()
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in response["Vary"].split(",")}


def test_a_desk_without_a_choice_follows_the_browser():
    response = Client(headers={"accept-language": "ru"}).get("/admin/login/")
    assert response["Content-Language"] == "ru"
    assert Client().get("/admin/login/")["Content-Language"] == "en"
