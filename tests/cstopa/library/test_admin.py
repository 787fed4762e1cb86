"""Pictures at the desk: added, described, replaced, and what is no picture."""

import datetime as dt
import json
import re
from unittest import mock
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test.client import encode_multipart
from django.urls import reverse
from django.utils import timezone

from cstopa.library.models import Picture, Upload
from cstopa.library.uploads import MOST_WAITING
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import gif_of, jpeg, picture, saved
from tests.forms import filled

pytestmark = pytest.mark.django_db

ADD = reverse("admin:library_picture_add")
UPLOAD = reverse("admin:library_picture_upload")
OTHER = {"alternative_en": "Colours", "alternative_ru": "Цвета"}
SAID = {"alternative_en": "Red, green and blue", "alternative_ru": "Красное, зелёное и синее"}


@pytest.fixture
def writer(sign_in):
    return sign_in("Writer")


def sent(content=None, name="a.jpg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def add(client, file=None, **words):
    form = client.get(ADD)
    return client.post(ADD, filled(form, uploaded_file=file or sent(), **(SAID | words)))


def send(client, content=None, name="a.jpg"):
    content = jpeg() if content is None else content
    address = f"{UPLOAD}?name={name}"
    return client.post(address, content, content_type="application/octet-stream")


def test_a_picture_is_added_with_what_is_to_be_seen(writer, stored):
    assert add(writer).status_code == 302
    row = Picture.objects.get()
    assert (row.width, row.height, row.focal_x, row.focal_y) == (60, 40, 50, 50)
    assert str(row) == SAID["alternative_en"]
    assert stored() == [row.file.name]
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", row.file.name)
    assert not Upload.objects.exists()
    assert [version.file for version in row.history.all()] == [row.file.name]


def test_without_words_in_both_languages_the_file_is_not_chosen_again(writer, stored):
    answer = add(writer, alternative_ru="")
    assert "Say in both languages what is to be seen" in answer.content.decode()
    assert not Picture.objects.exists()
    upload = Upload.objects.get()
    again = filled(answer, **SAID)
    assert again["uploaded"] == upload.token
    assert writer.post(ADD, again).status_code == 302
    assert Picture.objects.get().file.name == upload.file.name
    assert stored() == [upload.file.name]
    assert not Upload.objects.exists()


def test_of_two_who_replace_a_file_the_second_is_told(writer):
    add(writer)
    row = Picture.objects.get()
    address = page(row, "change")
    forms = [writer.get(address) for _each in range(2)]
    first, second = (
        filled(form, uploaded_file=sent(jpeg(width=width)))
        for form, width in zip(forms, (30, 90), strict=True)
    )
    assert writer.post(address, first).status_code == 302
    answer = writer.post(address, second)
    assert "has replaced the file since you opened this" in answer.text
    row.refresh_from_db()
    assert row.width == 30
    # What is said of the picture was said of the one before.
    for said in ({"focal_x": "10"}, {"credit_ru": "Агентство"}):
        about = writer.post(address, filled(forms[1], **said))
        assert "has replaced the file since you opened this" in about.text
    assert writer.post(address, filled(answer)).status_code == 302
    row.refresh_from_db()
    assert row.width == 90


def test_a_decorative_one_needs_no_words(writer):
    assert add(writer, is_decorative="on", alternative_en="", alternative_ru="").status_code == 302
    assert Picture.objects.get().is_decorative


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg/>", "SVG, HTML"),
        (b"%PDF-1.7", "no picture that browsers show"),
        (jpeg(width=600)[:-600], "broken"),
        (gif_of(10_000), "moves"),
        (jpeg() + b"<html>", "Behind the picture stands something else"),
        (b"", "submitted file is empty|There is no file"),
    ],
)
def test_what_is_no_picture_is_told_at_the_field(writer, stored, content, words):
    for name in ("a.jpg", "../../etc/passwd", "x" * 300 + ".png"):
        answer = add(writer, sent(content, name))
        assert answer.status_code == 200
        assert re.search(words, answer.content.decode())
        assert SAID["alternative_ru"] in answer.content.decode()
    assert (Picture.objects.count(), Upload.objects.count(), stored()) == (0, 0, [])


@pytest.mark.parametrize("name", ["C:\\a\\b.jpg", "x" * 254, "a\0b.svg", "со сна.jpg", "<b>.html"])
def test_the_name_of_a_file_is_no_path(writer, stored, name):
    assert add(writer, sent(name=name)).status_code == 302
    row = Picture.objects.get()
    assert stored() == [row.file.name]
    assert "\\" not in row.name + send(writer, name=quote(name)).json()["name"]


@pytest.mark.parametrize("name", ["../../x.jpg", r"..\..\x.jpg", "a/../../x.jpg", "&#46;./x.jpg"])
def test_of_a_folder_in_a_form_nothing_stays(writer, stored, name):
    """Django cuts it before anything here sees the name."""
    form = filled(writer.get(ADD), **SAID)
    head = f'Content-Disposition: form-data; name="uploaded_file"; filename="{name}"\r\n\r\n'
    parts = encode_multipart("x", form).removesuffix(b"--x--\r\n")
    file = b"--x\r\n" + head.encode() + jpeg() + b"\r\n--x--\r\n"
    answer = writer.post(ADD, parts + file, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 302
    row = Picture.objects.get()
    assert (row.name, stored()) == ("x.jpg", [row.file.name])


@pytest.mark.parametrize("name", ["../../x.jpg", r"..\x.jpg", r"C:\a\..\x.jpg", "x" * 296 + ".jpg"])
def test_a_name_that_leads_out_or_is_too_long_is_refused(writer, stored, name):
    words = "leads out of its folder" if ".." in name else "is longer than 254 characters"
    answer = send(writer, name=quote(name))
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    if ".." not in name:
        answer = add(writer, sent(name=name))
        assert words in answer.context["errors"][0][0]
        several = reverse("admin:library_picture_several")
        answer = writer.post(several, {"uploaded_file": [sent(name=name)]}, follow=True)
        assert words in answer.text
    assert (Picture.objects.count(), Upload.objects.count(), stored()) == (0, 0, [])


def test_a_picture_is_asked_for(writer):
    answer = writer.post(ADD, filled(writer.get(ADD), **SAID))
    assert "Choose a file." in answer.content.decode()


def test_a_script_sends_several_that_wait_to_be_described(writer, stored):
    answers = [send(writer, name=f"{number}.jpg").json() for number in range(3)]
    assert len(stored()) == 3
    assert [each["name"] for each in answers] == ["0.jpg", "1.jpg", "2.jpg"]
    assert writer.get(answers[0]["shown"]).headers["Content-Type"] == "image/jpeg"
    form = writer.get(ADD)
    for each in answers:
        assert f"{ADD}?uploaded={each['token']}" in form.content.decode()
    form = writer.get(ADD, {"uploaded": answers[1]["token"]})
    assert writer.post(ADD, filled(form, **SAID)).status_code == 302
    assert Upload.objects.count() == 2
    # What another took, or what waited too long, is not there any more.
    form = writer.get(ADD)
    answer = writer.post(ADD, filled(form, uploaded=answers[1]["token"], **OTHER))
    assert "not here any more" in answer.content.decode()


def test_a_script_is_told_what_is_no_picture(writer, stored):
    for content in (b"<svg/>", b"", b"\xff\xd8"):
        answer = send(writer, content)
        assert answer.status_code == 400
        assert answer.json()["error"].endswith(".")
    assert stored() == []


def test_who_may_not_is_refused(client, sign_in, django_user_model):
    assert send(client).status_code == 403
    administrator = sign_in("Administrator")
    administrator_of_accounts = User.objects.get(groups__name="Administrator")
    administrator_of_accounts.groups.clear()
    assert send(administrator).status_code == 403
    assert administrator.get(ADD).status_code == 403
    assert administrator.post(ADD, SAID).status_code == 403


def test_what_is_scheduled_is_changed_by_who_may_publish(writer):
    add(writer)
    row, moment = Picture.objects.get(), timezone.now() + dt.timedelta(days=1)
    draft = make.draft(make.article(), lead_picture=row)
    publisher = User.objects.create_superuser("publisher")
    text = make.article(status="draft", body_en=f"<p>[[picture:{row.code}]]</p>")
    address = page(row, "change")
    form = filled(writer.get(address), credit_en="Another")
    assert writer.post(address, form).status_code == 302
    draft.schedule(moment, publisher)
    assert writer.post(address, form).status_code == 403
    # What is written into the draft later waits.
    draft.lead_picture = None
    draft.save()
    assert writer.post(address, form).status_code == 403
    draft.move(None)
    assert writer.get(address).context["has_change_permission"]
    draft.body_en = f"<p>[[picture:{row.code}]]</p>"
    draft.save()
    draft.schedule(moment, publisher)
    draft.body_en = "<p>Ice</p>"
    draft.save()
    assert writer.post(address, form).status_code == 403
    draft.move(None)
    text.status, text.published_at = "published", moment
    text.save()
    assert writer.post(address, form).status_code == 403


@pytest.mark.parametrize("shown_by", ["lead_picture", "picture", "document"])
def test_what_a_scheduled_version_shows_is_deleted_by_nobody(admin_client, client, shown_by):
    row = make.document() if shown_by == "document" else make.picture()
    is_lead = shown_by == "lead_picture"
    text = "<p>Ice</p>" if is_lead else f"<p>[[{shown_by}:{row.code}]]</p>"
    article, moment = make.article(), timezone.now() + dt.timedelta(days=1)
    draft = make.draft(article, lead_picture=row if is_lead else None, body_en=text)
    if shown_by == "document":
        draft.documents.add(row)
    draft.schedule(moment, User.objects.get())
    # What is written into the draft later waits.
    draft.lead_picture, draft.body_en = None, "<p>Snow</p>"
    with transaction.atomic():
        draft.save()
        draft.documents.clear()
    link = f'<a href="{page(draft, "change")}">{draft}</a>'
    used = admin_client.get(page(row, "change")).context["adminform"].form.fields["uploaded"]
    assert link in used.help_text
    other = make.document() if shown_by == "document" else make.picture()
    chosen = {"action": "delete_selected", "_selected_action": [row.pk, other.pk], "post": "yes"}
    for answer in (
        admin_client.get(page(row, "delete")),
        admin_client.post(page(row, "delete"), {"post": "yes"}),
        admin_client.post(page(row, "changelist"), chosen),
    ):
        [kept] = answer.context["protected"]
        assert link in kept
        assert link in answer.text
    assert type(row).objects.filter(pk__in=[row.pk, other.pk]).count() == 2
    with time_machine.travel(moment + dt.timedelta(minutes=1)):
        assert client.get(article.get_absolute_url()).status_code == 200
    article.refresh_from_db()
    assert article.body_en == text
    assert row.is_public


def test_an_upload_is_shown_to_nobody_else(client, writer, django_user_model):
    address = send(writer).json()["shown"]
    other = django_user_model.objects.create_superuser("other")
    client.logout()
    assert client.get(address).status_code == 302
    client.force_login(other)
    assert client.get(address).status_code == 404
    token = Upload.objects.get().token
    form = client.get(ADD)
    answer = client.post(ADD, filled(form, uploaded=token, **SAID))
    assert "not here any more" in answer.content.decode()


@pytest.mark.parametrize("token", ["\0", "x", "0" * 33])
def test_what_is_no_token_finds_nothing(writer, token):
    form = writer.get(ADD)
    answer = writer.post(ADD, filled(form, **SAID) | {"uploaded": token})
    assert "not here any more" in answer.content.decode()
    assert writer.get(reverse("admin:library_picture_uploaded", args=[token])).status_code == 404


def test_so_many_wait_and_no_more(writer, stored):
    account = User.objects.get(groups__name="Writer")
    Upload.objects.bulk_create(
        Upload(account=account, token=f"{n:032}", file=f"{n}.jpg", width=1, height=1)
        for n in range(MOST_WAITING)
    )
    assert "describe them first" in send(writer).json()["error"]
    assert stored() == []


def test_what_nobody_came_back_to_goes(clock, writer, stored, done):
    send(writer)
    [old] = stored()
    clock.shift(8 * 24 * 3600)
    with done():
        send(writer)
    assert old not in stored()
    assert len(stored()) == 1


def test_a_picture_is_replaced_and_the_old_one_is_a_version(writer, stored):
    add(writer)
    row = Picture.objects.get()
    old = row.file.name
    address = page(row, "change")
    form = writer.get(address)
    other = sent(saved(picture(30, 90), "PNG"))
    assert writer.post(address, filled(form, uploaded_file=other)).status_code == 302
    row.refresh_from_db()
    assert (row.width, row.height) == (30, 90)
    assert stored() == sorted([old, row.file.name])
    versions = row.history.all()
    assert [version.file for version in versions] == [row.file.name, old]
    shown = [
        reverse("admin:library_picture_version_file", args=[row.pk, each.pk]) for each in versions
    ]
    content = writer.get(page(row, "history")).text
    for file in shown:
        assert f'src="{file}?small=1"' in content
        assert writer.get(file).status_code == 200
    # What is said of it is changed without the file.
    form = writer.get(address)
    assert writer.post(address, filled(form, caption_en="Three colours")).status_code == 302
    row.refresh_from_db()
    assert (row.width, row.caption_en) == (30, "Three colours")
    first = row.history.earliest()
    writer.post(reverse("admin:library_picture_bring_back", args=[row.pk, first.pk]))
    row.refresh_from_db()
    assert (row.file.name, row.width, row.caption_en) == (old, first.width, "")


def test_a_focal_point_lies_in_the_picture(writer):
    answer = add(writer, focal_x="101")
    assert "less than or equal to 100" in answer.content.decode()
    assert add(writer, focal_x="0", focal_y="100").status_code == 302


def test_a_file_whose_row_is_rolled_back_does_not_stay(writer, stored):
    form = writer.get(ADD)
    values = filled(form, uploaded_file=sent(), **SAID)
    with (
        mock.patch.object(Picture, "save", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
    ):
        writer.post(ADD, values)
    assert (stored(), Upload.objects.count()) == ([], 0)


def test_a_full_disk_is_told_at_the_field(writer):
    with mock.patch("django.core.files.storage.FileSystemStorage._save", side_effect=OSError):
        answer = add(writer)
        said = json.loads(send(writer).content)
    for words in (answer.content.decode(), said["error"]):
        assert "cannot be stored now" in words


def test_every_input_has_a_label(writer):
    form = writer.get(ADD).content.decode()
    ids = re.findall(r'<input type="file"[^>]* id="(\w+)"', form)
    assert ids == ["id_uploaded"]
    assert 'for="id_uploaded"' in form


def test_the_desk_shows_a_picture_to_who_may_see_it(client, writer, sign_in):
    add(writer)
    row = Picture.objects.get()
    address = reverse("admin:library_picture_file", args=[row.pk])
    for asked in (address, f"{address}?small=1"):
        answer = writer.get(asked)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
    assert writer.get(reverse("admin:library_picture_file", args=[row.pk + 1])).status_code == 404
    writer.logout()
    assert writer.get(address).status_code == 302
    staff = User.objects.create_user("staff", is_staff=True)
    client.force_login(staff)
    assert client.get(address).status_code == 403


def test_the_list_costs_the_same_for_many(writer, django_assert_max_num_queries):
    add(writer)
    address = reverse("admin:library_picture_changelist")
    writer.get(address)
    with django_assert_max_num_queries(12):
        assert SAID["alternative_en"] in writer.get(address).content.decode()
