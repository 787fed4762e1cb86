from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.admin.groups import EDITOR, PUBLISHER, READ, WRITER
from cstopa.admin.labels import by_language, one_row
from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.models.history import author_of, of_version
from cstopa.pages.models import Imprint, Page, PageDraft
from cstopa.publishing.checks import CheckedForm
from cstopa.publishing.drafts import MOMENT, DraftPages
from cstopa.publishing.forms import DraftForm
from cstopa.publishing.languages import WithLanguages
from cstopa.publishing.live import WithDrafts
from cstopa.publishing.preview import WithPreview
from cstopa.publishing.publicity import lacking

WORDS = by_language(*Page.TRANSLATED)


class PageForm(CheckedForm, ConflictCheckedForm):
    """A written page, whose saves are public where it is whole."""

    def goes_public(self, row, cleaned):
        return bool(row.complete_languages)

    def public_row(self, cleaned):
        return self.instance

    def was_public(self, version):
        return True


@admin.register(Page)
class PageAdmin(WithDrafts, WithPreview, WithLanguages, BaseModelAdmin):
    """Texts are changed here by who may publish them; which pages there are is the site's own."""

    # The page itself keeps from an editor what is public.
    granted = {
        WRITER: READ,
        EDITOR: ("view", "change", "review"),
        PUBLISHER: ("view", "change", "review", "publish"),
    }
    form = PageForm
    list_display = ("__str__", "title_en", "title_ru", "publication", "changed_by", "changed_at")
    fieldsets = WORDS

    def is_public(self, row):
        return bool(row.complete_languages)

    @admin.display(description=_("publication"))
    def publication(self, obj):
        words = (obj.complete_languages and _("public"), self.draft_in_words(obj))
        return ", ".join(str(each) for each in words if each) or None

    @admin.display(description=_("changed by"))
    def changed_by(self, obj):
        return obj.draft_by if self._is_of_draft(obj) else obj.page_by

    @admin.display(description=_("last changed"))
    def changed_at(self, obj):
        return obj.draft_at if self._is_of_draft(obj) else obj.page_at

    def _is_of_draft(self, obj):
        return bool(obj.draft_at) and (not obj.page_at or obj.draft_at > obj.page_at)

    def get_queryset(self, request):
        newest = PageDraft.history.filter(live=OuterRef("pk")).order_by("-history_id")
        return (
            super()
            .get_queryset(request)
            .annotate(
                page_at=of_version(Page, "history_date"),
                page_by=author_of(Page.history.filter(id=OuterRef("pk"))),
                draft_at=Subquery(newest.values("history_date")[:1]),
                draft_by=author_of(newest),
            )
        )

    def preview_page(self, row, values):
        row.changed_at = None
        return "pages/page.html", {"page": row, "described": []}, row.get_absolute_url()

    def publicity(self, row):
        return " ".join(
            lacking(row, language)
            or _("Public %(language)s.") % {"language": IN_LANGUAGE[language]}
            for language in LANGUAGES
        )

    def get_public_address(self, obj):
        if not obj.complete_languages:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_publish(request)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PageDraft)
class PageDraftAdmin(DraftPages, WithLanguages, BaseModelAdmin):
    """What a written page is to say next."""

    form = DraftForm
    fieldsets = [*WORDS, MOMENT]


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
