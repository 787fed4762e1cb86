from django import template
from django.utils.text import capfirst

from cstopa.admin.base import desk_link

register = template.Library()


@register.simple_tag
def kind(row):
    """Return what a row is: Chamber, Membership."""
    return capfirst(row._meta.verbose_name)


@register.simple_tag(takes_context=True)
def at_desk(context, row):
    """Return a row of the plan in words, linked to where it is edited if it exists already."""
    words = context["plan"].described(row)
    return desk_link(row, words) if row.pk else words
