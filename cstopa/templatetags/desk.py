"""What the pages of the desk alone say."""

import re
from functools import partial

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from cstopa.admin.history_admin import moment_of

# How a cell begins as Django makes it.
CELL = re.compile("^<t[dh]")

register = template.Library()
register.filter(moment_of)


@register.filter
def labelled(cells, headers):
    """Return the cells of a row of a list as HTML, each with the words of its column."""
    return [
        mark_safe(CELL.sub(partial(_with_label, header), cell, count=1))
        for cell, header in zip(cells, headers, strict=True)
    ]


def _with_label(header, tag):
    words = capfirst(strip_tags(header["text"]))
    return format_html('{} data-label="{}"', mark_safe(tag[0]), words)
