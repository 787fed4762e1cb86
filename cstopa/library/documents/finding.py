"""Reads the words of documents, beside the request that saved them: see ``read_now``."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import task

from cstopa.library.again import deferring
from cstopa.library.documents.models import Document, Words
from cstopa.library.documents.reading import text_in
from cstopa.search.index import refresh


@task()
def read(key, tries=0):
    with deferring(read, key, tries):
        read_now(key)


def read_now(key):
    """Let the document with a key be found by its words, unless it is, or is gone."""
    document = Document.objects.unread().filter(pk=key).first()
    if document is None:
        return
    with document.file.open() as file:
        content = file.read()
    try:
        text = text_in(content)
    except ValidationError as error:
        if error.code == "busy":
            raise
        # It was read when it came, and has words that nothing can read.
        text = ""
    keep(document, text)


@transaction.atomic
def keep(document, text):
    """Keep the words of a document, if that has still the file of which they are."""
    same = Document.objects.select_for_update().filter(pk=document.pk, file=document.file.name)
    if same.exists():
        words = {"text": text, "of_file": document.file.name}
        Words.objects.update_or_create(words, document=document)
        refresh(Document, [document.pk])


def read_later(instance, **_signal):
    transaction.on_commit(partial(read.enqueue, instance.pk), robust=True)
