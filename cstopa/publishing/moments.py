"""When what is public changes by itself, because it was scheduled."""

from cstopa.http.kept.moments import register
from cstopa.publishing.due import first_due


@register
def next_due(after):
    moment = first_due()
    return moment if moment and moment > after else None
