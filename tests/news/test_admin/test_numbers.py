"""Numbers that are typed in an article: the editor uses a reference, or keeps the words as quoted."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from cstopa.admin.asking import ALL_THE_SAME
from cstopa.publishing.models import Review
from news.models import Article
from tests import make
from tests.forms import errors, filled
from tests.news.desk import ADD, WORDS, address
from tests.reading import parsed, text

pytestmark = pytest.mark.django_db

TYPED = "7 deputies of the House of Representatives came."


@pytest.fixture(autouse=True)
def rows():
    call_command("loaddata", "delegations", verbosity=0)


def asked(response):
    """Return what is asked of numbers, by field."""
    return [
        (each.field, each.words.partition(":")[0])
        for each in response.context["adminform"].form.asked
        if "typed beside" in each.words
    ]


def left_so(response, **values):
    """Return what the browser sends after the tick that leaves it so."""
    ticks = parsed(response).iter("input")
    [tick] = [
        each for each in ticks if (each.get("name"), each.get("type")) == (ALL_THE_SAME, "checkbox")
    ]
    return filled(response, **{ALL_THE_SAME: tick.get("value")}, **values)


@pytest.mark.parametrize("field", ["headline_en", "summary_en", "body_en"])
def test_a_typed_number_is_asked_about_at_its_field(editor, field):
    answer = editor.post(ADD, filled(editor.get(ADD), **WORDS | {field: TYPED}))
    assert asked(answer) == [(field, "“7 deputies”")]
    assert f'href="#id_{field}"' in text(answer)
    assert not Article.objects.exists()
    used = filled(answer, **{field: "[[deputies:belarus-house]] came."})
    assert editor.post(ADD, used).status_code == 302
    assert "[[deputies:belarus-house]]" in getattr(Article.objects.get(), field)


def test_a_russian_number_is_told_too(editor):
    answer = editor.post(ADD, filled(editor.get(ADD), headline_ru="22 парламентария от России"))
    assert asked(answer) == [("headline_ru", "“22 парламентария”")]


def test_who_quotes_ticks_and_keeps_the_words(editor):
    answer = editor.post(ADD, filled(editor.get(ADD), **WORDS | {"summary_en": TYPED}))
    assert editor.post(ADD, left_so(answer)).status_code == 302
    row = Article.objects.get()
    assert row.summary_en == TYPED
    # They are no news the next time, and nothing is asked.
    page = editor.get(address(row))
    changed = filled(page, summary_en=f"{TYPED} In Minsk.", headline_en="New")
    assert editor.post(address(row), changed).status_code == 302
    row.refresh_from_db()
    assert row.summary_en == f"{TYPED} In Minsk."
    assert row.history.count() == 2


def test_the_answer_holds_for_the_same_words_at_each_further_step(editor, publisher):
    topic = make.topic()
    sent = filled(editor.get(ADD), **WORDS | {"summary_en": TYPED}, topics=[topic.pk])
    answer = editor.post(ADD, sent | {"_review": "submitted"})
    assert asked(answer) == [("summary_en", "“7 deputies”")]
    # The step is taken with the answer, by its own button.
    assert "Save all the same" not in text(answer)
    assert editor.post(ADD, left_so(answer, _review="submitted")).status_code == 302
    row = Article.objects.get()
    assert Review.objects.current_of(row).state == "submitted"
    # As it stands in another field it is another matter.
    answer = editor.post(address(row), filled(editor.get(address(row)), headline_en=TYPED))
    assert asked(answer) == [("headline_en", "“7 deputies”")]
    # Taken out and typed in again it is the same.
    for words in ("Nobody came.", TYPED):
        sent = filled(editor.get(address(row)), summary_en=words)
        assert editor.post(address(row), sent).status_code == 302
    # What goes public is the decision of who publishes it, who is asked once.
    page = publisher.get(address(row))
    answer = publisher.post(address(row), filled(page, status="published"))
    assert asked(answer) == [("summary_en", "“7 deputies”")]
    assert publisher.post(address(row), left_so(answer)).status_code == 302
    # Nor is it asked in a draft over it.
    row.refresh_from_db()
    assert row.is_public
    new = f"{reverse('admin:news_articledraft_add')}?live={row.pk}"
    sent = filled(editor.get(new), summary_en=f"{TYPED} In Minsk.")
    assert editor.post(new, sent).status_code == 302


def test_who_types_it_and_publishes_it_is_asked_once(publisher):
    sent = filled(publisher.get(ADD), **WORDS | {"summary_en": TYPED}, topics=[make.topic().pk])
    answer = publisher.post(ADD, sent | {"status": "draft"})
    assert asked(answer) == [("summary_en", "“7 deputies”")]
    assert publisher.post(ADD, left_so(answer)).status_code == 302
    row = Article.objects.get()
    answer = publisher.post(address(row), filled(publisher.get(address(row)), status="published"))
    assert [each.field for each in answer.context["adminform"].form.asked] == ["headline_ru"]
    assert publisher.post(address(row), left_so(answer)).status_code == 302


def test_what_was_answered_holds_while_another_mistake_is_mended(editor):
    sent = filled(editor.get(ADD), **WORDS | {"summary_en": TYPED}, slug="2026")
    answer = editor.post(ADD, sent)
    assert asked(answer) == [("summary_en", "“7 deputies”")]
    answer = editor.post(ADD, left_so(answer))
    assert list(errors(answer)) == ["slug"]
    assert asked(answer) == []
    assert editor.post(ADD, filled(answer, slug="told")).status_code == 302


def test_the_same_words_once_more_are_new(editor):
    row = make.article(status="draft", summary_en=TYPED)
    page = editor.get(address(row))
    answer = editor.post(address(row), filled(page, summary_en=f"{TYPED} {TYPED}"))
    assert asked(answer) == [("summary_en", "“7 deputies”")]
    answer = editor.post(address(row), filled(page, headline_en=TYPED))
    assert asked(answer) == [("headline_en", "“7 deputies”")]


def test_the_tick_alone_changes_nothing(editor):
    row = make.article(status="draft", summary_en=TYPED)
    versions = row.history.count()
    page = editor.get(address(row))
    assert editor.post(address(row), filled(page, _all_the_same="on")).status_code == 302
    assert row.history.count() == versions


@pytest.mark.parametrize("sent", [None, "", "False", "0", "x"])
def test_what_a_script_sends_in_its_place_answers_nothing(editor, sent):
    data = filled(editor.get(ADD), **WORDS | {"headline_en": TYPED}, _all_the_same=sent)
    assert editor.post(ADD, data).status_code == 200


def test_in_the_language_of_the_desk(editor):
    editor.cookies["django_language"] = "ru"
    answer = editor.post(ADD, filled(editor.get(ADD), **WORDS | {"body_en": TYPED}))
    [finding] = answer.context["adminform"].form.asked
    assert finding.field == "body_en"
    assert finding.words.startswith("«7 deputies»: рядом с депутатами")
