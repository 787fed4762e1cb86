from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cstopa.admin.first_page import ADD
from cstopa.admin.groups import EDITOR, EVERYTHING, KEEPER, PUBLISHER, READ_AND_WRITE, WRITER
from cstopa.admin.labels import by_language
from cstopa.library import files
from cstopa.library.file_admin import FileAdmin
from cstopa.library.forms import WORDS, PictureForm
from cstopa.library.models import Picture
from cstopa.library.picking import PictureSelect, pick
from cstopa.library.placements import (
    is_promised,
    place_again,
    scheduled_saying,
    text_models,
    with_picture,
)
from cstopa.library.references import tag


@admin.register(Picture)
class PictureAdmin(FileAdmin):
    """Pictures are for everyone at the desk."""

    granted = {
        WRITER: READ_AND_WRITE,
        EDITOR: READ_AND_WRITE,
        # The portraits of people.
        KEEPER: READ_AND_WRITE,
        PUBLISHER: (*EVERYTHING, "publish"),
    }
    choice_widget = PictureSelect
    tasks = ((gettext_lazy("Add pictures"), ADD),)
    form = PictureForm
    file_column = "whole"
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

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        # One that comes back from the trash is shown at once by what names it.
        is_back = may and obj and obj._state.adding and not self.may_publish(request)
        return may and not (is_back and is_promised(obj.code))

    @admin.display(description=gettext_lazy("thumbnail"))
    def small(self, obj):
        # What it shows stands beside it in words.
        return format_html(
            '<img class="picture-small" src="{}?small=1" alt="" width="96" height="64" loading="lazy">',
            self.address_of("file", obj.pk),
        )

    def file_in_words(self, row, address):
        return format_html(
            '<img class="picture-small" src="{}?small=1" alt="" width="96" height="64" loading="lazy"> {}',
            address,
            self.size(row),
        )

    @admin.display(description=gettext_lazy("size"))
    def size(self, obj):
        return f"{obj.width} × {obj.height}"

    @admin.display(description=gettext_lazy("picture"))
    def whole(self, obj):
        return format_html(
            '<img class="picture-whole" src="{}" alt="{}" width="{}" height="{}">',
            *(self.address_of("file", obj.pk), _("The picture of this form")),
            *(obj.width, obj.height),
        )

    def versions_showing(self, row):
        yield from super().versions_showing(row)
        yield from scheduled_saying(tag(row.code))

    def showing(self, row):
        yield from super().showing(row)
        for model in text_models():
            yield with_picture(model._base_manager.all(), row)

    def get_public_address(self, obj):
        return None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        upload = form.cleaned_data.get("uploaded")
        if upload and upload.is_named:
            place_again(obj)

    def get_urls(self):
        uploaded, file_of = (
            self.admin_site.admin_view(require_safe(each))
            for each in (self.uploaded_view, self.file_of_view)
        )
        return [
            path("uploaded/<str:token>/", uploaded, name=self.name_of("uploaded")),
            path("of/<slug:code>/file/", file_of, name=self.name_of("file_of")),
            *super().get_urls(),
        ]

    def uploaded_view(self, request, token):
        """Answer with an upload of one's own."""
        upload = self.form.uploads.sent(request.user, token)
        if upload is None:
            raise Http404
        return files.answer(upload.file.name)

    def file_of_view(self, request, code):
        """Answer with the picture of a code, in the editor of a text; with one's own that waits to be it."""
        key = Picture.objects.filter(code=code).values_list("pk", flat=True).first()
        if key is None:
            own = self.form.uploads.of_codes([code]).filter(account=request.user)
            if upload := own.first():
                return files.answer(upload.file.name)
        return self.file_view(request, str(key or 0))

    def answer(self, request, row):
        """Answer with a picture; ``?small=1`` with the smallest of it."""
        renditions = getattr(row, "renditions", None)
        if "small" in request.GET and renditions and renditions.are_of(row):
            return files.answer(renditions.paths[2])
        return super().answer(request, row)


# Before the pages of the model, one of which takes any key.
admin.site.register_answer("library/picture/pick/", pick, name="library-pick")
