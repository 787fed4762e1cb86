"""How the list of articles at the desk is narrowed."""

import datetime as dt

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cstopa.languages import IN_LANGUAGE, LANGUAGES, has_words, lacks_words
from cstopa.publishing.languages import older
from news.archive.counts import after, between, public_years
from news.models import Article


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


class Translated(admin.SimpleListFilter):
    """What lacks a language, and what is older in one than in the other."""

    title, parameter_name = _("languages"), "language"
    # No index knows what is older: it is asked of those that were changed last.
    LOOKED_THROUGH = 500

    def lookups(self, request, model_admin):
        for language in LANGUAGES:
            # Translators: articles that are not whole in a language.
            yield f"no-{language}", _("not %(language)s") % {"language": IN_LANGUAGE[language]}
        for language in LANGUAGES:
            words = {"language": IN_LANGUAGE[language]}
            yield f"older-{language}", _("older %(language)s, of the last ones changed") % words

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        what, _hyphen, language = self.value().partition("-")
        if what == "no":
            return queryset.filter(lacks_words(*Article.TRANSLATED, language=language))
        last = Article.objects.order_by("-desk_changed_at", "-id")[: self.LOOKED_THROUGH]
        behind = older(list(last.only("pk")))
        whole = (has_words(*Article.TRANSLATED, language=each) for each in LANGUAGES)
        keys = [key for key in behind if behind[key] == language]
        return queryset.filter(*whole, pk__in=keys)
