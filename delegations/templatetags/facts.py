"""What the templates of dated facts cannot say by themselves."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa.models.periods import day_in_words, period_in_words
from delegations.as_of_views import row_templates
from delegations.in_words import by_parliament
from delegations.seat_chart import SeatChart
from delegations.seat_chart import assembly_chart as seat_chart_of_all

register = template.Library()
register.filter(by_parliament)


@register.simple_tag(takes_context=True)
def footnote(context, source):
    """Return the number under which this page, whose view gives ``footnotes``, cites a source."""
    return context["footnotes"].number(source)


@register.simple_tag(takes_context=True)
def cited(context, number):
    """Return the ``id`` by which a footnote leads back, at the first place that cites it."""
    marked = context["footnotes"].marked
    if number in marked:
        return ""
    marked.add(number)
    return format_html(' id="page:cited-{}"', number)


@register.simple_tag(takes_context=True)
def cite(context, fact):
    """Return the link from a fact of a list to its footnote, or "" on a page without footnotes."""
    if not fact or "footnotes" not in context:
        return ""
    number = context["footnotes"].number(fact.source)
    return format_html(
        # The space keeps the mark on the line of the word before it.
        '\N{NO-BREAK SPACE}<sup class="cite">'
        '<a href="#page:source-{}"{} aria-label="{}">[{}]</a></sup>',
        number,
        cited(context, number),
        # Who speaks to the machine says what is to be seen, so the name begins with it.
        _("[%(number)s] source") % {"number": number},
        number,
    )


NOTE = """


<span class="note">
  {};
  {};
  <a href="#page:source-{}"{}>{}</a>{}
</span>
{}"""


@register.simple_tag(takes_context=True)
def note(context, fact):
    """Return when a fact was so, when that was checked and corrected, which source says so, and what
    the ``further_sources`` of the page say.
    """
    number = footnote(context, fact.source)
    first = cited(context, number)
    further = context["further_sources"][fact]
    if further:
        asked = {"number": number, "further_sources": further, "footnotes": context["footnotes"]}
        further = render_to_string("delegations/_further_sources.html", asked)
    corrected_on = fact.corrected_at and timezone.localdate(fact.corrected_at)
    days = fact.valid_from, tuple(fact.ends), fact.checked_on, corrected_on
    return _note(*days, number, first, further or "\n", get_language())


# Most facts of a page were so, and were checked, on the same days by the same source.
@lru_cache(maxsize=4096)
def _note(valid_from, ends, checked_on, corrected_on, number, first, further, _language):
    corrected = ""
    if corrected_on:
        words = _("corrected on %(day)s") % {"day": day_in_words(corrected_on)}
        corrected = format_html(";\n    <strong>{}</strong>", words)
    source = _("source %(number)s") % {"number": number}
    return format_html(
        NOTE,
        period_in_words(valid_from, ends),
        checked_in_words(checked_on),
        number,
        first,
        source,
        corrected,
        further,
    )


@register.simple_tag(takes_context=True)
def anchor(context, fact):
    """Return the ``id`` of a fact, its code, once on a page whose view gives ``anchors``, a set.

    Facts of different kinds may have the same code: the first one on the page is found by it.
    """
    if fact.code in context["anchors"]:
        return ""
    context["anchors"].add(fact.code)
    return format_html(' id="{}"', fact.code)


@register.filter
def end_in_words(fact):
    """Return in words when a fact ended: until 15 September 2024."""
    day, is_latest = min(fact.ends)
    words = _("no later than %(end)s") if is_latest else _("until %(end)s")
    return words % {"end": day_in_words(day)}


@register.filter
def row_template(fact):
    """Return the names of the templates of what a fact says, of which the first is used that is there."""
    return row_templates(type(fact))


@register.filter
def name_on(row, day):
    """Return the name of a parliament or a chamber on a day."""
    return row.name_on(day)


@register.filter
def title_on(chamber, day):
    """Return the title of a chamber on a day: its name, or by that of its parliament."""
    return chamber.title_on(day)


@register.filter
def checked_in_words(day):
    """Return in words when a fact, or a further source, was last checked."""
    if day is None:
        return _("day of the last check not recorded")
    return _("checked on %(day)s") % {"day": day_in_words(day)}


@register.filter
def undated_seats(composition):
    """Return in words whether the seats of a composition, and they alone, have no dates, or ""."""
    undated = [part.allocation.is_undated for part in composition.chambers if part.allocation]
    if not any(undated):
        return ""
    return _("on record, undated") if all(undated) else _("on record, in part undated")


@register.filter
def assembly_chart(group):
    """Return the drawing of the seats of all delegations of a Group."""
    return seat_chart_of_all(group.compositions)


@register.filter
def seat_chart(composition):
    return SeatChart(composition.chambers)


# The days are many, and a loop of the template takes some ten times as long.


@register.simple_tag
def drawn_days(timeline):
    """Return the marks of a timeline as they are drawn."""
    mark_of = '<a href="{}"{}><title>{}</title><line x1="{}" x2="{}" y1="18" y2="42"/></a>'
    return format_html_join(
        "\n",
        mark_of,
        (
            (timeline.address(mark), shown(mark), day_in_words(mark.day), mark.at, mark.at)
            for mark in timeline.marks
        ),
    )


@register.simple_tag
def listed_days(timeline, marks):
    """Return those of its marks that are of one year as items of a list."""
    return format_html_join(
        "\n",
        '<li><a href="{}"{}>{}</a></li>',
        ((timeline.address(mark), shown(mark), day_in_words(mark.day, "j E")) for mark in marks),
    )


def shown(mark):
    return format_html(' aria-current="{}"', "date") if mark.is_shown else ""
