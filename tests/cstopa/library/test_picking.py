"""A picture is chosen in a form, and a new one added there."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from cstopa.library.models import Picture, Upload
from cstopa.library.picking import SHOWN
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.test_admin import SAID, send, sent

pytestmark = pytest.mark.django_db

PICK = reverse("admin:library-pick")


@pytest.fixture
def writer(sign_in):
    return sign_in("Writer")


def found(client, **query):
    content = client.get(PICK, query).content.decode()
    return [int(key) for key in re.findall(r'picker__choice" type="button" value="(\d+)"', content)]


def add(client, **words):
    known = {"focal_x": "50", "focal_y": "50", "uploaded": ""}
    return client.post(PICK, known | SAID | words)


def test_pictures_are_found_by_all_that_is_said_of_them(writer):
    row = make.picture(
        name="dsc_0042.jpg",
        caption_ru="Заседание совета",
        credit_en="Press service",
        alternative_en="A round table",
    )
    other = make.picture()
    assert found(writer) == [other.pk, row.pk]
    assert found(writer, q=other.code) == [other.pk]
    for asked in ("dsc_0042", "заседание", "press", "round table"):
        assert found(writer, q=asked) == [row.pk], asked
    assert found(writer, q="nothing of the kind") == []
    assert found(writer, before=other.pk) == [row.pk]
    for odd in ("x", "-1", "9" * 40, "\0"):
        assert writer.get(PICK, {"before": odd, "q": odd}).status_code == 200


def test_many_are_shown_part_by_part_at_the_cost_of_one(
    writer, django_assert_max_num_queries, django_assert_num_queries
):
    make.picture()
    writer.get(PICK)
    with django_assert_max_num_queries(12) as few:
        writer.get(PICK)
    for _each in range(SHOWN):
        make.picture()
    with django_assert_num_queries(len(few)):
        content = writer.get(PICK).content.decode()
    assert content.count("picker__choice") == SHOWN
    [last] = re.findall(r'class="picker__more" type="button" value="(.*?)"', content)
    assert len(found(writer, before=last)) == 1


def test_a_new_one_is_added_and_told(writer, stored):
    token = send(writer, name="C:\\mine\\dsc.jpg").json()["token"]
    answer = add(writer, uploaded=token)
    row = Picture.objects.get()
    said = {"key": row.pk, "code": row.code, "words": SAID["alternative_en"]}
    assert answer.json() == said
    assert (row.name, row.width) == ("dsc.jpg", 60)
    assert stored() == [row.file.name]
    assert row.history.get().history_user.username == "editor"
    assert LogEntry.objects.get(object_id=row.pk).is_addition()
    assert not Upload.objects.exists()


def test_a_decorative_one_has_the_name_of_its_file(writer):
    add(writer, is_decorative="on", uploaded_file=sent(name="line.png"), **dict.fromkeys(SAID, ""))
    row = Picture.objects.get()
    assert str(row) == "line.png"
    assert found(writer, q="line") == [row.pk]


def test_a_mistake_leaves_what_was_typed_and_what_was_sent(writer, stored):
    answer = add(writer, uploaded_file=sent(), alternative_ru="", caption_en="At noon")
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Say in both languages what is to be seen" in content
    assert 'value="At noon"' in content
    assert Upload.objects.get().token in content
    assert add(writer, uploaded_file=sent(b"<svg/>", "a.svg")).status_code == 422
    assert add(writer).status_code == 422
    assert not Picture.objects.exists()
    assert len(stored()) == 1


def test_a_mistake_in_a_field_that_nobody_sees_is_said(writer, stored):
    answer = add(writer, uploaded_file=sent(), focal_x="101")
    assert answer.status_code == 422
    assert re.search('role="alert">[^<]*less than or equal to 100', answer.text)


def test_who_may_not_is_refused(client, sign_in):
    assert client.get(PICK).status_code == client.post(PICK).status_code == 403
    other = sign_in(permissions=["change_person"])
    assert other.get(PICK).status_code == add(other, uploaded_file=sent()).status_code == 403
    assert not Picture.objects.exists()


def test_who_may_only_look_adds_none(sign_in):
    reader = sign_in(permissions=["view_picture"])
    make.picture()
    content = reader.get(PICK).content.decode()
    assert "picker__choice" in content
    assert "picker__new" not in content
    assert add(reader, uploaded_file=sent()).status_code == 403


@pytest.mark.parametrize("code", ["picture-\0", "picture-", "x"])
def test_what_is_no_code_of_an_upload_finds_none(writer, code):
    send(writer)
    form = writer.get(PICK, {"code": code})
    assert (form.status_code, Upload.objects.get().token in form.text) == (200, False)


def test_without_a_script_the_field_is_a_select(writer):
    row = make.picture()
    article = make.article(status="draft", lead_picture=row)
    [field] = re.findall(
        r'<select name="lead_picture".*?</select>',
        writer.get(page(article, "change")).content.decode(),
        re.DOTALL,
    )
    assert f'<option value="{row.pk}" selected>{row}</option>' in field
    assert "picked-picture" in field
    assert "picked-picture" in writer.get(page(Article, "add")).content.decode()
