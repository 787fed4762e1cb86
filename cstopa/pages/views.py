from django.shortcuts import render
from django.views.decorators.http import require_safe

from cstopa.models.history import with_changed_at
from cstopa.pages import structured_data
from cstopa.pages.models import Page


@require_safe
def page(request, slug):
    """Show a written page, or say that it has not been written yet."""
    row = with_changed_at(Page.objects.published()).filter(slug=slug).first()
    row = row or Page(slug=slug)
    context = {"page": row, "described": structured_data.written(row)}
    return render(request, "pages/page.html", context)


# As a class of views would say it.
page.model = Page
