from django.contrib import admin

from cstopa.desk.labels import by_language
from cstopa.desk.rows import RowAdmin
from delegations.models import Source


@admin.register(Source)
class SourceAdmin(RowAdmin):
    list_display = ("title", "publisher", "published_on", "read_on", "code")
    list_filter = ("published_on", "read_on")
    search_fields = ("code",)
    fieldsets = [
        *by_language("title", "publisher"),
        (None, {"fields": ["url", ("published_on", "read_on"), "code"]}),
    ]
    # A source has no page of its own.
    view_on_site = False
