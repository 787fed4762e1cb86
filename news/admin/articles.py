from django.contrib import admin
from django.db.models import Case, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cstopa.accounts.erasing import in_words
from cstopa.accounts.zones import when
from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.first_page import ADD, LIST
from cstopa.admin.groups import EDITOR, EVERYTHING, PUBLISHER, WRITER
from cstopa.admin.imports import ImportRows
from cstopa.admin.lists import MOST
from cstopa.admin.previews import WithActions
from cstopa.languages import LANGUAGES
from cstopa.models.history import author_of, of_version
from cstopa.models.periods import moment_in_words
from cstopa.publishing.calendar import OnCalendar
from cstopa.publishing.checks import Links
from cstopa.publishing.forms import PUBLISH
from cstopa.publishing.languages import WithLanguages, in_short
from cstopa.publishing.live import WithDrafts
from cstopa.publishing.models import Review
from cstopa.publishing.preview import WithPreview
from cstopa.publishing.reviewing import WithReview
from cstopa.publishing.withdrawing import WHAT_LINKS, Withdrawing
from cstopa.search.lookup import Asked, newest_keys
from delegations.composition import Chronicle
from news.admin.actions import AddTopic, PublishChosen, RemoveTopic, WithdrawChosen
from news.admin.content import DOCUMENTS, PICTURE, SUBJECTS, WORDS, ContentPages
from news.admin.lists import AboutDelegation, AboutTopic, PublishedIn, Translated
from news.forms import ArticleForm
from news.models import Article, ArticleDraft
from news.preview import page_of
from news.publicity import comes_at_once, leaves_until, publicity

PUBLISHED = Article.Status.PUBLISHED


class ImportArticles(ImportRows):
    """Import of what is said about articles. New ones are drafts without a body."""

    leaving_out = ("status", "leads_until", *(f"body_{language}" for language in LANGUAGES))

    def for_readers(self, request, results):
        published = [
            each for each in results if each.is_update() and each.original.status == PUBLISHED
        ]
        ending = [each.instance for each in published if _leaves(each) or _expires(each)]
        links = self.pages.links_to_each(request, ending)
        for each in published:
            row, found = each.instance, links.get(each.instance.pk)
            if _leaves(each):
                yield each, leaves_until(row.published_at, found)
            elif row.is_public and not each.original.is_public:
                yield each, comes_at_once(each.original)
            if _expires(each) and found:
                yield each, format_html(WHAT_LINKS, links=found)


def _leaves(result):
    return result.original.is_public and not result.instance.is_public


def _expires(result):
    """Return whether it is newly said when readers see it no more."""
    return result.instance.expires_at not in (None, result.original.expires_at)


@admin.register(Article)
class ArticleAdmin(
    ContentPages,
    Withdrawing,
    WithDrafts,
    WithReview,
    OnCalendar,
    WithPreview,
    WithLanguages,
    WithActions,
    BaseModelAdmin,
):
    """Drafts are for everyone at the desk; what is published only for those who may publish."""

    # The page itself keeps from an editor what is published.
    granted = {
        WRITER: EVERYTHING,
        EDITOR: (*EVERYTHING, "review"),
        PUBLISHER: (*EVERYTHING, "review", "publish"),
    }
    tasks = ((_("Write an article"), ADD), (_("Articles"), LIST))
    adds_first = True
    when_empty = _("An article is a draft until it is published.")
    form = ArticleForm
    publish_button = (PUBLISH, "")
    # An earlier text comes back, and what is public stays so.
    not_brought_back = publicity_fields = ("status", "published_at", "expires_at", "leads_until")
    moments = ("published_at", "expires_at")
    previewed_actions = (ImportArticles, PublishChosen, WithdrawChosen, AddTopic, RemoveTopic)
    list_display = ("headline", "publication", "languages", "changed_by", "changed_at")
    ordering = ("-desk_changed_at", "-id")
    list_filter = ("status", "published_at", AboutTopic, AboutDelegation, PublishedIn, Translated)
    search_fields = ("slug",)
    fieldsets = [
        *WORDS,
        (
            _("Publication"),
            {
                "fields": ["status", "published_at", "expires_at", "leads_until", "slug"],
                "classes": ("side",),
            },
        ),
        PICTURE,
        DOCUMENTS,
        SUBJECTS,
    ]

    def status_in_words(self, row):
        if row.status != PUBLISHED:
            return _("The article is withdrawn.")
        return _("The article is published.") if row.is_public else _("The article is scheduled.")

    def found(self, queryset, query):
        # What it says in the index is never wholly gathered: of a common word, half of all articles.
        asked = Asked(query.wanted, query.unwanted, unfinished=True)
        keys = newest_keys(asked, Article, MOST + 1)
        if len(keys) > MOST and queryset.query.where:
            return queryset.filter(pk__in=Article.objects.matching(query, unfinished=True))
        [first, *others] = query.terms
        if not others:
            named = Article.objects.filter(slug__startswith=first.written.lower())
            keys += named.values_list("pk", flat=True)[: MOST + 1]
        return queryset.filter(pk__in=keys)

    def changelist_view(self, request, extra_context=None):
        # A headline is long, and its list has filters as well.
        context = {"is_nav_sidebar_enabled": False} | (extra_context or {})
        return super().changelist_view(request, context)

    def get_list_display(self, request):
        # The references of all the headlines of a list are read from one Chronicle.
        chronicle = Chronicle()

        @admin.display(description=_("headline"))
        def headline(article):
            return article.text("headline", article.language, chronicle)

        columns = super().get_list_display(request)
        return [headline if each == "headline" else each for each in columns]

    @admin.display(description=_("publication"), ordering="published_at")
    def publication(self, obj):
        if obj.status != PUBLISHED:
            words = Review.State(obj.review).label if obj.review else obj.get_status_display()
        elif obj.is_public:
            words = _("public")
        else:
            moment = date_format(timezone.localtime(obj.published_at), "DATETIME_FORMAT")
            # Translators: an article that is not public yet, "from 25 December 2026, 10:00".
            words = _("from %(moment)s") % {"moment": moment}
        return ", ".join(str(each) for each in (words, self.draft_in_words(obj)) if each)

    @admin.display(description=_("languages"))
    def languages(self, obj):
        return in_short(obj, obj.is_public)

    @admin.display(description=_("changed by"))
    def changed_by(self, obj):
        return in_words(obj.last_by)

    @admin.display(description=_("last changed"), ordering="desk_changed_at")
    def changed_at(self, obj):
        return obj.desk_changed_at and when(obj.desk_changed_at)

    def get_public_address(self, obj):
        if not obj.is_public:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

    def get_queryset(self, request):
        of_draft = ArticleDraft.history.filter(live=OuterRef("pk"))
        by = author_of(Article.history.filter(id=OuterRef("pk")))
        is_its_own = Q(desk_changed_at=of_version(Article, "history_date"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                last_by=Case(When(is_its_own, then=by), default=Coalesce(author_of(of_draft), by)),
                review=Review.objects.state_of(Article, OuterRef("pk")),
            )
        )

    def preview_page(self, row, values):
        return page_of(row, values)

    def live_rows(self):
        return Article.objects.filter(status=PUBLISHED)

    def is_public(self, row):
        return row.is_public

    def publicity(self, row):
        return publicity(row)

    def undone_by(self, form):
        fields, row = super().undone_by(form), form.instance
        before = form.initial.get("published_at")
        if fields and not before and not row.is_public:
            # The moment was typed in the same save.
            return tuple(name for name in fields if name != "published_at")
        if fields is None and row.status == PUBLISHED and "published_at" in form.changed_data:
            is_ahead = max(before, row.published_at) > timezone.now()
            return ("published_at",) if is_ahead else None
        return fields

    def after_restoring(self, row):
        deleted = (
            Article.history.filter(id=row.pk, history_type="-").order_by("-history_id").first()
        )
        said = super().after_restoring(row)
        if deleted.status == row.status:
            return said
        if row.published_at is None:
            text = _("It was to be public from %(moment)s, which has passed: it is a draft now.")
            moment = deleted.published_at
        else:
            text = _("It was to expire on %(moment)s, which has passed: it is a draft now.")
            moment = deleted.expires_at
        return f"{text % {'moment': moment_in_words(moment)}} {said}"

    def is_reviewed(self, obj):
        return obj is None or obj.status != PUBLISHED

    def reviewed(self, rows):
        return rows.exclude(status=PUBLISHED)

    def warnings_of(self, request, row):
        """Return what the form of a row would ask before it goes public."""
        form = self.get_form(request)(instance=row)
        return [*form.warnings_of(row, form.values_of(row)), *Links(row).warnings]

    # In the calendar

    def state_at(self, row, name):
        if name != "published_at":
            return super().state_at(row, name)
        if row.status != PUBLISHED:
            return row.get_status_display()
        return _("public") if row.is_public else pgettext("an article", "scheduled")

    def waiting(self, rows):
        return rows.filter(status=Article.Status.DRAFT, published_at=None).order_by(*self.ordering)

    def is_waiting(self, row, name):
        return row.status != PUBLISHED

    def is_movable(self, row, name):
        return row.status != PUBLISHED or super().is_movable(row, name)

    # Who may

    def _may(self, request, obj):
        return obj is None or obj.status != PUBLISHED or self.may_publish(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if self.may_publish(request) else (*fields, "status", "leads_until")

    def is_publishing(self, sent):
        return super().is_publishing(sent) or "leads_until" in sent
