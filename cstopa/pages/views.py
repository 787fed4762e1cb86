from django.http import Http404
from django.views.generic import DetailView

from cstopa.http.addresses import PermanentAddressMixin
from cstopa.library.documents.references import in_html
from cstopa.library.documents.showing import shown
from cstopa.models.history import with_changed_at
from cstopa.pages import structured_data
from cstopa.pages.models import Page, gone, once_published


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
        return super().get_context_data(
            described=described, **with_documents(self.object, shown(linked)), **kwargs
        )


def with_documents(page, documents):
    """Return the text of a page, which links the ShownDocuments, and those."""
    return {"text": in_html(page.body.plain, documents), "documents": documents}
