import datetime as dt

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.groups import EDITOR, EVERYTHING, PUBLISHER
from cstopa.admin.imports import ImportRows
from cstopa.admin.labels import by_language
from cstopa.admin.lists import MOST
from cstopa.admin.previews import WithActions
from cstopa.admin.slugs import SlugForm
from cstopa.languages import LANGUAGES
from cstopa.models.periods import today
from cstopa.search.lookup import Asked, newest_keys
from delegations.composition import Chronicle
from news import references
from news.archive.counts import after, between, public_years
from news.forms import ArticleForm
from news.models import Article, Topic

PUBLISHED = Article.Status.PUBLISHED


class ImportArticles(ImportRows):
    """Import of what is said about articles. New ones are drafts without a body."""

    leaving_out = ("status", *(f"body_{language}" for language in LANGUAGES))


class PublishedIn(admin.SimpleListFilter):
    """The years that have public articles, and the months of the one that is chosen."""

    title = _("year and month")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        for year in public_years(Article.objects):
            yield str(year.year), str(year.year)
            if (self.value() or "").startswith(str(year.year)):
                for month, _number in year.months:
                    yield f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        year, _hyphen, month = self.value().partition("-")
        first = dt.date(int(year), int(month or 1), 1)
        return queryset.filter(
            **between(first, after(first) if month else first.replace(year=first.year + 1))
        )


class About(admin.SimpleListFilter):
    """What an article concerns, of one ``field``. Django's own would read all texts to tell them apart."""

    def __init__(self, *args):
        self.title = self.field.verbose_name
        super().__init__(*args)

    def lookups(self, request, model_admin):
        return [(str(row.pk), str(row)) for row in self.field.related_model.objects.all()]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        links = self.field.remote_field.through.objects.filter(
            **{
                self.field.m2m_field_name(): OuterRef("pk"),
                self.field.m2m_reverse_field_name(): self.value(),
            }
        )
        return queryset.filter(Exists(links))


class AboutTopic(About):
    parameter_name, field = "topic", Article.topics.field


class AboutDelegation(About):
    parameter_name, field = "delegation", Article.delegations.field


@admin.register(Article)
class ArticleAdmin(WithActions, BaseModelAdmin):
    """Drafts are for everyone at the desk; what is published only for those who may publish."""

    # The page itself keeps from an editor what is published.
    granted = {EDITOR: EVERYTHING, PUBLISHER: (*EVERYTHING, "publish")}
    form = ArticleForm
    # An earlier text comes back, and what is public stays so.
    not_brought_back = ("status", "published_at", "expires_at")
    answers = {"quoted": "on"}
    previewed_actions = (ImportArticles,)
    list_display = ("headline", "publication", "published_at", "languages")
    list_filter = ("status", "published_at", AboutTopic, AboutDelegation, PublishedIn)
    search_fields = ("slug",)
    autocomplete_fields = ("delegations", "people", "topics", "source")
    fieldsets = [
        *by_language("headline", "summary", "body"),
        (_("Publication"), {"fields": ["status", "published_at", "slug"], "classes": ("side",)}),
        (
            _("What it concerns"),
            {"fields": ["delegations", "people", "topics", "source"], "classes": ("side",)},
        ),
    ]

    class Media:
        js = ("desk/references.js",)

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

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [(None, {"fields": ["quoted"]}), *fieldsets]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            days = [today()]
            if obj and obj.day != days[0]:
                days.append(obj.day)
            concerned = obj.delegations.all() if obj else ()
            context |= {"days": days, "references": references.catalogue(days, concerned)}
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

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
        if obj.is_public:
            return _("public")
        if obj.status != PUBLISHED:
            return obj.get_status_display()
        moment = date_format(timezone.localtime(obj.published_at), "DATETIME_FORMAT")
        # Translators: an article that is not public yet, "from 25 December 2026, 10:00".
        return _("from %(moment)s") % {"moment": moment}

    @admin.display(description=_("complete in"))
    def languages(self, obj):
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names[language]) for language in obj.complete_languages)

    def get_public_address(self, obj):
        if not obj.is_public:
            return None
        # Where it is not whole in the language of the desk, its own page is in the other.
        with translation.override(obj.language):
            return obj.get_absolute_url()

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

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            # Nobody makes it public between the question whether it is and the answer.
            row = self.get_queryset(request).select_for_update().filter(pk=row.pk).first()
        return row


@admin.register(Topic)
class TopicAdmin(BaseModelAdmin):
    form = SlugForm
    list_display = ("name", "name_en", "name_ru", "slug")
    search_fields = ("slug",)
    fieldsets = [*by_language("name"), (None, {"fields": ["slug"]})]
