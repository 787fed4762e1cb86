"""Documents at the desk: added, replaced, and what is none."""

import errno
import re
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from cstopa.library.documents.models import Document, Upload
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents import documentfile as made
from tests.cstopa.library.documents.test_reading import HTML
from tests.forms import filled

pytestmark = pytest.mark.django_db

ADD, LIST, SEVERAL, UPLOAD = (
    reverse(f"admin:documents_document_{each}")
    for each in ("add", "changelist", "several", "upload")
)
PICTURES = reverse("admin:library_picture_changelist")
FILE_OF = "admin:documents_document_version_file"


def sent(content=None, name="a.pdf"):
    return SimpleUploadedFile(name, made.pdf() if content is None else content)


def add(client, file=None, **words):
    said = {"title_en": "On cheese", "language": "ru"} | words
    return client.post(ADD, filled(client.get(ADD), uploaded_file=file or sent(), **said))


def test_a_document_is_added_and_known_by_its_content(writer, stored):
    assert add(writer, sent(made.docx(), "../../etc/passwd.exe")).status_code == 302
    row = Document.objects.get()
    assert (row.kind, row.code, row.size) == ("docx", "on-cheese", len(made.docx()))
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.docx", row.file.name)
    assert stored() == [row.file.name]
    assert not Upload.objects.exists()


def test_a_form_with_an_error_has_its_file(writer, stored):
    answer = add(writer, sent(name="x" * 250 + ".pdf"), title_en="")
    assert "A document has a title in one language at least." in answer.content.decode()
    assert "Arrived: xxx" in answer.content.decode()
    # A worse one, sent after it, is refused, and it stays.
    answer = writer.post(ADD, filled(answer, uploaded_file=sent(HTML), title_en=""))
    assert "Arrived: xxx" in answer.content.decode()
    assert writer.post(ADD, filled(answer, title_ru="О сыре")).status_code == 302
    row = Document.objects.get()
    assert (row.code, row.language) == ("o-syre", "ru")
    assert stored() == [row.file.name]


def test_a_name_that_is_too_long_is_told_at_the_field(writer, stored):
    answer = add(writer, sent(name="x" * 300 + ".pdf"))
    assert "is longer than 254 characters" in answer.context["errors"][0][0]
    assert (Upload.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HTML, "may hold a program"),
        (made.pdf()[:-60], "was cut off"),
        (made.pdf(password="cheese"), "has a password"),
        (b"", "submitted file is empty|There is no file"),
    ],
)
def test_what_is_no_document_is_told_at_the_field(writer, stored, content, words):
    answer = add(writer, sent(content))
    assert re.search(words, answer.content.decode())
    assert 'value="On cheese"' in answer.content.decode()
    assert (Document.objects.count(), Upload.objects.count(), stored()) == (0, 0, [])


def test_a_document_is_asked_for(writer):
    answer = writer.post(ADD, filled(writer.get(ADD), title_en="On cheese"))
    assert "Choose a file." in answer.content.decode()
    for token in ("0" * 32, "\0"):
        sent_form = filled(writer.get(ADD), title_en="On cheese") | {"uploaded": token}
        assert "not here any more" in writer.post(ADD, sent_form).content.decode()


def test_a_document_is_replaced_and_the_old_one_is_a_version(writer, stored):
    add(writer)
    row = Document.objects.get()
    old, address = row.file.name, page(row, "change")
    opened = writer.get(address)
    answer = writer.post(address, filled(opened, uploaded_file=sent(made.xlsx())))
    assert answer.status_code == 302
    # The language was said of the one before.
    answer = writer.post(address, filled(opened, language="en"))
    assert "has replaced the file since you opened this" in answer.text
    row.refresh_from_db()
    assert (row.kind, stored()) == ("xlsx", sorted([old, row.file.name]))
    versions = row.history.all()
    assert [version.file for version in versions] == [row.file.name, old]
    # The history names both files and leads to them, and so do its other pages.
    files = [reverse(FILE_OF, args=[row.pk, each.pk]) for each in reversed(versions)]
    newest = f"?from={versions[0].pk}&to={versions[1].pk}"
    for shown in (
        page(row, "history"),
        reverse("admin:documents_document_compare", args=[row.pk]) + newest,
        reverse("admin:documents_document_simple_history", args=[row.pk, versions[0].pk]),
    ):
        [change] = re.findall(
            '<a href="([^"]*)">PDF, [^<]*</a> → <a href="([^"]*)">XLSX,', writer.get(shown).text
        )
        assert [*change] == files, shown
    assert b"".join(writer.get(files[0])).startswith(b"%PDF")
    for odd in ([row.pk, 0], [row.pk, "x"], [0, versions[0].pk]):
        assert writer.get(reverse(FILE_OF, args=odd)).status_code == 404
    assert Client().get(files[0]).status_code == 302
    # It comes back with what follows from it.
    back = [row.pk, versions[1].pk]
    answer = writer.post(reverse("admin:documents_document_bring_back", args=back), follow=True)
    assert "is back, as a new version" in answer.content.decode()
    row.refresh_from_db()
    assert (row.file.name, row.kind, row.size) == (old, "pdf", versions[1].size)
    assert row.history.count() == 3


def test_files_of_rows_that_are_rolled_back_go(writer, stored):
    values = filled(writer.get(ADD), uploaded_file=sent(), title_en="On cheese")
    with (
        mock.patch.object(Document, "save", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
    ):
        writer.post(ADD, values)
    assert stored() == []


def test_several_wait_and_are_described_in_turn(writer, stored):
    assert f'action="{SEVERAL}"' in writer.get(LIST).content.decode()
    chosen = [sent(name="one.pdf"), sent(HTML, "bad.html"), sent(made.odt(), "two.odt")]
    answer = writer.post(SEVERAL, {"uploaded_file": chosen})
    tokens = [each.token for each in Upload.objects.order_by("pk")]
    for number, token in enumerate(tokens):
        assert answer.headers["Location"] == f"{ADD}?uploaded={token}"
        form = writer.get(answer.headers["Location"])
        if not number:
            # Django begins each message with a capital.
            assert "Bad.html: This is HTML, SVG or another text" in form.content.decode()
        answer = writer.post(ADD, filled(form, title_en=f"Number {number}"))
    assert answer.headers["Location"] == LIST
    assert sorted(Document.objects.values_list("title_en", "kind")) == [
        ("Number 0", "pdf"),
        ("Number 1", "odt"),
    ]
    assert len(stored()) == 2


def test_a_script_sends_one_and_is_told_what_is_none(writer, stored):
    def answer(content):
        kind = "application/octet-stream"
        return writer.post(f"{UPLOAD}?name=a.xlsx", content, content_type=kind)

    assert answer(HTML).status_code == 400
    assert "may hold a program" in answer(HTML).json()["error"]
    told = answer(made.xlsx()).json()
    assert told["shown"].startswith("Arrived: a.xlsx (XLSX, ")
    # It is one of its own, and of no picture.
    assert f"{ADD}?uploaded={told['token']}" in writer.get(ADD).content.decode()
    assert told["token"] not in writer.get(PICTURES).content.decode()
    form = writer.get(ADD, {"uploaded": told["token"]})
    assert told["shown"] in form.content.decode()
    assert writer.post(ADD, filled(form, title_en="On bread")).status_code == 302
    assert stored() == [Document.objects.get().file.name]


def test_a_full_disk_is_told_at_the_field_and_keeps_no_part(writer, stored):
    def part(storage, name, content):
        Path(storage.path(name)).parent.mkdir(exist_ok=True)
        Path(storage.path(name)).write_bytes(content.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    with mock.patch.object(FileSystemStorage, "_save", part):
        assert "cannot be stored now" in add(writer).content.decode()
    assert stored() == []


def test_who_may_not_is_refused(client, writer):
    add(writer)
    row = Document.objects.get()
    file = reverse("admin:documents_document_file", args=[row.pk])
    answer = writer.get(file)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert writer.get(file.replace(str(row.pk), str(row.pk + 1))).status_code == 404
    writer.logout()
    assert client.get(file).status_code == 302
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert {client.get(each).status_code for each in (file, ADD)} == {403}
    for each in (ADD, SEVERAL, UPLOAD):
        assert client.post(each, {"title_en": "On cheese"}).status_code == 403


def test_what_readers_see_is_changed_by_who_may_publish(client, writer):
    article = make.article(status="draft")
    article.documents.add(make.document())
    row, address = Document.objects.get(), page(Document.objects.get(), "change")
    assert article.headline_en in writer.get(address).content.decode()
    article.status = "published"
    article.save()
    answer = writer.get(address)
    assert 'name="uploaded_file"' not in answer.content.decode()
    assert article.headline_en in answer.content.decode()
    assert writer.post(address, {"title_en": "Other"}).status_code == 403
    publisher = User.objects.create_user("publisher", is_staff=True)
    publisher.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(publisher)
    assert 'name="uploaded_file"' in client.get(address).content.decode()
    answer = client.post(page(row, "delete"), {"post": "yes"}, follow=True)
    assert Document.objects.exists()
    assert article.headline_en in answer.content.decode()
