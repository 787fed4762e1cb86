"""Preview: the public page itself, of what stands in a form and is not saved."""

from copy import copy

from django.conf import settings
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import translation
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override

from cstopa.admin.labels import label
from cstopa.languages import LANGUAGES
from cstopa.working_copies.models import WorkingCopy
from cstopa.working_copies.unsent import TOKEN, token_of

WIDTHS = (360, 1280)
# The page of the desk may frame what it shows; that runs no script, and no other site frames it.
FRAMING = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}
FRAMED = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF], "script-src": [CSP.NONE]}


def as_if_at(request, address):
    """Return the request as it would be for a public page: a page says of itself where it is."""
    asked = copy(request)
    asked.path = asked.path_info = address
    asked.META = request.META | {"QUERY_STRING": ""}
    asked.GET = QueryDict()
    asked.LANGUAGE_CODE = translation.get_language()
    asked.resolver_match = resolve(address)
    return asked


def public_page(request, template, context, address):
    """Answer with what would be public at an address, for a frame of this site."""
    response = HttpResponse(render_to_string(template, context, as_if_at(request, address)))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


class WithPreview:
    """The pages of a model whose form has a preview.

    ``preview_page(row, values)`` returns the template, the context and the address of the public page of
    a row that is not saved, with its many-to-many ``values``, in the language that is active.
    """

    def preview_page(self, row, values):
        raise NotImplementedError

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        framing = self.admin_site.admin_view(csp_override(FRAMING)(self.preview_view))
        framed = self.admin_site.admin_view(csp_override(FRAMED)(self.framed_view))
        return [
            path("add/preview/", framing, name=name),
            path("add/preview/page/", framed, name=f"{name}_page"),
            path("<path:object_id>/preview/page/", framed, name=f"{name}_page"),
            path("<path:object_id>/preview/", framing, name=name),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            context["preview_address"] = self.preview_address("preview", None if add else obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview_address(self, page, key):
        args = [] if key is None else [quote(key)]
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _row(self, request, object_id):
        """Return the row that is previewed, None for a new one, for who may see it."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def preview_view(self, request, object_id=None):
        """Take what a form holds as its working copy, and frame the page that it would make."""
        row = self._row(request, object_id)
        key = "" if row is None else str(row.pk)
        if request.method == "POST":
            token = token_of(request.POST)
            copies = WorkingCopy.objects.filter(account=request.user, token=token)
            # A comment is no change of the row, and is kept as well.
            if not self._is_written(request, row) and not copies.with_words().exists():
                return HttpResponseRedirect(self.unwritten_preview(request, row))
            if token:
                WorkingCopy.objects.keep(request.user, token, self.model, key, request.POST)
            return HttpResponseRedirect(f"{request.path}?{TOKEN}={token}")
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        asked = request.GET.get("language")
        language = asked if asked in LANGUAGES else translation.get_language()
        width = 360 if request.GET.get("width") == "360" else 1280
        token = token_of(request.GET)
        form, _row = self._shown(request, row, token)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "opts": self.opts,
            "original": row,
            "languages": [(code, name, code == language) for code, name in settings.LANGUAGES],
            "widths": [(each, each == width) for each in WIDTHS],
            "language": language,
            "width": width,
            "token": token,
            "page": self.preview_address("preview_page", row and row.pk),
            "mistakes": [
                (label(self.model._meta.get_field(name)), errors[0])
                for name, errors in (form.errors.items() if form else ())
                if name in {field.name for field in self.model._meta.fields}
            ],
        }
        return TemplateResponse(request, "admin/preview.html", context)

    def _is_written(self, request, row):
        """Return whether the form that was sent holds anything but what it was opened with."""
        form = self.get_form(request, row, change=row is not None)
        if row is None:
            opened_with = {"initial": self.get_changeform_initial_data(request)}
        else:
            opened_with = {"instance": copy(row)}
        return form(request.POST, **opened_with).has_changed()

    def unwritten_preview(self, request, row):
        """Return the address of the preview of a row in whose form nothing was written."""
        return request.path

    def framed_view(self, request, object_id=None):
        """Answer with the public page alone, in the language that is asked for."""
        row = self._row(request, object_id)
        asked = request.GET.get("language")
        form, shown = self._shown(request, row, token_of(request.GET))
        with translation.override(asked if asked in LANGUAGES else translation.get_language()):
            return public_page(request, *self.preview_page(shown, self._values(form, shown)))

    def _shown(self, request, row, token):
        """Return the form of what was written, None where nothing was, and the row that it makes."""
        copies = WorkingCopy.objects.filter(account=request.user, token=token).with_words()
        kept = token and copies.of_row(self.model, "" if row is None else str(row.pk)).first()
        if not kept:
            return None, copy(row) if row else self.model()
        # A form like one that was sent: it is checked. It is compared with nobody's, and saves nothing.
        data = QueryDict(mutable=True)
        data.update(kept.unsent())
        data.pop("seen_version", None)
        form = self.get_form(request, row, change=row is not None)(data, instance=copy(row))
        form.full_clean()
        return form, form.instance

    def _values(self, form, row):
        """Return ``{name: rows}`` of the many-to-many fields."""
        names = [field.name for field in self.model._meta.many_to_many]
        if form:
            return {name: list(form.cleaned_data.get(name) or ()) for name in names}
        return {name: list(getattr(row, name).all()) if row.pk else [] for name in names}
