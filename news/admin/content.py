"""What the form of an article and that of a draft over one have in common."""

from django.utils.translation import gettext_lazy as _

from cstopa.admin.labels import by_language
from cstopa.models.periods import today
from cstopa.publishing.preview import WithPreview
from cstopa.publishing.reviewing import WithReview
from cstopa.publishing.undoing import WithUndo
from news import references
from news.preview import page_of

CONCERNS = ("delegations", "people", "topics", "source")
WORDS = by_language("headline", "summary", "body")
SUBJECTS = (_("What it concerns"), {"fields": CONCERNS, "classes": ("side",)})


class ContentPages(WithReview, WithUndo, WithPreview):
    """Pages of a model that has the content of an article; ``day_of(row)`` is that of its numbers."""

    autocomplete_fields = CONCERNS

    class Media:
        js = ("desk/references.js",)

    def may_publish(self, request):
        return request.user.has_perm("news.publish_article")

    def may_review(self, request):
        return request.user.has_perm("news.review_article")

    def day_of(self, obj):
        return obj.day

    def article_of(self, obj):
        """Return the article, not saved, as the public would have it."""
        return obj

    def preview_page(self, row, values):
        return page_of(self.article_of(row), values)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [(None, {"fields": ["quoted"]}), *fieldsets]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            days = [today()]
            if obj and self.day_of(obj) != days[0]:
                days.append(self.day_of(obj))
            concerned = obj.delegations.all() if obj else ()
            context |= {"days": days, "references": references.catalogue(days, concerned)}
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)
