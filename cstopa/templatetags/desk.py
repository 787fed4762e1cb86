"""What the pages of the desk alone say."""

import re
from copy import copy
from functools import partial

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from cstopa.accounts.zones import own_zone, when
from cstopa.admin.edit_page import form_of
from cstopa.admin.history_admin import moment_of

# How a cell begins as Django makes it.
CELL = re.compile("^<t[dh]")

register = template.Library()
register.filter(moment_of)
register.filter(when)
register.simple_tag(own_zone)


@register.simple_tag(takes_context=True)
def edit_address(context):
    """Return where what a public page shows is edited, for the account of staff that reads it, or None."""
    request = copy(context["request"])
    request.user = request.staff
    return form_of(request, request.path_info, to_read=False)


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
