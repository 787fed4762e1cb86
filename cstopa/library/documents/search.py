"""What readers find of documents: those that something public shows, by their titles and their words."""

from operator import attrgetter

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cstopa.library.documents.models import Document, Words
from cstopa.library.documents.showing import particulars
from cstopa.search.results import finds, first, result


@finds("documents", _("Documents"), Document)
def documents(query):
    rows = first(Document.objects.published(), query, attrgetter("title"))
    # Of those that are shown alone: each may have as many as a book.
    known = Words.objects.filter(document__in=rows, of_file=F("document__file"))
    words = dict(known.values_list("document", "text"))
    for row in rows:
        found = result(row, row.title, row.texts(words.get(row.pk)), query)
        row.particulars = particulars(row)
        yield found
