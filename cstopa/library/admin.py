from http import HTTPStatus

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.first_page import ADD
from cstopa.admin.groups import EDITOR, EVERYTHING, PUBLISHER, READ_AND_WRITE, WRITER
from cstopa.admin.history_admin import EMPTY
from cstopa.admin.labels import by_language
from cstopa.library import files
from cstopa.library.arrived import TakesFile
from cstopa.library.forms import PictureForm, look, picture_address, upload_address
from cstopa.library.models import Picture, Upload
from cstopa.library.picking import PictureSelect, pick
from cstopa.library.placements import text_models, with_picture
from cstopa.library.reading import picture_in
from cstopa.library.several import TakesSeveral
from cstopa.library.used import WhereUsed
from cstopa.publishing.rights import WithRights

WORDS = ("alternative", "caption", "credit")


@admin.register(Picture)
class PictureAdmin(TakesFile, TakesSeveral, WhereUsed, WithRights, BaseModelAdmin):
    """Pictures are for everyone at the desk; what readers see is changed by who may publish."""

    granted = {
        WRITER: READ_AND_WRITE,
        EDITOR: READ_AND_WRITE,
        PUBLISHER: (*EVERYTHING, "publish"),
    }
    choice_widget = PictureSelect
    look = staticmethod(look)
    tasks = ((gettext_lazy("Add pictures"), ADD),)
    form = PictureForm
    list_display = ("__str__", "small", "size", "code", "credit_en", "credit_ru")
    list_filter = ("is_decorative",)
    search_fields = ("code",)
    fieldsets = [
        (None, {"fields": ["uploaded", "is_decorative"]}),
        *by_language(*WORDS),
        (
            gettext_lazy("Crop and source"),
            {"fields": ["name", "focal_x", "focal_y", "source_url"], "classes": ("side",)},
        ),
    ]

    @admin.display(description=gettext_lazy("picture"))
    def small(self, obj):
        # What it shows stands beside it in words.
        return format_html(
            '<img class="picture-small" src="{}?small=1" alt="" width="96" height="64" loading="lazy">',
            picture_address(obj),
        )

    @admin.display(description=gettext_lazy("size"))
    def size(self, obj):
        return f"{obj.width} × {obj.height}"

    def get_fieldsets(self, request, obj=None):
        """Show the picture, and what it is used in, to who may not upload another."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets

        @admin.display(description=_("Used in"))
        def used_in(row):
            return self.used_in(request, row) or EMPTY

        (title, first), *others = fieldsets
        rest = [each for each in first["fields"] if each != "uploaded"]
        return [(title, {**first, "fields": [self.whole, used_in, *rest]}), *others]

    @admin.display(description=gettext_lazy("picture"))
    def whole(self, obj):
        return format_html(
            '<img class="picture-whole" src="{}" alt="{}" width="{}" height="{}">',
            *(picture_address(obj), _("The picture of this form"), obj.width, obj.height),
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.account = request.user
        form.used_in = staticmethod(lambda: obj and self.used_in(request, obj))
        return form

    def showing(self, row):
        yield from super().showing(row)
        for model in text_models():
            yield with_picture(model._base_manager.all(), row)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.may_publish(request) or not obj.is_public)

    def get_public_address(self, obj):
        return None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        Upload.objects.filter(account=request.user, file=obj.file.name).delete()

    def get_urls(self):
        return [
            path(
                "uploaded/<str:token>/",
                self.admin_site.admin_view(require_safe(self.uploaded_view)),
                name="library_picture_uploaded",
            ),
            path(
                "of/<slug:code>/file/",
                self.admin_site.admin_view(require_safe(self.file_of_view)),
                name="library_picture_file_of",
            ),
            path(
                "<path:object_id>/file/",
                self.admin_site.admin_view(require_safe(self.file_view)),
                name="library_picture_file",
            ),
            *super().get_urls(),
        ]

    def uploaded_view(self, request, token):
        """Answer with an upload of one's own."""
        upload = Upload.objects.sent(request.user, token)
        if upload is None:
            raise Http404
        return files.answer(upload.file.name)

    def file_view(self, request, object_id):
        """Answer with a picture, for who may see it at the desk; ``?small=1`` with the smallest of it."""
        picture = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, picture):
            raise PermissionDenied
        if picture is None:
            raise Http404
        renditions = getattr(picture, "renditions", None)
        if "small" in request.GET and renditions and renditions.are_of(picture):
            return files.answer(renditions.paths[2])
        return files.answer(picture.file.name)

    def file_of_view(self, request, code):
        """Answer with the picture of a code, in the editor of a text."""
        key = Picture.objects.filter(code=code).values_list("pk", flat=True).first()
        return self.file_view(request, str(key or 0))


@never_cache
@require_POST
def upload(request):
    """Keep a picture that a script of the form sends, ``{"token", "address", "name"}``, or ``{"error"}``."""
    pages = admin.site.get_model_admin(Picture)
    if not pages.may_upload(request):
        sentence = _("You may not write here. Perhaps you were signed out.")
        return JsonResponse({"error": sentence}, status=HTTPStatus.FORBIDDEN)
    try:
        picture = picture_in(request.body)
        with files.gone_with_rows(), transaction.atomic():
            kept = Upload.objects.keep(request.user, picture, request.GET.get("name", ""))
    except ValidationError as error:
        sentence = " ".join(error.messages)
        return JsonResponse({"error": sentence}, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse(
        {"token": kept.token, "address": upload_address(kept.token), "name": str(kept)}
    )


# Before the pages of the model, one of which takes any key.
admin.site.register_answer("library/picture/upload/", upload, name="library-upload")
admin.site.register_answer("library/picture/pick/", pick, name="library-pick")
