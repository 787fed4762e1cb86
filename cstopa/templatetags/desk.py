"""What the pages of the desk alone say."""

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from cstopa.admin.history_admin import moment_of

register = template.Library()
register.filter(moment_of)


@register.filter
def labelled(cells, headers):
    """Return the cells of a row of a list as HTML, each with the words of its column."""
    return [
        # "<td" or "<th", as Django makes it.
        format_html(
            '{} data-label="{}"{}',
            mark_safe(cell[:3]),
            capfirst(strip_tags(header["text"])),
            mark_safe(cell[3:]),
        )
        for cell, header in zip(cells, headers, strict=True)
    ]
