"""Whatever one looks for, of every kind that one may see: its form is on each page of the desk."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.base import desk_address, is_searched
from cstopa.admin.first_page import MOST, Line, Section
from cstopa.search.fields import WordsField


class SearchForm(forms.Form):
    q = WordsField(label=gettext_lazy("What to find"))
    q.widget.attrs["data-shortcut"] = "/"


def search_view(request):
    if request.method not in {"GET", "HEAD"}:
        raise PermissionDenied
    form = SearchForm(request.GET if "q" in request.GET else None)
    context = {
        **admin.site.each_context(request),
        "title": _("Find at the desk"),
        "form": form,
        "sections": _found(request, form.cleaned_data["q"]) if form.is_valid() else [],
    }
    return TemplateResponse(request, "admin/search.html", context)


def _found(request, words):
    """Return a Section of each kind of which anything is found, in the order of the kinds."""
    sections = [
        _of_kind(request, pages, words)
        for model, pages in admin.site._registry.items()
        if pages.has_view_or_change_permission(request)
        and (is_searched(model) or pages.get_search_fields(request))
    ]
    return [section for section in sections if section.lines]


def _of_kind(request, pages, words):
    opts = pages.opts
    rows = pages.get_queryset(request).order_by(*pages.get_ordering(request) or opts.ordering)
    rows, _may_be_twice = pages.get_search_results(request, rows, words)
    found = list(rows[: MOST + 1])
    address = f"{reverse(admin_urlname(opts, 'changelist'))}?{urlencode({'q': words})}"
    return Section(
        capfirst(opts.verbose_name_plural),
        [Line(desk_address(row), str(row)) for row in found],
        (_("All that are found"), address) if len(found) > MOST else (),
    )


def register():
    admin.site.register_page("search/", search_view, "search")
