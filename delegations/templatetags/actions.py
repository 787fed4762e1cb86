from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.desk.rows import desk_link
from delegations.models import Chamber

register = template.Library()


@register.simple_tag
def kind(row):
    """Return what a row is: Chamber, Membership."""
    return capfirst(row._meta.verbose_name)


@register.simple_tag
def at_desk(row):
    """Return a row in words, linked to where it is edited if it exists already."""
    words = str(row)
    if isinstance(row, Chamber):
        # Its own words leave out when it is there, and a new one is not named after the old name.
        name = row.title if row.pk or row.name else _("without a name of its own")
        words = f"{name}, {row.period_in_words}"
    return desk_link(row, words) if row.pk else words
