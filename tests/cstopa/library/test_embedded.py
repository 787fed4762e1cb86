"""Pictures inside a document of Word wait to be described, and stand in its text."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from cstopa.library import embedded
from cstopa.library.models import WAITS_IN_TEXT, Picture, Upload
from cstopa.library.uploads import MOST_WAITING, WAITS
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import jpeg, picture, png_that_claims, saved
from tests.cstopa.library.test_admin import SAID
from tests.cstopa.library.test_picking import PICK, add
from tests.cstopa.pasting.wordfile import PICTURE, document, p, relationships
from tests.forms import filled

pytestmark = pytest.mark.django_db

PNG = saved(picture(80, 40), "PNG")
EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60)


def document_with(*contents, before=()):
    """Return a document whose text has each picture below a word."""
    numbers = [*enumerate(contents, 1)]
    blocks = [p("word", PICTURE.replace("rId2", f"rId{20 + number}")) for number, _each in numbers]
    relations = ((f"rId{20 + number}", "image", f"media/{number}.png") for number, _each in numbers)
    files = {"word/_rels/document.xml.rels": relationships(*relations)}
    files |= {f"word/media/{number}.png": content for number, content in numbers}
    return document(*before, *blocks, files=files)


def drop(client, content, **query):
    query = {"name": "news.docx", "language": "ru"} | query
    address = reverse("admin:paste-word", query=query)
    return client.post(address, content, content_type="application/octet-stream")


def test_they_arrive_and_are_described_as_one_that_is_pasted(writer, stored):
    found = drop(writer, document_with(jpeg(), PNG, jpeg())).json()
    first, second = Upload.objects.order_by("pk")
    assert found["pictures"] == [first.code, second.code]
    assert found["notes"] == []
    # The third is the first once more.
    named = re.findall(r"<p>word</p><p>\[\[picture:(.*?)\]\]</p>", found["html"])
    assert named == [first.code, second.code, first.code]
    assert (first.width, first.name, str(second)) == (60, "news.docx 1", "news.docx 2")
    assert stored() == sorted([first.file.name, second.file.name])
    # The editor of the text shows it, and its account alone.
    shown = reverse("admin:library_picture_file_of", args=[first.code])
    with first.file.open() as file:
        assert writer.get(shown).content == file.read()
    form = writer.get(PICK, {"code": first.code}).content.decode()
    assert f'value="{first.token}"' in form
    # What Word says of it is offered in the language of the text.
    [(name, words)] = re.findall(r'name="(alternative_..").*?value="(.*?)"', form) or [("", "")]
    assert (name, words) == ('alternative_ru"', "photo")
    assert add(writer, uploaded=first.token).json()["code"] == first.code
    assert writer.get(shown).status_code == 200
    assert [each.code for each in Upload.objects.all()] == [second.code]


def test_those_of_a_document_with_a_long_name_are_told_apart(writer):
    drop(writer, document_with(jpeg(), PNG), name=f"texts\\{'x' * 200}.docx")
    assert [each.name for each in Upload.objects.order_by("pk")] == [
        f"{'x' * 90} 1",
        f"{'x' * 90} 2",
    ]


def test_another_account_neither_sees_nor_takes_it(writer, publisher):
    drop(writer, document_with(jpeg()))
    upload = Upload.objects.get()
    shown = reverse("admin:library_picture_file_of", args=[upload.code])
    assert publisher.get(shown).status_code in {302, 404}
    assert upload.token not in publisher.get(PICK, {"code": upload.code}).content.decode()
    assert add(publisher, uploaded=upload.token).status_code == 422


def test_a_text_that_is_saved_before_has_it_when_it_is_described(publisher, client, done):
    article = make.article(status="draft")
    html = drop(publisher, document_with(jpeg())).json()["html"]
    address = page(article, "change")
    assert publisher.post(address, filled(publisher.get(address), body_en=html)).status_code == 302
    upload = Upload.objects.get()
    answer = publisher.post(address, filled(publisher.get(address), status="published"))
    said = f"The picture {upload.code} waits to be described: readers see nothing in its place."
    assert said in answer.content.decode()
    form = publisher.get(reverse("admin:library_picture_add"), {"uploaded": upload.token})
    assert 'value="photo"' in form.content.decode()
    with done():
        publisher.post(reverse("admin:library_picture_add"), filled(form, **SAID))
    row = Picture.objects.get()
    assert (row.code, row.alternative_ru) == (upload.code, SAID["alternative_ru"])
    assert [each.owner for each in row.placements.all()] == [article]


def test_who_may_not_publish_puts_none_into_a_public_text(writer):
    drop(writer, document_with(jpeg()))
    upload = Upload.objects.get()
    article = make.article(status="draft", body_en=f"<p>[[picture:{upload.code}]]</p>")
    article.status = "published"
    article.save()
    address = reverse("admin:library_picture_add")
    form = filled(writer.get(address, {"uploaded": upload.token}), **SAID)
    for answer in (writer.post(address, form), add(writer, uploaded=upload.token)):
        assert "Readers would see it in a text that is public" in answer.text
    assert Upload.objects.get().is_named
    assert not Picture.objects.exists()
    draft = make.draft(article)
    article.body_en = "<p>Without it.</p>"
    article.save()
    draft.schedule(timezone.now() + dt.timedelta(days=1), User.objects.get())
    assert writer.post(address, form).status_code == 200
    draft.move(None)
    assert writer.post(address, form).status_code == 302
    assert Picture.objects.get().code == upload.code


def test_one_that_a_text_has_waits_longer(writer):
    drop(writer, document_with(jpeg(), PNG))
    said = "for seven days, or ninety where a saved text has them"
    assert said in writer.get(reverse("admin:library_picture_add")).text
    first, _second = Upload.objects.order_by("pk")
    make.article(body_en=f"<p>[[picture:{first.code}]]</p>")
    for wait, left in ((WAITS, [first]), (WAITS_IN_TEXT, [])):
        Upload.objects.update(uploaded_at=timezone.now() - wait)
        Upload.objects.forget_old()
        assert [*Upload.objects.all()] == left


def test_one_that_a_text_has_keeps_no_room_from_others(writer):
    drop(writer, document_with(jpeg()))
    upload = Upload.objects.get()
    for number in range(MOST_WAITING - 1):
        Upload.objects.create(
            account=upload.account, token=f"{number:032}", file=f"{number}", width=1, height=1
        )
    assert drop(writer, document_with(PNG)).json()["pictures"] == []
    make.article(body_en=f"<p>[[picture:{upload.code}]]</p>")
    assert len(drop(writer, document_with(PNG)).json()["pictures"]) == 1


def test_what_is_described_meanwhile_is_not_forgotten(writer, stored, done):
    drop(writer, document_with(jpeg()))
    [read] = Upload.objects.all()
    with done():
        assert add(writer, uploaded=read.token).status_code == 200
    assert not Upload.objects.exists()
    with done():
        read.forget()
    assert Picture.objects.get().file.name in stored()


def test_what_is_refused_is_named_and_the_rest_arrives(writer, stored):
    bad = (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        EMF,
        png_that_claims(9000, 9000),
        jpeg()[:300],
    )
    found = drop(writer, document_with(*bad, PNG)).json()
    upload = Upload.objects.get()
    assert found["pictures"] == [upload.code]
    assert stored() == [upload.file.name]
    said = [note.split(".")[0] for note in found["notes"]]
    assert said == [f"Picture {number} was left out" for number in range(1, 5)]
    reasons = ("SVG", "no picture that browsers show", "50 megapixels", "cut off")
    assert all(why in note for why, note in zip(reasons, found["notes"], strict=True))
    assert found["html"].count("[[picture:") == 1


def test_where_there_is_no_room_the_words_arrive(writer, stored, settings, tmp_path):
    user = drop(writer, document_with(jpeg())) and Upload.objects.get().account
    for number in range(MOST_WAITING - 2):
        Upload.objects.create(
            account=user, token=f"{number:032}", file=f"{number}", width=1, height=1
        )
    found = drop(writer, document_with(jpeg(), PNG)).json()
    assert len(found["pictures"]) == 1
    assert ("wait to be described" in found["notes"][0], found["html"].count("[[")) == (True, 1)
    # And where none can be stored, none is on record.
    Upload.objects.all().delete()
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("no folder")
    found = drop(writer, document_with(jpeg())).json()
    assert (found["html"], found["pictures"]) == ("<p>word</p>", [])
    assert "cannot be stored" in found["notes"][0]
    assert not Upload.objects.exists()


def test_their_time_is_bounded(writer, monkeypatch):
    content = document_with(jpeg(), PNG)
    # That of the process in which the last one is read, too.
    monkeypatch.setattr(embedded, "SECONDS", 0.001)
    found = drop(writer, content).json()
    assert (found["html"], found["pictures"]) == ("<p>word</p><p>word</p>", [])
    assert ["too intricate" in note for note in found["notes"]] == [True, True]
    monkeypatch.setattr(embedded, "SECONDS_TO_BEGIN", -1)
    found = drop(writer, content).json()
    assert found["html"] == "<p>word</p><p>word</p>"
    assert found["notes"] == ["2\u00a0pictures were left out: paste or drop them by themselves."]
    monkeypatch.undo()
    assert len(drop(writer, content).json()["pictures"]) == 2


def test_a_text_that_is_refused_leaves_none(writer, stored):
    # Words beyond what a text may have.
    content = document_with(jpeg(), before=[p("слово " * 30)] * 2000)
    assert drop(writer, content).status_code == 400
    assert not Upload.objects.exists()
    assert stored() == []


def test_who_may_not_add_pictures_gets_the_words(sign_in, stored):
    client = sign_in(permissions=["change_article", "view_picture"])
    found = drop(client, document_with(jpeg(), PNG)).json()
    assert (found["html"], found["pictures"]) == ("<p>word</p><p>word</p>", [])
    assert found["notes"] == ["2\u00a0pictures were left out: you may not add pictures."]
    assert stored() == []
