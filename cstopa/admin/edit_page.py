"""From a public page to the form of what it shows: one address, the same for everybody, asks the desk."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cstopa.middleware import language_of_path


def row_of(path):
    """Return the row of which the public page at a path is, None where it is of none.

    Its view names the ``model``; the address has its slug, as that of a ``DetailView`` does.
    """
    try:
        with translation.override(language_of_path(path)):
            match = resolve(path)
    except Resolver404:
        return None
    view = getattr(match.func, "view_class", match.func)
    model = getattr(view, "model", None)
    slug = match.kwargs.get(getattr(view, "slug_url_kwarg", "slug"))
    if model is None or slug is None:
        return None
    field = getattr(view, "slug_field", "slug")
    return model._base_manager.filter(**{field: slug}).first()


def form_of(request, path, to_read=True):
    """Return the address of the form of what the page at a path shows, None where its user may see none.

    Without ``to_read`` it is one in which she may write.
    """
    row = row_of(path)
    pages = admin.site._registry.get(type(row))
    if not pages or not pages.has_view_or_change_permission(request, row):
        return None
    may = to_read or pages.may_edit(request, row)
    return pages.get_edit_address(request, row) if may else None


def edit_page(request):
    """Lead to the form of what ``?page=`` shows, who may see it at the desk."""
    if address := form_of(request, request.GET.get("page", "")):
        return HttpResponseRedirect(address)
    messages.info(
        request, _("That page is of no one row that you may see here: look for it below.")
    )
    return HttpResponseRedirect(reverse("admin:index"))


def register():
    admin.site.register_page("edit/", edit_page, name="edit-page")
