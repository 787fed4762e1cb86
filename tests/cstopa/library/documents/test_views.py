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
