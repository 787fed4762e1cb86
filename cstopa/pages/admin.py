from django.contrib import admin
from django.utils import translation

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.groups import EDITOR, PUBLISHER
from cstopa.admin.labels import by_language
from cstopa.pages.models import Page


@admin.register(Page)
class PageAdmin(BaseModelAdmin):
    """Texts are changed here; which pages there are is the site's own."""

    granted = dict.fromkeys((EDITOR, PUBLISHER), ("view", "change"))
    list_display = ("__str__", "title_en", "title_ru")
    fieldsets = by_language(*Page.TRANSLATED)

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
