"""What the pages of the desk alone say."""

from django import template

from cstopa.admin.history_admin import moment_of

register = template.Library()
register.filter(moment_of)
