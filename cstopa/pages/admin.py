from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cstopa.accounts.erasing import in_words
from cstopa.accounts.zones import when
from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.admin.first_page import LIST
from cstopa.admin.groups import EDITOR, PUBLISHER, READ, WRITER
from cstopa.admin.labels import by_language, one_row
from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.library.documents.linking import LinkingForm
from cstopa.library.documents.references import as_catalogue, codes_in, in_html
from cstopa.library.documents.showing import shown
from cstopa.models.history import author_of, of_version
from cstopa.models.periods import today
from cstopa.pages.models import Imprint, Page, PageDraft
from cstopa.pages.views import shown_of
from cstopa.publishing.calendar import OnCalendar
from cstopa.publishing.checks import missing
from cstopa.publishing.drafts import MOMENT, DraftPages
from cstopa.publishing.forms import DraftForm
from cstopa.publishing.languages import WithLanguages
from cstopa.publishing.live import WithDrafts
from cstopa.publishing.models.moments import PUBLISHED
from cstopa.publishing.preview import WithPreview
from cstopa.publishing.publicity import lacking, moment
from cstopa.publishing.undoing import WithUndo
from cstopa.publishing.withdrawing import WHAT_LINKS, Withdrawing, WithdrawingForm

WORDS = by_language(*Page.TRANSLATED)
DOCUMENTS = (_("Documents"), {"fields": ["documents"], "classes": ("side",)})


class LinkingPages:
    """Pages of a model that has the content of a written page."""

    change_form_template = "admin/written/page/change_form.html"
    autocomplete_fields = ("documents",)

    class Media:
        js = ("desk/references.js",)

    def text_as_read(self, row, field):
        text = super().text_as_read(row, field)
        if not codes_in(text):
            return text
        # Nothing public may show them.
        return in_html(text, shown(row.documents.all(), is_public=False))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if self.has_change_permission(request, obj):
            context |= {"days": [today()], "references": as_catalogue(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)


class PageDraftForm(LinkingForm, DraftForm):
    pass


class PageForm(LinkingForm, WithdrawingForm, ConflictCheckedForm):
    """A written page, whose saves are public where it is whole, and not withdrawn."""

    def clean(self):
        cleaned = super().clean()
        row = self.row_from(cleaned)
        if self.instance.is_public and row.status == PUBLISHED and not row.is_public:
            [lacking, *_others] = missing(row)
            self.ask_of_links(lacking.field, WHAT_LINKS)
        return cleaned

    def goes_public(self, row, cleaned):
        is_meant = row.status == PUBLISHED and "status" in self.changed_data
        return is_meant or row.is_public


@admin.register(Page)
class PageAdmin(
    LinkingPages, Withdrawing, WithDrafts, OnCalendar, WithPreview, WithLanguages, BaseModelAdmin
):
    """Texts are changed here by who may publish them; which pages there are is the site's own."""

    # The page itself keeps from an editor what is public.
    granted = {
        WRITER: READ,
        EDITOR: ("view", "change", "review"),
        PUBLISHER: ("view", "change", "review", "publish"),
    }
    tasks = ((_("Written pages"), LIST),)
    when_empty = _("Written pages come with the site: who runs it loads them.")
    form = PageForm
    list_display = ("__str__", "title_en", "title_ru", "publication", "changed_by", "changed_at")
    not_brought_back = publicity_fields = ("status", "expires_at")
    moments = ("expires_at",)
    fieldsets = [
        *WORDS,
        (_("Publication"), {"fields": ["status", "expires_at"], "classes": ("side",)}),
        DOCUMENTS,
    ]

    def live_rows(self):
        return Page.objects.filter(status=PUBLISHED)

    def is_public(self, row):
        return row.is_public

    def status_in_words(self, row):
        return (
            _("The page is published.") if row.status == PUBLISHED else _("The page is withdrawn.")
        )

    @admin.display(description=_("publication"))
    def publication(self, obj):
        is_public = obj.is_public and _("public")
        words = is_public if obj.status == PUBLISHED else obj.get_status_display()
        words = (words, self.draft_in_words(obj))
        return ", ".join(str(each) for each in words if each) or None

    @admin.display(description=_("changed by"))
    def changed_by(self, obj):
        return in_words(obj.draft_by if self._is_of_draft(obj) else obj.page_by)

    @admin.display(description=_("last changed"))
    def changed_at(self, obj):
        at = obj.draft_at if self._is_of_draft(obj) else obj.page_at
        return at and when(at)

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
        row.changed_at, row.is_previewed = None, True
        more = shown_of(row, lambda: shown(values["documents"], is_public=False))
        context = {"page": row, "described": [], **more}
        return "pages/page.html", context, row.get_absolute_url()

    def publicity(self, row):
        if row.status != PUBLISHED:
            return _("Withdrawn: readers do not see it.")
        said = [
            lacking(row, language)
            or _("Public %(language)s.") % {"language": IN_LANGUAGE[language]}
            for language in LANGUAGES
        ]
        if row.expires_at:
            said.append(_("It expires on %(moment)s.") % {"moment": moment(row.expires_at)})
        return " ".join(map(str, said))

    def get_public_address(self, obj):
        if not obj.is_public:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        is_withdrawn = obj is not None and obj.status != PUBLISHED
        may = is_withdrawn or self.may_publish(request)
        return super().has_change_permission(request, obj) and may

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if self.may_publish(request) else (*fields, *self.publicity_fields)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PageDraft)
class PageDraftAdmin(LinkingPages, DraftPages, WithLanguages, BaseModelAdmin):
    """What a written page is to say next."""

    form = PageDraftForm
    fieldsets = [*WORDS, MOMENT, DOCUMENTS]


@admin.register(Imprint)
class ImprintAdmin(WithUndo, BaseModelAdmin):
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
