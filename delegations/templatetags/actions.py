from django import template
from django.utils.text import capfirst

from cstopa.desk.rows import desk_link

register = template.Library()


@register.simple_tag
def kind(row):
    """Return what a row is: Chamber, Membership."""
    return capfirst(row._meta.verbose_name)


@register.simple_tag
def at_desk(row):
    """Return a row in words, linked to where it is edited if it exists already."""
    return desk_link(row) if row.pk else str(row)
