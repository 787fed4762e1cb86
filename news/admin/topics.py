from django.contrib import admin

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.groups import EDITOR, EVERYTHING, PUBLISHER, READ, READ_AND_WRITE, WRITER
from cstopa.admin.labels import by_language
from cstopa.admin.slugs import SlugForm
from delegations.admin.saving import WithUndoOfSaves
from news.models import Topic


@admin.register(Topic)
class TopicAdmin(WithUndoOfSaves, BaseModelAdmin):
    granted = {WRITER: READ, EDITOR: READ_AND_WRITE, PUBLISHER: EVERYTHING}
    form = SlugForm
    list_display = ("name", "name_en", "name_ru", "slug")
    search_fields = ("slug",)
    fieldsets = [*by_language("name"), (None, {"fields": ["slug"]})]
