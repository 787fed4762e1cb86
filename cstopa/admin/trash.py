"""The page of what was deleted, where it is restored."""

from datetime import timedelta
from itertools import groupby

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DatabaseError, models, transaction
from django.db.models import Value
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.collisions import say_and_go_to, tried_again
from cstopa.admin.hardening import is_key
from cstopa.admin.labels import label
from cstopa.admin.undoing import AT_ONCE, token_of
from cstopa.models import trash
from cstopa.models.periods import ONE_DAY

SIZE = 50


def words_of(row):
    """Return a deleted row in words; where what it belonged to is gone, its code or its texts."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        return str(getattr(row, "code", "") or getattr(row, "headline", "") or row.pk)


def not_there():
    return _("It is not in the trash: it is back, or its time is over.")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, data, kinds):
        super().__init__(data)
        names = [
            (model._meta.label_lower, capfirst(model._meta.verbose_name_plural)) for model in kinds
        ]
        self.fields["kind"].choices = [("", _("all")), *names]


class Trash:
    """What may be seen there, and done, is what the pages of each model allow with its rows."""

    def __init__(self, site):
        self.site = site

    def register(self):
        self.site.register_page("trash/", self.view, "trash", gettext_lazy("Trash"), self._pages)
        self.site.register_page("trash/restore/", self.restore_view, name="restore")
        self.site.register_page("trash/purge/", self.purge_view, name="purge")

    def view(self, request):
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        pages = self._pages(request)
        if not pages:
            raise PermissionDenied
        form = KindForm(request.GET, pages)
        # Of a kind that there is not, nothing.
        asked = form.is_valid() and form.cleaned_data["kind"]
        shown = [model for model in pages if asked in {"", model._meta.label_lower}]
        page = Paginator(_of_all(shown or [*pages][:1]), SIZE).get_page(request.GET.get("page"))
        context = {
            **self.site.each_context(request),
            "title": _("Trash"),
            "form": form,
            "days": trash.DAYS,
            "page_obj": page,
            "rows": self._in_words(request, list(page)) if shown else [],
        }
        return TemplateResponse(request, "admin/trash.html", context)

    def _pages(self, request):
        """Return ``{model: its pages}`` of the kinds that their reader may see."""
        pages = {
            model: self.site.get_model_admin(model)
            for model in trash.kinds()
            if self.site.is_registered(model)
        }
        return {
            model: each
            for model, each in pages.items()
            if each.has_view_or_change_permission(request)
        }

    def _in_words(self, request, found):
        """Return what the page says of each: of a kind, all versions are read at once."""
        rows = {}
        by_label = {model._meta.label_lower: model for model in trash.kinds()}
        for kind, each in groupby(sorted(found), key=lambda one: one[0]):
            model, numbers = by_label[kind], [one[2] for one in each]
            versions = model.history.order_by().filter(history_id__in=numbers)
            versions = list(versions.select_related("history_user"))
            gone = [trash.row_of(version) for version in versions]
            pages = self.site.get_model_admin(model)
            models.prefetch_related_objects(gone, *pages.joined)
            for version, row in zip(versions, gone, strict=True):
                rows[kind, version.history_id] = self._one(request, pages, version, row)
        in_order = (rows.get((kind, number)) for kind, _moment, number in found)
        return [row for row in in_order if row]

    def _one(self, request, pages, version, row):
        if not pages.has_view_or_change_permission(request, row):
            return None
        until = version.history_date + timedelta(days=trash.DAYS)
        return {
            "kind": capfirst(pages.opts.verbose_name),
            "words": words_of(row),
            "address": reverse(admin_urlname(pages.opts, "history"), args=[row.pk]),
            "version": version,
            # The day that has begun is among them.
            "days": -((timezone.now() - until) // ONE_DAY),
            "token": token_of(pages.model, row.pk),
            "may_restore": _may_restore(request, pages, row),
            "may_purge": _may_purge(request, pages, row),
        }

    @tried_again(say_and_go_to("admin:trash"))
    @transaction.atomic
    def restore_view(self, request):
        if request.method != "POST":
            raise PermissionDenied
        asked = self._asked(request, request.POST.getlist("row")[:AT_ONCE])
        for pages, version in asked:
            if version and not _may_restore(request, pages, trash.row_of(version)):
                raise PermissionDenied
        there = [pages for pages, version in asked if version is None]
        if there:
            messages.warning(request, not_there())
            return HttpResponseRedirect(reverse("admin:trash"))
        restored = []
        try:
            with transaction.atomic():
                for pages, version in asked:
                    restored.append((pages, trash.restore(version, request.user)[0]))
        except ValidationError as error:
            messages.error(
                request,
                _("Nothing was restored. In the way of “%(row)s”:")
                % {"row": words_of(trash.row_of(version))},
            )
            for sentence in _in_the_way(pages.model, error):
                messages.error(request, sentence)
            return HttpResponseRedirect(reverse("admin:trash"))
        return self._answered(request, restored)

    def purge_view(self, request):
        """Ask whether the texts of a deleted row are to go for good, and do it."""
        given = request.POST if request.method == "POST" else request.GET
        [[pages, version]] = self._asked(request, given.getlist("row")[:1])
        if not _may_purge(request, pages, version and trash.row_of(version)):
            raise PermissionDenied
        if version is None:
            messages.warning(request, not_there())
        elif request.method == "POST":
            self._purge(request, version)
        else:
            context = {
                **self.site.each_context(request),
                "title": _("Delete for good"),
                "kind": capfirst(pages.opts.verbose_name),
                "words": words_of(trash.row_of(version)),
                "token": token_of(pages.model, version.id),
            }
            return TemplateResponse(request, "admin/purge.html", context)
        return HttpResponseRedirect(reverse("admin:trash"))

    def _purge(self, request, version):
        try:
            with transaction.atomic():
                trash.purge(version)
        except DatabaseError:
            # Somebody saves, or the site's role may not rewrite versions.
            messages.error(
                request, _("The database did not let it: try once more, or ask its keeper.")
            )
        else:
            messages.success(request, _("Deleted for good."))

    def _asked(self, request, tokens):
        """Return the pages and the version of each deletion that a form names, or None as the latter."""
        pages = {model._meta.label_lower: each for model, each in self._pages(request).items()}
        if not pages:
            raise PermissionDenied
        asked = []
        for token in dict.fromkeys(tokens):
            label, _colon, key = token.partition(":")
            if label not in pages or not is_key(pages[label].model, key):
                raise Http404
            found = trash.deletions(pages[label].model).filter(id=key).first()
            asked.append((pages[label], found))
        if not asked:
            raise Http404
        return asked

    def _answered(self, request, restored):
        for pages, row in restored:
            pages.log_addition(request, row, [{"added": {}}])
            name = {"row": _link(pages, row)}
            messages.success(request, format_html(_("Restored: {row}."), **name))
            if said := pages.after_restoring(row):
                messages.info(request, said)
        pages, row = restored[0]
        name = "changelist" if len(restored) > 1 else "change"
        try:
            address = reverse(admin_urlname(pages.opts, name), args=[row.pk][: name == "change"])
        except NoReverseMatch:
            address = reverse("admin:trash")
        return HttpResponseRedirect(address)


def _link(pages, row):
    address = reverse(admin_urlname(pages.opts, "change"), args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, str(row))


def _may_restore(request, pages, row):
    # Some are added inside the forms of others alone.
    add = f"{pages.opts.app_label}.{get_permission_codename('add', pages.opts)}"
    may_add = pages.has_add_permission(request) or request.user.has_perm(add)
    return may_add and pages.has_change_permission(request, row)


def _may_purge(request, pages, row):
    return (
        pages.model in trash.purged_kinds()
        and pages.has_purge_permission(request)
        and pages.has_view_or_change_permission(request, row)
    )


def _in_the_way(model, error):
    """Return the sentences of a ValidationError, each with the name of its field."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    names = {field.name: label(field) for field in fields}
    return [
        f"{names[name]}: {message}" if name in names else message
        for name, errors in error.message_dict.items()
        for message in errors
    ]


def _of_all(kinds):
    """Return ``(label, moment, number)`` of the deletions of all kinds, the last first."""
    first, *others = (
        trash.deletions(model)
        .annotate(model_label=Value(model._meta.label_lower, output_field=models.CharField()))
        .values_list("model_label", "history_date", "history_id")
        for model in kinds
    )
    found = first.union(*others, all=True) if others else first
    return found.order_by("-history_date", "model_label", "-history_id")


def register():
    Trash(admin.site).register()
