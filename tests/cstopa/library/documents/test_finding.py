"""The words of documents, by which readers find them."""

from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cstopa.library import files
from cstopa.library.documents import process
from cstopa.library.documents.finding import read
from cstopa.library.documents.models import Document, Words
from cstopa.library.documents.reading import refused, text_in
from cstopa.library.uploads import new_token
from tests import make
from tests.cstopa.library.documents import documentfile as made

pytestmark = pytest.mark.django_db


def document(content, kind, **fields):
    path = files.store(f"documents/{new_token()}.{kind}", content)
    known = {"file": path, "kind": kind, "size": len(content), "language": "en"}
    return Document.objects.create(**known | {"title_en": "An act"} | fields)


def search(client, words):
    return client.get(reverse("search"), {"q": words}).content.decode()


def test_the_words_of_each_kind_are_read():
    assert "An agreement on cheese" in text_in(made.pdf())
    assert "A decision on bread" in text_in(made.docx())
    for kind, words in (("odt", "A statement on honey"), ("xlsx", "Contributions to the budget")):
        assert process.answer(made.GOOD[kind](), "text") == {"text": words}
    long = made.odt("<a>word </a>" * process.MOST_SIGNS)
    assert len(process.answer(long, "text")["text"]) <= process.MOST_SIGNS
    broken = made.repacked(made.xlsx(), xl__worksheets__a=b"", **{"xl__sharedStrings.xml": "<a>"})
    assert process.answer(broken, "text") == {"error": "broken"}
    # What was read before a broken part is kept.
    half = made.repacked(made.docx(), **{"word__footnotes.xml": "<a>"})
    assert process.answer(half, "text") == {"text": "A decision on bread"}


def test_readers_find_what_something_public_shows(client, done):
    with done():
        row = document(made.pdf(), "pdf")
    article = make.article(status="draft")
    article.documents.add(row)
    assert row.get_absolute_url() not in search(client, "cheese")
    article.status = "published"
    article.save()
    found = search(client, "cheese")
    assert row.get_absolute_url() in found
    assert "<mark>cheese</mark>" in found
    assert f"PDF, {row.size}\xa0bytes, in English" in found
    # What it was before is not found any more.
    with done():
        row.kind, content = "docx", made.docx()
        row.file = files.store(f"documents/{new_token()}.docx", content)
        row.save()
        assert row.get_absolute_url() not in search(client, "cheese")
    assert row.get_absolute_url() in search(client, "bread")
    article.status = "draft"
    article.save()
    assert row.get_absolute_url() not in search(client, "bread")


def test_half_a_letter_of_a_pdf_is_none(client, done):
    halves = "/CIDInit /ProcSet findresource begin begincmap 1 beginbfchar <63> <D800> endbfchar"
    content = made.pdf("cheese", letters=halves)
    assert "\ud800" in process.answer(content, "text")["text"]
    with done():
        row = document(content, "pdf")
    assert Words.objects.get(document=row).text == " heese"


def test_of_no_stated_language_its_words_are_of_that_which_their_letters_are(client, done):
    with done():
        row = document(made.docx(), "docx", language="")
    make.article().documents.add(row)
    found = search(client, "bread")
    assert row.get_absolute_url() in found
    assert "in Russian" not in found


def test_words_are_read_again_by_a_command(client, capsys, done):
    # What nothing can read any more has none; what is not there is named.
    row, broken = document(made.odt(), "odt"), document(b"%PDF-", "pdf")
    call_command("read_documents")
    assert "2 documents were read." in capsys.readouterr().out
    assert Words.objects.get(document=row).text == "A statement on honey"
    assert Words.objects.get(document=broken).text == ""
    call_command("read_documents")
    assert "0 documents" in capsys.readouterr().out
    Words.objects.filter(document=row).update(text="other words")
    make.article().documents.add(row)
    call_command("read_documents", "--all")
    call_command("rebuild_search")
    assert Words.objects.get(document=row).text == "A statement on honey"
    assert row.get_absolute_url() in search(client, "honey")


def test_what_may_pass_is_tried_again_by_a_worker(settings):
    row = document(made.pdf(), "pdf")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with mock.patch("cstopa.library.documents.finding.text_in", side_effect=refused("busy")):
        read.func(row.pk)
        with pytest.raises(CommandError, match=row.code):
            call_command("read_documents")
    [waiting] = DBTaskResult.objects.all()
    assert waiting.run_after > timezone.now()
    read.func(*waiting.args_kwargs["args"])
    assert "cheese" in Words.objects.get(document=row).text


def test_several_found_cost_the_queries_of_one(client):
    article, counts = make.article(), []
    for number in (1, 2):
        for _each in range(number):
            row = make.document(title_en="Cheese")
            Words.objects.create(document=row, text="milk", of_file=row.file.name)
            row.save()
            article.documents.add(row)
        with CaptureQueriesContext(connection) as queries:
            found = search(client, "milk")
        counts.append((found.count("<mark>milk</mark>"), len(queries)))
    [(one, few), (many, more)] = counts
    assert (one, many) == (1, 3)
    assert few == more
