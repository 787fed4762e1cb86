"""A topic is saved at the desk, and the save is undone from its message."""

import pytest

from news.models import Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.test_undoing import button, said, undo
from tests.forms import filled

pytestmark = pytest.mark.django_db


def save(client, address, **values):
    answer = client.post(address, filled(client.get(address), **values))
    assert answer.status_code == 302
    return answer


def test_a_save_is_undone(sign_in):
    editor = sign_in("Editor")
    row = make.topic("law", name_en="Model laws")
    answer = save(editor, page(row, "change"), name_en="Laws", slug="laws")
    row.refresh_from_db()
    assert (row.name_en, row.slug) == ("Laws", "laws")
    assert "On record again" in said(undo(editor, answer))
    row.refresh_from_db()
    assert (row.name_en, row.slug) == ("Model laws", "law")


def test_one_that_was_added_is_in_the_trash_unless_a_text_has_it(sign_in):
    editor = sign_in("Editor")
    law, peace = (
        button(editor, save(editor, page(Topic, "add"), name_en=name, slug=name.lower()))
        for name in ("Law", "Peace")
    )
    make.article(topics=[Topic.objects.get(slug="peace")])
    assert "What was new is in the trash." in said(editor.post(*law, follow=True))
    assert "named elsewhere" in said(editor.post(*peace, follow=True))
    assert [each.slug for each in Topic.objects.all()] == ["peace"]
