from django.contrib import admin
from django.utils import translation

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.groups import EDITOR, PUBLISHER
from cstopa.admin.labels import by_language, one_row
from cstopa.pages.models import Imprint, Page
from cstopa.publishing.preview import WithPreview


@admin.register(Page)
class PageAdmin(WithPreview, BaseModelAdmin):
    """Texts are changed here; which pages there are is the site's own."""

    granted = dict.fromkeys((EDITOR, PUBLISHER), ("view", "change"))
    list_display = ("__str__", "title_en", "title_ru")
    fieldsets = by_language(*Page.TRANSLATED)

    def preview_page(self, row, values):
        row.changed_at = None
        return "pages/page.html", {"page": row, "described": []}, row.get_absolute_url()

    def get_public_address(self, obj):
        if not obj.complete_languages:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Imprint)
class ImprintAdmin(BaseModelAdmin):
    """The one row there is; what it said before is in its versions."""

    granted = dict.fromkeys((EDITOR, PUBLISHER), ("view", "add", "change"))
    fields = [
        one_row("name"),
        one_row("postal_address"),
        ("email", "phone"),
        one_row("licence"),
        "licence_url",
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Imprint.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
