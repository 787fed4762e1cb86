"""What a reader may ask of the news."""

import datetime as dt

import django_filters
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.days import DayField, FromToForm, start_of
from cstopa.languages import IN_LANGUAGE
from cstopa.search.fields import WordsField
from delegations.models import Delegation
from news.models import Topic


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class DayFilter(django_filters.Filter):
    field_class = DayField


class NameSelect(forms.Select):
    """Offers rows by their names, and marks a name that is not in the reader's language."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        row = getattr(value, "instance", None)
        if row and row.name.language != get_language():
            option["attrs"]["lang"] = row.name.language
            option["label"] = f"{label} ({IN_LANGUAGE[row.name.language]})"
        return option


class ArticleFilter(django_filters.FilterSet):
    """``?q=&delegation=&topic=&from=&to=``; both days are included."""

    q = WordsFilter(
        label=_("Words"),
        method="matching",
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    delegation = django_filters.ModelChoiceFilter(
        label=_("Delegation"),
        field_name="delegations",
        queryset=lambda request: Delegation.objects.all(),
        to_field_name="slug",
        empty_label=_("All delegations"),
        widget=NameSelect,
    )
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"),
        field_name="topics",
        queryset=lambda request: Topic.objects.all(),
        to_field_name="slug",
        empty_label=_("All topics"),
        widget=NameSelect,
    )
    # Translators: the first day of a period.
    from_ = DayFilter(label=_("From"), method="since")
    # Translators: the last day of a period.
    to = DayFilter(label=_("To"), method="until")

    class Meta:
        form = FromToForm

    @classmethod
    def get_filters(cls):
        # "from" is a word of Python and cannot name an attribute.
        return {name.rstrip("_"): filter_ for name, filter_ in super().get_filters().items()}

    def matching(self, articles, name, words):
        return articles.matching(words)

    def since(self, articles, name, day):
        return articles.filter(published_at__gte=start_of(day))

    def until(self, articles, name, day):
        return articles.filter(published_at__lt=start_of(day + dt.timedelta(days=1)))
