from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, desk_address
from cstopa.admin.groups import EDITOR, EVERYTHING, PUBLISHER, WRITER
from cstopa.admin.history_admin import moment_of
from cstopa.admin.imports import ImportRows
from cstopa.admin.lists import MOST
from cstopa.admin.previews import WithActions
from cstopa.languages import LANGUAGES
from cstopa.models.history import author_of, because, of_version
from cstopa.publishing.models import Review
from cstopa.publishing.undoing import deed, with_undo
from cstopa.search.lookup import Asked, newest_keys
from delegations.composition import Chronicle
from news.admin.content import SUBJECTS, WORDS, ContentPages
from news.admin.drafts import draft_address
from news.admin.lists import AboutDelegation, AboutTopic, PublishedIn
from news.forms import ArticleForm
from news.models import Article, ArticleDraft
from news.publicity import publicity

PUBLISHED = Article.Status.PUBLISHED
# The button that keeps what was written beside what is public.
AS_DRAFT = "_draft"


class ImportArticles(ImportRows):
    """Import of what is said about articles. New ones are drafts without a body."""

    leaving_out = ("status", *(f"body_{language}" for language in LANGUAGES))


@admin.register(Article)
class ArticleAdmin(ContentPages, WithActions, BaseModelAdmin):
    """Drafts are for everyone at the desk; what is published only for those who may publish."""

    # The page itself keeps from an editor what is published.
    granted = {
        WRITER: EVERYTHING,
        EDITOR: (*EVERYTHING, "review"),
        PUBLISHER: (*EVERYTHING, "review", "publish"),
    }
    form = ArticleForm
    # An earlier text comes back, and what is public stays so.
    not_brought_back = publicity_fields = ("status", "published_at", "expires_at")
    answers = {"quoted": "on"}
    previewed_actions = (ImportArticles,)
    list_display = ("headline", "publication", "changed_by", "desk_changed_at")
    ordering = ("-desk_changed_at", "-id")
    list_filter = ("status", "published_at", AboutTopic, AboutDelegation, PublishedIn)
    search_fields = ("slug",)
    fieldsets = [
        *WORDS,
        (
            _("Publication"),
            {"fields": ["status", "published_at", "expires_at", "slug"], "classes": ("side",)},
        ),
        SUBJECTS,
    ]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        is_public = obj and obj.status == PUBLISHED and self.has_change_permission(request, obj)
        if not is_public:
            return fieldsets
        return [
            (title, {**rest, "fields": [*rest["fields"], "reason"]})
            if "status" in rest["fields"]
            else (title, rest)
            for title, rest in fieldsets
        ]

    def save_model(self, request, obj, form, change):
        withdrawn = change and form.initial.get("status") == PUBLISHED != obj.status
        with because(form.cleaned_data.get("reason", "") if withdrawn else ""):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        if article.pk and "status" in form.changed_data:
            is_published = article.status == PUBLISHED
            words = (
                _("The article is published.") if is_published else _("The article is withdrawn.")
            )
            # What was typed in the same save stays; but then readers shall not see it.
            done = [deed(article, self.publicity_fields if is_published else ())]
            button = with_undo(request, words, done, desk_address(article))
            self.message_user(request, button, messages.SUCCESS)

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
        reviewed = Review.State(obj.review).label if obj.review else None
        if obj.status != PUBLISHED:
            return reviewed or obj.get_status_display()
        if obj.is_public:
            words = _("public")
        else:
            moment = date_format(timezone.localtime(obj.published_at), "DATETIME_FORMAT")
            # Translators: an article that is not public yet, "from 25 December 2026, 10:00".
            words = _("from %(moment)s") % {"moment": moment}
        if obj.draft_key is None:
            return words
        # Translators: the state of an article, and that of the draft over it: "public, draft for review".
        draft = _("draft %(state)s") % {"state": reviewed} if reviewed else _("a draft waits")
        return f"{words}, {draft}"

    @admin.display(description=_("changed by"))
    def changed_by(self, obj):
        return obj.last_by

    def get_public_address(self, obj):
        if not obj.is_public:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

    def get_queryset(self, request):
        drafts = ArticleDraft.objects.filter(live=OuterRef("pk")).values("pk")
        of_draft = ArticleDraft.history.filter(live=OuterRef("pk"))
        by = author_of(Article.history.filter(id=OuterRef("pk")))
        is_its_own = Q(desk_changed_at=of_version(Article, "history_date"))
        steps = Review.objects
        return (
            super()
            .get_queryset(request)
            .annotate(
                draft_key=Subquery(drafts[:1]),
                last_by=Case(When(is_its_own, then=by), default=Coalesce(author_of(of_draft), by)),
                review=Case(
                    When(
                        status=PUBLISHED, then=steps.state_of(ArticleDraft, OuterRef("draft_key"))
                    ),
                    default=steps.state_of(Article, OuterRef("pk")),
                ),
            )
        )

    def is_reviewed(self, obj):
        return obj is None or obj.status != PUBLISHED

    def reviewed(self, rows):
        return rows.exclude(status=PUBLISHED)

    # Who may

    def _may(self, request, obj):
        return (
            obj is None or obj.status != PUBLISHED or request.user.has_perm("news.publish_article")
        )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.has_perm("news.publish_article") else (*fields, "status")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # The form of an editor has no such field, and would silently leave it out.
        if PUBLISHED in request.POST.getlist("status") and not request.user.has_perm(
            "news.publish_article"
        ):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        article = self.get_object(request, unquote(object_id))
        is_published = article is not None and article.status == PUBLISHED
        drafts = self.admin_site.get_model_admin(ArticleDraft)
        if not is_published or not drafts.has_change_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        address = draft_address(article)
        if AS_DRAFT in request.POST:
            return self._as_draft(request, article)
        if request.method == "GET" and "?" not in address and "live" not in request.GET:
            return HttpResponseRedirect(address)
        context = {"draft_address": address} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def _as_draft(self, request, article):
        """Begin a draft with what the form of the article has, and leave the article as it is."""
        request.POST = request.POST.copy()
        request.POST["live"] = str(article.pk)
        request.POST["begun_from"] = request.POST.get("seen_version", "")
        pages = self.admin_site.get_model_admin(ArticleDraft)
        return pages.add_view(request, reverse("admin:news_articledraft_add"))

    def bring_back(self, request, row, version):
        """Write the version as a draft over what is public."""
        if row.status != PUBLISHED:
            return super().bring_back(request, row, version)
        draft = ArticleDraft.objects.filter(live=row).first() or ArticleDraft.begun(row)
        draft.take(version)
        message = _("The version of %(moment)s is a draft now: publish it to have it read.")
        messages.success(request, message % {"moment": moment_of(version)})
        return HttpResponseRedirect(desk_address(draft))

    def _answered(self, request, obj, response):
        self.message_user(request, publicity(obj))
        return response

    def after_restoring(self, row):
        return publicity(row)

    after_undoing = after_restoring

    def response_add(self, request, obj, post_url_continue=None):
        return self._answered(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._answered(request, obj, super().response_change(request, obj))

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            # Nobody makes it public between the question whether it is and the answer.
            row = self.get_queryset(request).select_for_update().filter(pk=row.pk).first()
        return row
