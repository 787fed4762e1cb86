"""References to documents in a text: ``[[document:code]]`` is shown as the link of the document.

A text may link those alone that its row has as ``documents``, so that what it links is public when it is.
"""

import re

from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.library import references as pictures
from cstopa.library.documents.models import Document
from cstopa.library.documents.showing import particulars
from cstopa.library.references import among_words
from cstopa.models.fields import ProtectingManyToManyField
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.search.words import BREAK

NAME = "document"
REFERENCE = re.compile(r"\[\[document:([^\[\]<>]*)\]\]")
# So many of the newest are offered beside those of the row.
OFFERED = 50


class WithDocuments(models.Model):
    """A row that has documents, which its texts may link."""

    documents = ProtectingManyToManyField(
        Document,
        verbose_name=gettext_lazy("documents"),
        blank=True,
        related_name="%(class)ss",
        help_text=gettext_lazy("Its page lists them below the text, to be taken along."),
    )

    class Meta:
        abstract = True


def tag(code):
    return f"[[{NAME}:{code}]]"


def codes_in(*texts):
    """Return the codes of the documents that texts refer to."""
    return {code for text in texts for code in REFERENCE.findall(text or "")}


def in_html(text, documents):
    """Return sanitised HTML with its references as links, of those of some ShownDocuments."""
    if f"[[{NAME}:" not in text:
        return text
    found = {each.code: each for each in documents}

    def linked(match, in_link):
        each = found.get(match[1])
        if each and not in_link:
            return each.html
        # No link stands inside another.
        words = each.title if each else _("not recorded")
        return format_html("{}" if in_link else '<data class="reference">{}</data>', words)

    return among_words(text, REFERENCE, linked)


def left_out(html):
    """Return a text without its pictures and documents, with a BREAK for each of these."""
    return REFERENCE.sub(BREAK, pictures.left_out(html))


def dead(texts):
    """Yield a sentence for each reference in some texts to a document that is not there."""
    codes = codes_in(*texts)
    there = Document.objects.filter(code__in=codes).values_list("code", flat=True) if codes else ()
    for code in sorted(codes.difference(there)):
        yield _("%(tag)s: there is no document with this code.") % {"tag": tag(code)}


def with_linked(documents, texts):
    """Return some documents and those that texts link."""
    chosen = {row.pk: row for row in documents}
    for row in Document.objects.filter(code__in=codes_in(*texts)).exclude(pk__in=chosen):
        chosen[row.pk] = row
    return [*chosen.values()]


def formatted(model):
    """Return the names of the formatted texts of a model."""
    return [each.name for each in model._meta.fields if isinstance(each, SanitisedHTMLField)]


def linked_by(row):
    """Return the documents that the texts of a row link."""
    codes = codes_in(*(getattr(row, name) for name in formatted(row)))
    return Document.objects.filter(code__in=codes) if codes else Document.objects.none()


def link(row):
    """Let a row, of any model, have what its texts link beside the documents that it has."""
    if isinstance(row, WithDocuments):
        missing = linked_by(row).exclude(pk__in=row.documents.values("pk"))
        if rows := [*missing]:
            row.documents.add(*rows)


def as_catalogue(row, days=1):
    """Return what an editor may pick as ``[(title, [(tag, label, values, shown)])]``, or nothing.

    First those of the row; ``shown`` is ``{language: title}``, and each day has a value of its own.
    """
    own = list(row.documents.all()) if row and row.pk else []
    newest = Document.objects.exclude(pk__in=[each.pk for each in own])[:OFFERED]
    found = [
        (
            tag(each.code),
            each.title.plain,
            [particulars(each)] * days,
            {"en": each.title_en or each.title_ru, "ru": each.title_ru or each.title_en},
        )
        for each in (*own, *newest)
    ]
    return [(_("Documents"), found)] if found else []
