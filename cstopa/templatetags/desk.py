"""What the pages of the desk alone say."""

import re
from copy import copy
from functools import partial

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from cstopa.accounts.zones import own_zone, when
from cstopa.admin.edit_page import form_of
from cstopa.admin.history_admin import moment_of
from cstopa.admin.lists import needed_first

# How a cell begins as Django makes it.
CELL = re.compile("^<t[dh]")
# Django's pictures of yes and no say it in Python.
ICON = re.compile('(/icon-[^"]*" alt=")(True|False|None)"')
ANSWERS = {
    "True": gettext_lazy("Yes"),
    "False": gettext_lazy("No"),
    "None": gettext_lazy("Unknown"),
}

register = template.Library()
register.filter(moment_of)
register.filter(when)
register.simple_tag(own_zone)
register.simple_tag(needed_first)


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
        mark_safe(CELL.sub(partial(_with_label, header), ICON.sub(_in_words, cell), count=1))
        for cell, header in zip(cells, headers, strict=True)
    ]


def _in_words(icon):
    return f'{icon[1]}{ANSWERS[icon[2]]}"'


def _with_label(header, tag):
    words = capfirst(strip_tags(header["text"]))
    return format_html('{} data-label="{}"', mark_safe(tag[0]), words)
