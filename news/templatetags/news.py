"""The news of a delegation or a person, for the pages that are about it."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language

from cstopa.http.kept.rows import until_written
from cstopa.models.periods import today
from news.archive.listings import newest
from news.filters import ArticleFilter
from news.models import Article
from news.teasers import cards, is_midnight, moment_in_words

OF_A_DELEGATION, OF_A_PERSON = 5, 20

register = template.Library()


@register.filter
def moment(published_at):
    """Return the moment of a publication as a <time>: at midnight the day alone."""
    return _moment(published_at, get_language())


@lru_cache(maxsize=4096)
def _moment(published_at, _language):
    local = timezone.localtime(published_at)
    # HTML has room for three digits of a second, and no reader for any.
    machines = local.date() if is_midnight(local) else local.replace(microsecond=0)
    return format_html(
        '<time datetime="{}">{}</time>', machines.isoformat(), moment_in_words(local)
    )


@register.filter
def has_hour(published_at):
    """Return whether the moment of a publication is shown with its hour, which is one of Moscow."""
    return not is_midnight(timezone.localtime(published_at))


@register.simple_tag(takes_context=True)
def question(context):
    """Return the form of a list, rendered once a day for all pages under the same answers."""
    form = context["form"]
    answers = tuple((name, form.data[name]) for name in form.fields if form.data.get(name))
    return _question(answers, get_language(), today())


@until_written(64)
def _question(answers, _language, _day):
    form = ArticleFilter(dict(answers), Article.objects.none()).form
    return render_to_string("_filters.html", {"form": form})


@register.simple_tag(takes_context=True)
def archive(context):
    """Return the archive beside a page of "years", rendered once until an article is counted otherwise."""
    view = context["view"]
    return _archive(
        *(get_language(), get_script_prefix(), tuple(context["years"]), context["open_year"]),
        *(view.kwargs.get("year"), context.get("month"), bool(context.get("chips"))),
    )


@until_written(64)
def _archive(_language, _prefix, years, open_year, year, month, is_narrowed):
    return render_to_string(
        "news/_archive.html",
        {
            "years": years,
            "open_year": open_year,
            "year": year,
            "month": month,
            "is_narrowed": is_narrowed,
        },
    )


@register.simple_tag
def news_of_delegation(delegation):
    return _latest("news/_of_delegation.html", "delegations", delegation, OF_A_DELEGATION)


@register.simple_tag
def news_of_person(person):
    return _latest("news/_of_person.html", "people", person, OF_A_PERSON)


def _latest(template, field, row, number):
    """Return what a template says of the newest articles about a row."""
    keys = newest(field, row, number)
    return _rendered(template, row, tuple(keys), get_language(), get_script_prefix())


@until_written(300)
def _rendered(template, row, keys, _language, _prefix):
    return render_to_string(template, {"row": row, "articles": cards(keys)})
