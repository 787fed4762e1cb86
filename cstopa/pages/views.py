from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.views.generic import DetailView

from cstopa.accounts import browsers
from cstopa.http.addresses import PermanentAddressMixin
from cstopa.library.documents.references import codes_in, in_html
from cstopa.library.documents.showing import shown
from cstopa.models.history import with_changed_at
from cstopa.pages import structured_data
from cstopa.pages.models import Page, gone, once_published
from cstopa.working_copies.models import KEPT


class WrittenPage(PermanentAddressMixin, DetailView):
    """A written page, or a sentence: that it has not been written yet, or that it was withdrawn."""

    model = Page
    template_name = "pages/page.html"

    def get_queryset(self):
        return with_changed_at(Page.objects.published())

    def get_object(self, queryset=None):
        slug = self.kwargs["slug"]
        if slug in gone():
            raise Http404
        return self.get_queryset().filter(slug=slug).first() or Page(slug=slug)

    def once_public(self, versions):
        return once_published(versions)

    def get_context_data(self, **kwargs):
        linked = self.object.documents.all() if self.object.pk else ()
        described = structured_data.written(self.object)
        more = shown_of(self.object, lambda: shown(linked))
        return super().get_context_data(described=described, **more, **kwargs)


def shown_of(page, linked):
    """Return what a page shows, for its template: its text, which links the ShownDocuments of ``linked()``, and those.

    In the text they are in its language, below it in the reader's.
    """
    text = page.body.plain
    if codes_in(text):
        with translation.override(page.language):
            text = in_html(text, linked())
    return {"text": text, "documents": linked(), "kept": kept_of_staff()}


def kept_of_staff():
    """Return how long what is kept of who works at the desk is kept, as the settings have it."""
    return {
        "days_of_sign_ins": settings.SIGN_INS_KEPT,
        "hours_of_sessions": settings.SESSION_COOKIE_AGE // 3600,
        "days_of_unsaved_texts": KEPT.days,
        "days_of_browsers": browsers.KNOWN // 86400,
    }
