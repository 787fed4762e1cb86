from unittest import mock

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from news.models import Article, Topic
from tests import make
from tests.forms import filled
from tests.news.desk import ADD, LIST, MOMENT, WORDS, address, public_rows, signed_in
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db


def as_stored():
    return [
        {
            **each,
            "topics": list(Topic.objects.filter(articles=each["id"]).values_list("pk", flat=True)),
        }
        for each in Article.objects.order_by("pk").values()
    ]


def test_an_editor_writes_a_draft_and_changes_it(editor):
    assert editor.post(ADD, filled(editor.get(ADD), **WORDS)).status_code == 302
    row = Article.objects.get()
    assert (row.status, row.slug) == ("draft", "told")
    page = editor.get(address(row))
    topic = make.topic()
    assert (
        editor.post(address(row), filled(page, headline_en="New", topics=[topic.pk])).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.headline_en, row.status, list(row.topics.all())) == ("New", "draft", [topic])


def test_an_editor_deletes_a_draft(editor):
    row = make.article(status="draft")
    assert editor.post(address(row, "delete"), {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()


def test_an_editor_reads_what_is_public_and_has_no_field_to_change_it(editor):
    for row in public_rows():
        page = editor.get(address(row))
        assert page.status_code == 200
        assert row.headline_en in page.content.decode()
        assert not page.context["adminform"].form.fields
        assert editor.get(address(row, "history")).status_code == 200


def test_it_is_read_at_the_desk_as_readers_see_it():
    make.allocation(make.chamber(make.parliament("belarus")), seats=7)
    reference = "<p>There are <strong>[[seats:belarus]]</strong> seats.</p>"
    row = make.article(summary_en="[[seats:belarus]] seats", body_en=reference)
    for each in (row, make.draft(row, body_en=f"{reference}<p>Anew</p>")):
        name = each._meta.model_name
        reader = signed_in(name, permissions=[f"view_{row._meta.model_name}", "view_articledraft"])
        page = reader.get(reverse(f"admin:news_{name}_change", args=[each.pk]))
        [body] = [
            part for part in parsed(page).iter() if part.get("lang") == "en" and part.tag == "div"
        ]
        assert words(body).startswith("There are 7 seats.")
        assert [words(part) for part in body.iter("strong")] == ["7"]
        assert "[[" not in page.text
        assert "desk/editor" in page.text
        assert not page.context["adminform"].form.fields


@pytest.mark.parametrize("moment", ["2026-05-21 10:00", "2099-05-21 10:00"])
def test_an_editor_cannot_add_what_is_public(editor, moment):
    data = filled(editor.get(ADD), **WORDS, **MOMENT | {"published_at": moment}, status="published")
    for page in (ADD, f"{ADD}?_popup=1&status=published"):
        assert editor.post(page, data).status_code == 403
        assert editor.post(page, data | {"status": ["draft", "published"]}).status_code == 403
    assert not Article.objects.exists()


def test_an_editor_cannot_make_a_draft_public(editor):
    row = make.article(status="draft")
    before = as_stored()
    data = filled(editor.get(address(row)), status="published")
    for forged in (data, data | {"_saveasnew": "1"}, data | {"_popup": "1"}):
        assert editor.post(address(row), forged).status_code == 403
    assert as_stored() == before


def test_an_editor_does_not_choose_what_leads_the_home_page(editor):
    row = make.article(status="draft")
    data = filled(editor.get(address(row)))
    assert "leads_until" not in data
    response = editor.post(address(row), data | {"leads_until": "2199-01-01 10:00"})
    assert response.status_code == 403
    row.refresh_from_db()
    assert row.leads_until is None


@pytest.mark.parametrize("status", ["draft", "published", None])
def test_an_editor_cannot_change_what_is_public(editor, publisher_form, status):
    for row in public_rows():
        data = publisher_form(row, status=status, headline_en="Forged")
        before = as_stored()
        assert editor.post(address(row), data).status_code == 403
        assert as_stored() == before


def test_what_an_editor_may_only_read_says_its_language(editor):
    shown = words(parsed(editor.get(address(make.article()))))
    for label in ("Headline (in English):", "Headline (in Russian):", "Body (in Russian):"):
        assert label in shown


def test_an_editor_cannot_delete_what_is_public(editor):
    rows = public_rows()
    draft = make.article(status="draft")
    for row in rows:
        assert editor.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    for chosen in (rows, [draft, rows[0]]):
        action = {
            "action": "delete_selected",
            "_selected_action": [row.pk for row in chosen],
            "post": "yes",
        }
        assert editor.post(LIST, action).status_code == 403
        assert editor.post(LIST, action | {"index": "0", "select_across": "1"}).status_code == 403
    assert Article.objects.count() == 3


def test_a_draft_made_public_while_an_editor_deletes_it_stays(editor):
    """The publisher is through just before the chosen rows are locked."""
    row = make.article(status="draft")
    select_for_update = QuerySet.select_for_update
    locked = []

    def waits(self, *args, **kwargs):
        # What is made public is counted, and the counts are locked too.
        if self.model is Article and not locked:
            locked.append(self.model)
            Article.objects.update(status="published")
        return select_for_update(self, *args, **kwargs)

    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    with mock.patch.object(QuerySet, "select_for_update", waits):
        assert editor.post(LIST, action).status_code == 403
    assert locked == [Article]
    assert Article.objects.exists()


def test_an_editor_is_told_which_article_keeps_the_chosen_from_being_deleted(editor):
    public, _ahead = public_rows()
    draft = make.article(status="draft")
    action = {"action": "delete_selected", "_selected_action": [draft.pk, public.pk]}
    shown = editor.post(LIST, action)
    assert list(shown.context["perms_lacking"]) == [
        f'Article: <a href="{address(public)}">{public.headline}</a>'
    ]
    assert address(public) in shown.content.decode()


def test_an_editor_cannot_write_from_a_list_or_a_version(editor, publisher_form):
    row = make.article()
    before = as_stored()
    data = publisher_form(row, headline_en="Forged")
    version = row.history.first().pk
    for page in (address(row, "simple_history", version), address(row, "history")):
        assert editor.post(page, data).status_code == 403
    editor.post(
        LIST,
        {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-id": row.pk,
            "form-0-status": "draft",
            "_save": "Save",
        },
    )
    assert as_stored() == before


def test_a_draft_that_was_made_public_meanwhile_is_refused(editor):
    row = make.article(status="draft")
    data = filled(editor.get(address(row)), headline_en="Too late")
    Article.objects.update(status="published")
    assert editor.post(address(row), data).status_code == 403
    row.refresh_from_db()
    assert (row.status, row.headline_en) != ("draft", "Too late")
