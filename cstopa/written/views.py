from django.shortcuts import render
from django.views.decorators.http import require_safe

from cstopa.written.models import Page


@require_safe
def page(request, slug):
    """Show a written page, or say that it has not been written yet."""
    row = Page.objects.published().with_last_change().filter(slug=slug).first()
    return render(request, "written/page.html", {"page": row or Page(slug=slug)})
