"""What the templates of dated facts cannot say by themselves."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cstopa.models.partial_dates import is_exact
from cstopa.models.periods import date_in_words, day_in_words, period_in_words, today
from delegations.as_of_views import row_templates
from delegations.common_evidence import VARIOUS, told_of
from delegations.in_words import by_parliament
from delegations.models import Chamber
from delegations.seat_chart import SeatChart

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
def footnote_to(context, source):
    """Return the words that lead to the footnote of a source."""
    number = footnote(context, source)
    [words] = evidence_in_words(None, None, number, cited(context, number))
    return words


@register.simple_tag(takes_context=True)
def cite(context, fact, common=None):
    """Return the link from a fact of a list to its footnote, or "" on a page without footnotes.

    Where a CommonEvidence is said of the list, the period of a fact that has another one stands
    before it, and its source is not said again.
    """
    if not fact or "footnotes" not in context:
        return ""
    period = common.unlike(fact)[0] if common and common.says_period else None
    said = format_html(' <span class="note">{}</span>', period_in_words(*period)) if period else ""
    if common and common.source == fact.source:
        return said
    number = context["footnotes"].number(fact.source)
    return format_html(
        # The space keeps the mark on the line of the word before it.
        '{}\N{NO-BREAK SPACE}<sup class="cite">'
        '<a href="#page:source-{}"{} aria-label="{}">[{}]</a></sup>',
        said,
        number,
        cited(context, number),
        # Who speaks to the machine says what is to be seen, so the name begins with it.
        _("[%(number)s] source") % {"number": number},
        number,
    )


@register.simple_tag(takes_context=True)
def note(context, fact, common=None):
    """Return when a fact was so, when that was checked and corrected, which source says so, and what
    the ``further_sources`` of the page say; of what the CommonEvidence says, nothing again.
    """
    period, checked, source = common.unlike(fact) if common else told_of(fact)
    further = context["further_sources"][fact]
    number = footnote(context, fact.source)
    if further:
        asked = {"number": number, "further_sources": further, "footnotes": context["footnotes"]}
        further = render_to_string("delegations/_further_sources.html", asked)
        # It names the source that is followed by its number.
        source = fact.source
    first = cited(context, number) if source else ""
    corrected_on = fact.corrected_at and timezone.localdate(fact.corrected_at)
    days = period, checked, corrected_on
    return _note(*days, number if source else "", first, further or "", get_language())


# Most facts of a page were so, and were checked, on the same days by the same source.
@lru_cache(maxsize=4096)
def _note(period, checked, corrected_on, number, first, further, _language):
    said = list(evidence_in_words(period, checked, number, first))
    if corrected_on:
        words = _("corrected on %(day)s") % {"day": day_in_words(corrected_on)}
        said.append(format_html("<strong>{}</strong>", words))
    if not said:
        return further
    words = format_html_join(";\n  ", "{}", ((part,) for part in said))
    return format_html('\n<span class="note">\n  {}\n</span>\n{}', words, further)


def evidence_in_words(period, checked, number, first):
    """Yield when something was so and when it was checked, and the link to its source, as far as given."""
    if period:
        yield period_in_words(*period)
    if checked:
        yield checked_in_words(*checked)
    if number:
        words = _("source\N{NO-BREAK SPACE}%(number)s") % {"number": number}
        yield format_html('<a href="#page:source-{}"{}>{}</a>', number, first, words)


@register.simple_tag(takes_context=True)
def common_evidence(context, common):
    """Return what a CommonEvidence says, as a line before the facts of a section; "" without any."""
    if not common:
        return ""
    period, checked, source = (None if part is VARIOUS else part for part in common.parts())
    number = footnote(context, source) if source else ""
    first = cited(context, number) if number else ""
    said = format_html_join(
        "; ", "{}", ((part,) for part in evidence_in_words(period, checked, number, first))
    )
    if not said:
        return ""
    lead = _("All of this:") if common.is_whole else _("Where nothing else is said:")
    # «г.» ends a sentence as well.
    stop = "" if said.endswith(".") else "."
    return format_html('<p class="note">{} {}{}</p>', lead, said, stop)


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
    if is_latest:
        return _("no later than %(end)s") % {"end": day_in_words(day)}
    return _("until %(end)s") % {"end": date_in_words(day)}


@register.filter
def row_template(fact):
    """Return the names of the templates of what a fact says, of which the first is used that is there."""
    return row_templates(type(fact))


@register.filter
def name_on(row, day):
    """Return the name of a parliament or a chamber on a day."""
    return row.name_on(day)


@register.filter
def day_of_name(fact, day):
    """Return the day whose names a fact stands under on a page of a day."""
    return fact.day_of_name(day)


@register.simple_tag(takes_context=True)
def renamed(context, row, then):
    """Return in brackets what a parliament or a chamber is called on the day of the page, or was last,
    where it was not called so "then"; "" where it was.
    """
    day = context.get("day") or today()
    if isinstance(row, Chamber):
        day = row.day_of_name(day)
    name = "" if day == then else row.name_on(day)
    if not name or name == row.name_on(then):
        return ""
    if day == today():
        return format_html(" ({} {})", pgettext("name", "now"), name)
    return format_html(
        " ({}: {})", pgettext("name", "on %(day)s") % {"day": day_in_words(day)}, name
    )


@register.filter
def title_on(chamber, day):
    """Return the title of a chamber on a day: its name, or by that of its parliament."""
    return chamber.title_on(day)


@register.filter
def checked_in_words(day):
    """Return in words when a fact, or a further source, was last checked."""
    if day is None:
        return _("not checked yet")
    return _("checked on %(day)s") % {"day": day_in_words(day)}


@register.filter
def undated_seats(composition):
    """Return in words whether the seats of a composition, and they alone, have no dates, or ""."""
    undated = [part.allocation.is_undated for part in composition.chambers if part.allocation]
    if not any(undated):
        return ""
    return _("dates not given") if all(undated) else _("dates in part not given")


@register.filter
def answer(composition):
    """Return how many seats a delegation has, and of which chambers: "11 seats: House 7, Council 4"."""
    if composition.sends_none:
        return _("No seats: the parliament does not take part in the Assembly")
    if composition.seats is None:
        if composition.day == today():
            return _("Seats: not recorded")
        return _("Seats: not recorded for this day")
    words = ngettext("%(number)d seat", "%(number)d seats", composition.seats)
    if not composition.is_complete:
        words = ngettext(
            "%(number)d seat on record", "%(number)d seats on record", composition.seats
        )
    words %= {"number": composition.seats}
    if composition.is_unicameral:
        return words
    parts = (
        (part.chamber.title_on(composition.day), part.seats or _("not recorded"))
        for part in composition.chambers
    )
    return format_html("{}: {}", words, format_html_join(", ", "{}\N{NO-BREAK SPACE}{}", parts))


@register.filter
def assembly_chart(group):
    """Return the drawing of the seats of all delegations of a Group."""
    return SeatChart(group.compositions)


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
            (timeline.address(mark), shown(mark), date_in_words(mark.known), mark.at, mark.at)
            for mark in timeline.marks
        ),
    )


@register.simple_tag
def listed_days(timeline, marks):
    """Return those of its marks that are of one year as items of a list."""
    return format_html_join(
        "\n",
        '<li><a href="{}"{}>{}</a></li>',
        ((timeline.address(mark), shown(mark), in_year(mark.known)) for mark in marks),
    )


def in_year(known):
    """Return a date in words, without its year where it has a day."""
    return day_in_words(known, "j\N{NO-BREAK SPACE}E") if is_exact(known) else date_in_words(known)


def shown(mark):
    return format_html(' aria-current="{}"', "date") if mark.is_shown else ""
