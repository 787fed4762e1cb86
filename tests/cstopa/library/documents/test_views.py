"""Where a document is shown, and to whom."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstopa.library import files
from cstopa.library.documents.models import Document
from cstopa.library.uploads import new_token
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents import documentfile as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    """A document whose file is there."""
    content = made.pdf()
    path = files.store(f"documents/{new_token()}.pdf", content)
    titles = {"title_en": "On cheese", "title_ru": "О сыре"}
    return make.document(file=path, size=len(content), **titles)


def test_a_document_has_an_address_while_something_public_shows_it(client, whole):
    article, draft = make.article(status="draft"), make.draft(make.article())
    article.documents.add(whole)
    draft.documents.add(whole)
    address = whole.get_absolute_url()
    assert re.fullmatch(r"/media/documents/[0-9a-f]{32}/on-cheese\.pdf", address)
    assert client.get(address).status_code == 404
    article.status = "published"
    article.save()
    answer = client.get(address)
    assert answer.content == made.pdf()
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="on-cheese.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Language"] == "ru"
    assert client.head(address).status_code == 200
    unchanged = client.get(address, headers={"If-None-Match": headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.post(address).status_code in {403, 405}
    # It was of another kind; no other file has an address.
    assert client.get(address.replace(".pdf", ".docx")).headers["Location"] == address
    assert client.get(address.replace(whole.token, "0" * 32)).status_code == 404
    assert client.get(f"/media/{whole.file.name}").status_code == 404
    article.status = "draft"
    article.save()
    assert client.get(address).status_code == 404


SIZE = len(made.pdf())


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=10-19", range(10, 20)),
        ("Bytes = 10-", range(10, SIZE)),
        ("bytes=-7", range(SIZE - 7, SIZE)),
        ("bytes=5-99999999", range(5, SIZE)),
        ("bytes=-99999999", range(SIZE)),
    ],
)
def test_a_part_of_a_document_is_answered(client, whole, asked, part):
    make.article().documents.add(whole)
    address = whole.get_absolute_url()
    # As a browser asks, which is sent pages compressed.
    headers = {"Accept-Encoding": "gzip"}
    complete = client.get(address, headers=headers)
    answer = client.get(address, headers=headers | {"Range": asked})
    assert answer.status_code == 206
    assert answer.content == made.pdf()[part.start : part.stop]
    of_part = {
        "Content-Range": f"bytes {part[0]}-{part[-1]}/{SIZE}",
        "Content-Length": str(len(part)),
    }
    assert answer.headers == {**complete.headers, **of_part}
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_what_is_no_part_is_refused_or_answered_with_the_whole(client, whole):
    make.article().documents.add(whole)
    address = whole.get_absolute_url()
    etag = client.get(address).headers["ETag"]
    for asked in (f"{SIZE}-", "-0", "9-5", "x", "", "-", "1", "²-", "0-" + "9" * 99):
        answer = client.get(address, headers={"Range": f"bytes={asked}"})
        assert (answer.status_code, answer.content) == (416, b""), asked
        assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for headers in (
        {"Range": "bytes=0-1,3-4"},
        {"Range": "lines=1-2"},
        # It was replaced.
        {"Range": "bytes=0-1", "If-Range": '"other"'},
        {"Range": "bytes=0-1", "If-Range": f"W/{etag}"},
    ):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (200, made.pdf()), headers
    answer = client.get(address, headers={"Range": "bytes=0-1", "If-Range": etag})
    assert (answer.status_code, answer.content) == (206, b"%P")
    unchanged = client.get(address, headers={"Range": "bytes=0-1", "If-None-Match": etag})
    assert unchanged.status_code == 304
    assert client.head(address, headers={"Range": "bytes=0-1"}).status_code == 200


def test_a_document_of_no_language_is_said_to_be_in_none(client, whole):
    make.article().documents.add(whole)
    whole.language = ""
    whole.save()
    address = whole.get_absolute_url()
    etag = client.get(address).headers["ETag"]
    for headers in ({}, {"If-None-Match": etag}, {"Range": "bytes=0-1"}, {"Range": "bytes=x"}):
        assert "Content-Language" not in client.get(address, headers=headers).headers


def test_a_file_that_is_lost_is_no_fault_of_the_reader(client):
    article = make.article()
    article.documents.add(make.document())
    assert client.get(Document.objects.get().get_absolute_url()).status_code == 404


def test_a_page_lists_them_with_kind_size_and_language(client, whole):
    article = make.article(headline_ru="О", summary_ru="О", body_ru="<p>О</p>")
    article.documents.add(whole, make.document(title_en="About bread", size=1_258_291, kind="xlsx"))
    answer = client.get(article.get_absolute_url()).content.decode()
    said = re.findall(r'class="document" href="(.*?)" hreflang="ru">(.*?)</a>.*?\((.*?)\)', answer)
    assert [(title, what.replace("\xa0", " ")) for _address, title, what in said] == [
        ("About bread", "XLSX, 1.2 MB, in Russian"),
        ("On cheese", f"PDF, {whole.size} bytes, in Russian"),
    ]
    assert said[1][0] == whole.get_absolute_url()
    russian = client.get(f"/ru{article.get_absolute_url()}").content.decode()
    assert "XLSX, 1,2 МБ, на русском языке" in russian.replace("\xa0", " ")


def test_many_cost_the_queries_of_one(client, whole):
    article, counts = make.article(), []
    for number in (1, 8):
        article.documents.add(*(make.document() for _each in range(number)))
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_preview_shows_it_for_a_day(clock, client, admin_client, whole):
    draft = make.article(status="draft")
    draft.documents.add(whole)
    frame = f"{page(draft, 'change').removesuffix('change/')}preview/page/"
    found = admin_client.get(frame).content.decode()
    [address] = re.findall(r'class="document" href="(.*?)"', found)
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(address.partition("?")[0]).status_code == 404
    # It was of another kind.
    was = address.replace(".pdf", ".docx")
    assert client.get(was, follow=True).content == answer.content
    clock.shift(25 * 3600)
    assert client.get(address).status_code == 404


def test_files_and_rows_are_compared(whole, capsys, stored):
    call_command("check_library")
    assert "1 file, all with rows." in capsys.readouterr().out
    lost = make.document()
    with pytest.raises(CommandError, match="1 row without files"):
        call_command("check_library")
    assert f"The file {lost.file.name} of a row is not there." in capsys.readouterr().out
