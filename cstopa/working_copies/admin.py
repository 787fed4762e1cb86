"""The page of the desk with all that one has written and not saved."""

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.admin.labels import label
from cstopa.working_copies.models import WorkingCopy
from cstopa.working_copies.unsent import token_of

SIZE = 50


def words_of(copy):
    """Return ``(label, text)`` of the texts that were written, in the order of the form."""
    model = copy.model_class
    parts = {}
    if model:
        parts = {
            each.get_accessor_name(): each.related_model for each in model._meta.related_objects
        }
    words = []
    for name, values in copy.unsent().lists():
        prefix, _number, inner = name.rpartition("-") if "-" in name else ("", "", name)
        of = parts.get(prefix.rpartition("-")[0]) if prefix else model
        field = of and {each.name: each for each in of._meta.fields}.get(inner)
        if field is None or field.is_relation or field.primary_key or field.choices:
            continue
        text = "\n".join(filter(None, values))
        if text.strip():
            words.append((label(field), text))
    return words


class UnsavedTexts:
    """Each can be read there, whatever has become of its row."""

    def __init__(self, site):
        self.site = site

    def view(self, request):
        copies = WorkingCopy.objects.filter(account=request.user).with_words()
        if request.method == "POST":
            return self._throw_away(request, copies)
        context = {**self.site.each_context(request), "title": _("Your unsaved texts")}
        if token := token_of(request.GET):
            copy = get_object_or_404(copies, token=token)
            context |= {"copy": self._in_words(request, [copy])[0], "words": words_of(copy)}
        else:
            page = Paginator(copies.defer("fields").order_by("-kept_at"), SIZE)
            page = page.get_page(request.GET.get("page"))
            context |= {"page_obj": page, "copies": self._in_words(request, list(page))}
        return TemplateResponse(request, "admin/unsaved_texts.html", context)

    def _throw_away(self, request, copies):
        copies.filter(token=token_of(request.POST)).delete()
        messages.success(request, _("Thrown away."))
        where = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(where, None) or "//" in where[:2]:
            where = reverse("admin:unsaved-texts")
        return HttpResponseRedirect(where)

    def _in_words(self, request, copies):
        """Return what the page says of each: of a kind, all rows are read at once."""
        rows = {}
        for model in {copy.model_class for copy in copies} - {None}:
            keys = [copy.key for copy in copies if copy.model_class is model and copy.key]
            pages = self._pages(model)
            if keys and pages and pages.has_view_or_change_permission(request):
                found = pages.get_queryset(request).filter(pk__in=keys)
                rows |= {(model, str(row.pk)): row for row in found}
        return [self._one(request, copy, rows.get((copy.model_class, copy.key))) for copy in copies]

    def _pages(self, model):
        registered = model and self.site.is_registered(model)
        return self.site.get_model_admin(model) if registered else None

    def _one(self, request, copy, row):
        pages = self._pages(copy.model_class)
        kind = capfirst(copy.model_class._meta.verbose_name) if copy.model_class else copy.model
        may = may_add = False
        if pages:
            may_add = pages.has_add_permission(request)
            may = pages.has_change_permission(request, row) if row else may_add and not copy.key
        return {
            "token": copy.token,
            "kept_at": copy.kept_at,
            "kind": kind,
            "row": row,
            "is_new": not copy.key,
            "address": may and self._address(pages, copy.key),
            "new_address": copy.key and not may and may_add and self._address(pages, ""),
        }

    def _address(self, pages, key):
        name = f"admin:{pages.opts.app_label}_{pages.opts.model_name}"
        try:
            return reverse(f"{name}_change", args=[quote(key)]) if key else reverse(f"{name}_add")
        except NoReverseMatch:
            return ""


admin.site.register_page("unsaved-texts/", UnsavedTexts(admin.site).view, name="unsaved-texts")
