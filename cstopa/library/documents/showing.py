"""A document as pages show it: a link with its kind, its size and its language."""

from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from cstopa.http.kept.rows import until_written
from cstopa.languages import Text
from cstopa.library.documents.models import Document
from cstopa.library.showing import SEEN

signer = TimestampSigner(salt="library.documents.preview")


def may_see(token, signature):
    """Return whether a preview, not long ago, has given somebody the address of a document."""
    try:
        return signer.unsign(signature, max_age=SEEN) == token
    except BadSignature:
        return False


def particulars(document):
    """Return kind, size and language in the words of the reader: "PDF, 1.2 MB, in Russian"."""
    size = filesizeformat(document.size)
    said = (document.get_kind_display(), size, str(document.in_language))
    return ", ".join(filter(None, said))


@dataclass(frozen=True)
class ShownDocument:
    """A document that a page links to."""

    code: str
    title: Text
    particulars: str
    address: str
    language: str = ""

    @property
    def html(self):
        return format_html(
            '<a class="document" href="{}"{}>{}</a> <span class="document__particulars">({})</span>',
            self.address,
            format_html(' hreflang="{}"', self.language) if self.language else "",
            self.title,
            self.particulars,
        )


def shown(documents, is_public=True):
    """Return a ShownDocument for each of some documents, in the order of their titles."""
    found = []
    for row in documents:
        query = "" if is_public else f"?seen={signer.sign(row.token)}"
        address = row.get_absolute_url() + query
        found.append(ShownDocument(row.code, row.title, particulars(row), address, row.language))
    return sorted(found, key=lambda each: (each.title.casefold(), each.code))


@until_written(size=8)
def of_sources(_language, _prefix):
    """Return the documents of sources, ``{key: ShownDocument}``."""
    rows = Document.objects.filter(sources__isnull=False).distinct()
    return {row.pk: shown([row])[0] for row in rows}
