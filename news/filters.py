"""What a reader may ask of the news."""

import datetime as dt
from dataclasses import dataclass

import django_filters
from django import forms
from django.db import models
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.forms import DayFilter, FromToFilterSet
from cstopa.http.kept.rows import until_written
from cstopa.http.pagination import first_rows
from cstopa.languages import IN_LANGUAGE
from cstopa.models.periods import ONE_DAY, day_in_words, start_of, today
from cstopa.search.fields import WordsField, readable, refuse_too_many
from cstopa.search.lookup import newest
from cstopa.search.queries import LONGEST, parse
from delegations.models import Delegation, Person
from news.models import Topic

# How many people of one name are offered.
NAMESAKES = 20
# What has feeds of its own.
FOLLOWED = {"delegation", "topic"}
# What an article may be about.
ABOUT = {"delegation", "topic", "person"}


class WordsFilter(django_filters.Filter):
    field_class = WordsField


def in_short(words):
    """Return what somebody wrote into an address so that a sentence can repeat it."""
    return Truncator(readable(words)).chars(60)


class NameField(django_filters.fields.ModelChoiceField):
    """A row by its slug. The reason why there is none names what was asked for."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code == "invalid_choice":
                error.params = {"value": in_short(value)}
            raise


class NameFilter(django_filters.ModelChoiceFilter):
    field_class = NameField


def name_of(row):
    """Return the name of a topic or a person, or that of a delegation as of today."""
    return row.name_on(today()) if isinstance(row, Delegation) else row.name


class PersonField(forms.CharField):
    """A person by the slug, or by words of a name that one person alone has.

    There are too many people for a select. Where several have the name, the error has them as its
    ``people``.
    """

    default_error_messages = {
        "invalid_choice": _("There is no person “%(value)s”."),
        "several": _("Several people have this name: choose one of them."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, empty_value=None, **kwargs)

    def clean(self, value):
        name = super().clean(value)
        if name is None:
            return None
        if person := Person.objects.filter(slug=name).first():
            return person
        refuse_too_many(parse(name))
        people = [*Person.objects.matching(name).by_family_name()[:NAMESAKES]]
        if len(people) == 1:
            return people[0]
        code = "several" if people else "invalid_choice"
        params = {"value": in_short(name), "people": people}
        raise forms.ValidationError(self.error_messages[code], code, params)

    def bound_data(self, data, initial):
        return readable(data or "")


class PersonFilter(django_filters.Filter):
    field_class = PersonField


def delegation_label(delegation):
    """Begin with the state: a select that is narrow shows the beginning alone."""
    name = name_of(delegation)
    if delegation.state.language != name.language:
        return str(name)
    return f"{delegation.state.plain}: {name.plain}"


@until_written(1)
def topics():
    """Return all topics, which are few."""
    return list(Topic.objects.all())


@until_written(1)
def delegations():
    """Return all delegations with their names."""
    return list(Delegation.objects.with_names())


@until_written(8)
def options(field, language, day):
    """Return ``(slug, rest of its option)`` of each row that a select offers in a language on a day.

    A name that is not in that language is marked.
    """
    if field == "topic":
        rows = [(row, row.name) for row in topics()]
    else:
        rows = [(row, delegation_label(row)) for row in delegations()]
    marked = []
    for row, label in rows:
        if (own := name_of(row).language) == language:
            rest = format_html(">{}</option>", str(label))
        else:
            rest = format_html(' lang="{}">{} ({})</option>', own, str(label), IN_LANGUAGE[own])
        marked.append((row.slug, rest))
    return marked


class NameSelect(forms.Select):
    """Offers rows by their names. Django would render a template for each of them."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = value or ""
        empty = format_html(">{}</option>", self.choices.field.empty_label)
        offered = [("", empty), *options(name, get_language(), today())]
        lines = format_html_join(
            "\n",
            '  <option value="{}"{}{}',
            ((slug, " selected" if slug == chosen else "", rest) for slug, rest in offered),
        )
        attributes = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>\n{}\n</select>', name, attributes, lines)


@dataclass(frozen=True)
class Chip:
    """One answer that narrows the list: its field's name and label, and the answer in words."""

    name: str
    label: str
    value: str
    is_understood: bool = True

    @property
    def plain(self):
        return f"{self.label}: {self.value}"

    @property
    def without(self):
        """What to change in the address to take the answer back, and begin at the first page."""
        return {self.name: None, "page": None}


class ArticleFilter(FromToFilterSet):
    """``?q=&delegation=&topic=&person=&from=&to=``; both days are included."""

    q = WordsFilter(label=_("Words"))
    delegation = NameFilter(
        label=_("Delegation"),
        field_name="delegations",
        queryset=lambda request: Delegation.objects.with_names(),
        to_field_name="slug",
        empty_label=_("All delegations"),
        error_messages={"invalid_choice": _("There is no delegation “%(value)s”.")},
        widget=NameSelect,
    )
    topic = NameFilter(
        label=_("Topic"),
        field_name="topics",
        queryset=lambda request: Topic.objects.all(),
        to_field_name="slug",
        empty_label=_("All topics"),
        error_messages={"invalid_choice": _("There is no topic “%(value)s”.")},
        widget=NameSelect,
    )
    person = PersonFilter(label=_("Person"), field_name="people")
    # Translators: the first day of a period.
    from_ = DayFilter(label=_("From"))
    # Translators: the last day of a period.
    to = DayFilter(label=_("To"))

    def filter_queryset(self, articles):
        """Return the articles under all answers but the words, by which a page ``take``s them.

        They come in the order of the list that they are taken from.
        """
        answers = {name: answer for name, answer in self.form.cleaned_data.items() if answer}
        about = {
            self.filters[name].field_name: answers.pop(name) for name in ABOUT & answers.keys()
        }
        moment = "published_at"
        if about:
            articles, moment = articles.about(**about), "listed_at"
        first, last = answers.get("from"), answers.get("to")
        if last:
            articles = articles.filter(**{f"{moment}__lt": start_of(last + ONE_DAY)})
        if first:
            articles = articles.filter(**{f"{moment}__gte": start_of(first)})
        return articles

    @property
    def take(self):
        """Return how ``page_of()`` takes the articles that have the words."""
        words = self.form.cleaned_data.get("q")
        return newest(parse(words)) if words else first_rows

    @property
    def chips(self):
        """Return the Chips of the answers that were understood."""
        self.form.is_valid()
        chips = []
        for name, field in self.form.fields.items():
            answer = self.form.understood.get(name)
            if isinstance(answer, dt.date):
                answer = day_in_words(answer)
            elif isinstance(answer, models.Model):
                answer = name_of(answer)
            if answer:
                chips.append(Chip(name, field.label, answer))
        return chips

    @property
    def misread(self):
        """Return the Chips of the answers that were not understood, as far as they can be shown."""
        understood = self.form.understood
        return [
            Chip(name, self.form.fields[name].label, in_short(self.form.data[name]), False)
            for name in self.form.errors
            if name not in understood
        ]

    @property
    def namesakes(self):
        """Return the people of whom the reader is to choose one, where a name is that of several."""
        errors = self.form.errors.as_data().get("person", ())
        return [person for error in errors for person in (error.params or {}).get("people", ())]

    @property
    def feeds(self):
        """Return ``(atom, rss)``, the addresses of the feeds of just these articles, or None."""
        answers = {name: answer for name, answer in self.form.understood.items() if answer}
        if not answers:
            return reverse("news:atom"), reverse("news:rss")
        [(name, row), *others] = answers.items()
        if others or name not in FOLLOWED:
            return None
        return tuple(reverse(f"news:{name}-{kind}", args=[row.slug]) for kind in ("atom", "rss"))
