"""Numbers that are typed in an article: the editor uses a reference, or keeps the words as quoted."""

import pytest
from django.core.management import call_command

from news.models import Article
from tests import make
from tests.forms import errors, filled
from tests.news.desk import ADD, WORDS, address
from tests.reading import parsed

pytestmark = pytest.mark.django_db

TYPED = "7 deputies of the House of Representatives came."


@pytest.fixture(autouse=True)
def rows():
    call_command("loaddata", "delegations", verbosity=0)


def tick(response):
    """Return the kind of the field in which an editor says that the numbers are quoted."""
    [field] = [each for each in parsed(response).iter("input") if each.get("name") == "quoted"]
    return field.get("type")


@pytest.mark.parametrize("field", ["headline_en", "summary_en", "body_en"])
def test_a_typed_number_is_asked_about_at_its_field(editor, field):
    page = editor.get(ADD)
    assert tick(page) == "hidden"
    answer = editor.post(ADD, filled(page, **WORDS | {field: TYPED}))
    assert errors(answer) == {
        field: [
            "“7 deputies”: a number stands beside deputies or seats. Pick a reference instead, or"
            " tick that it is quoted."
        ]
    }
    assert tick(answer) == "checkbox"
    assert not Article.objects.exists()
    used = filled(answer, **{field: "[[deputies:belarus-house]] came."})
    assert editor.post(ADD, used).status_code == 302
    assert "[[deputies:belarus-house]]" in getattr(Article.objects.get(), field)


def test_a_russian_number_is_told_too(editor):
    answer = editor.post(ADD, filled(editor.get(ADD), headline_ru="22 парламентария от России"))
    assert "“22 парламентария”" in errors(answer)["headline_ru"][0]


def test_who_quotes_ticks_and_keeps_the_words(editor):
    answer = editor.post(ADD, filled(editor.get(ADD), **WORDS | {"summary_en": TYPED}))
    assert editor.post(ADD, filled(answer, quoted="on")).status_code == 302
    row = Article.objects.get()
    assert row.summary_en == TYPED
    # They are no news the next time, and nothing is asked.
    page = editor.get(address(row))
    assert tick(page) == "hidden"
    changed = filled(page, summary_en=f"{TYPED} In Minsk.", headline_en="New")
    assert editor.post(address(row), changed).status_code == 302
    row.refresh_from_db()
    assert row.summary_en == f"{TYPED} In Minsk."
    assert row.history.count() == 2


def test_the_same_words_once_more_are_new(editor):
    row = make.article(status="draft", summary_en=TYPED)
    page = editor.get(address(row))
    answer = editor.post(address(row), filled(page, summary_en=f"{TYPED} {TYPED}"))
    assert len(errors(answer)["summary_en"]) == 1
    answer = editor.post(address(row), filled(page, headline_en=TYPED))
    assert list(errors(answer)) == ["headline_en"]


def test_the_tick_alone_changes_nothing(editor):
    row = make.article(status="draft", summary_en=TYPED)
    versions = row.history.count()
    page = editor.get(address(row))
    assert editor.post(address(row), filled(page, quoted="on")).status_code == 302
    assert row.history.count() == versions


@pytest.mark.parametrize("sent", [None, "", "False", "0", "x"])
def test_what_a_script_sends_in_its_place_is_read(editor, sent):
    data = filled(editor.get(ADD), **WORDS | {"headline_en": TYPED}, quoted=sent)
    expected = 302 if sent == "x" else 200
    assert editor.post(ADD, data).status_code == expected


def test_in_the_language_of_the_desk(editor):
    editor.cookies["django_language"] = "ru"
    answer = editor.post(ADD, filled(editor.get(ADD), **WORDS | {"body_en": TYPED}))
    assert list(errors(answer)) == ["body_en"]
    assert errors(answer)["body_en"][0].startswith("«7 deputies»: рядом с депутатами")
