"""What the templates of dated facts cannot say by themselves."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def footnote(context, source):
    """Return the number under which this page, whose view gives ``footnotes``, cites a source."""
    return context["footnotes"].number(source)


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
def undated_seats(composition):
    """Return in words whether the seats of a composition, and they alone, have no dates, or ""."""
    undated = [part.allocation.is_undated for part in composition.chambers if part.allocation]
    if not any(undated):
        return ""
    return _("on record, undated") if all(undated) else _("on record, in part undated")
