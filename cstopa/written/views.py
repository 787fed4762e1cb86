from django.shortcuts import render
from django.views.decorators.http import require_safe

from cstopa import structured_data
from cstopa.written.models import Page


@require_safe
def page(request, slug):
    """Show a written page, or say that it has not been written yet."""
    row = Page.objects.published().with_last_change().filter(slug=slug).first()
    row = row or Page(slug=slug)
    context = {"page": row, "described": structured_data.written(row)}
    return render(request, "written/page.html", context)
