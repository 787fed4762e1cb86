"""What the templates of dated facts cannot say by themselves."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def footnote(context, source):
    """Return the number under which this page, whose view gives ``footnotes``, cites a source."""
    return context["footnotes"].number(source)


@register.filter
def undated_seats(composition):
    """Return in words whether the seats of a composition, and they alone, have no dates, or ""."""
    undated = [part.allocation.is_undated for part in composition.chambers if part.allocation]
    if not any(undated):
        return ""
    return _("on record, undated") if all(undated) else _("on record, in part undated")
