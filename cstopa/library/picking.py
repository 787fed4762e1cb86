"""Choosing a picture in a form: its field, and the part of a page in which one is found or added."""

from http import HTTPStatus

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cstopa.admin.fields import SafeAutocompleteSelect
from cstopa.admin.hardening import is_key
from cstopa.library import files
from cstopa.library.arrived import look_into
from cstopa.library.models import Picture, Upload

# So many are shown at once.
SHOWN = 24
# Of the fields of a picture those without which it cannot be shown, and who made it.
ASKED = (
    "uploaded",
    "is_decorative",
    "alternative_en",
    "alternative_ru",
    "caption_en",
    "caption_ru",
)
ASKED += ("credit_en", "credit_ru")
POINT = ("focal_x", "focal_y")


class PictureSelect(SafeAutocompleteSelect):
    """A picture, which a script shows; without it the select is as every other."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {
            "class": "picked-picture",
            "data-file": f"{reverse('admin:library_picture_file', args=[0])}?small=1",
            "data-choose": _("Choose a picture"),
            "data-another": _("Choose another picture"),
            "data-leave": _("No picture"),
            **told(),
        }


def told():
    """Return what a script needs to open the dialog, as attributes."""
    return {
        "data-pick": reverse("admin:library-pick"),
        "data-failed": _("The pictures do not come: try again. Perhaps you were signed out."),
        "data-adding": _("The picture is being added: this takes some seconds."),
        "data-close": _("Close"),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request):
    """Answer with pictures to choose from, ``?q=`` words, ``?before=`` a key, and a form for a new one.

    ``?code=`` is that of one's own upload which is to be described.

    What is added is ``{"key", "code", "words"}``; a form with a mistake comes back.
    """
    pages = admin.site.get_model_admin(Picture)
    if not (admin.site.has_permission(request) and pages.has_view_permission(request)):
        return HttpResponseForbidden(_("You may not see it here. Perhaps you were signed out."))
    may_add = pages.has_add_permission(request)
    if request.method != "POST":
        form = _form(pages, request)(initial=_waiting(request)) if may_add else None
        return render(
            request, "admin/library/_picker.html", _found(pages, request) | {"form": form}
        )
    if not may_add:
        return HttpResponseForbidden(_("You may not add pictures."))
    look_into(request, pages.form.look)
    with files.gone_with_rows(), transaction.atomic():
        form = _form(pages, request)(request.POST, request.FILES)
        if form.is_valid():
            row = form.save(commit=False)
            pages.save_model(request, row, form, change=False)
            said = pages.construct_change_message(request, form, [], add=True)
            pages.log_addition(request, row, said)
            return JsonResponse({"key": row.pk, "code": row.code, "words": str(row)})
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "admin/library/_new_picture.html", {"form": form}, status=status)


def _form(pages, request):
    """Return the form of a new picture, as short as it may be."""
    whole = pages.get_form(request, fields=[*ASKED, *POINT])

    class Form(whole):
        def __init__(self, *args, **kwargs):
            # It stands beside another form.
            super().__init__(*args, auto_id="picture_%s", **kwargs)
            self.order_fields(ASKED)
            for name in POINT:
                self.fields[name].widget = self.fields[name].hidden_widget()
            self.fields["uploaded"].widget.is_one = True

    return Form


def _waiting(request):
    """Return what a form of a new picture begins with."""
    uploads = Upload.objects.of_codes([request.GET.get("code", "")])
    found = uploads.filter(account=request.user).first()
    return {"uploaded": found.token} if found else {}


def _found(pages, request):
    asked, before = request.GET.get("q", ""), request.GET.get("before", "")
    rows, _has_doubles = pages.get_search_results(request, Picture.objects.order_by("-pk"), asked)
    if is_key(Picture, before):
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SHOWN + 1])
    return {"asked": asked, "pictures": found[:SHOWN], "more": len(found) > SHOWN}
