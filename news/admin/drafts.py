from django.contrib import admin

from cstopa.admin.base import BaseModelAdmin
from cstopa.publishing.drafts import MOMENT, DraftPages
from cstopa.publishing.languages import WithLanguages
from news.admin.content import DOCUMENTS, PICTURE, SUBJECTS, WORDS, ContentPages
from news.forms import ArticleDraftForm
from news.models import ArticleDraft


@admin.register(ArticleDraft)
class ArticleDraftAdmin(ContentPages, DraftPages, WithLanguages, BaseModelAdmin):
    """What a public article is to say next."""

    form = ArticleDraftForm
    change_form_template = "admin/news/article/change_form.html"
    fieldsets = [*WORDS, MOMENT, PICTURE, DOCUMENTS, SUBJECTS]

    def text_as_read(self, row, field):
        return super().text_as_read(row.as_live(), field, of=row)
