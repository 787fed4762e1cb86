"""Which data stands behind a page."""

from django import template

from cstopa.http.addresses import absolute
from cstopa.http.as_of import address
from cstopa.opendata.catalogue import RESOURCES

register = template.Library()
# The page of one row, or of many, and the resource that says the same.
PAGES = {
    "delegations:list": "delegations",
    "delegations:detail": "delegations",
    "delegations:parliament-list": "parliaments",
    "delegations:parliament-detail": "parliaments",
    "delegations:person-list": "people",
    "delegations:person-detail": "people",
    "news:list": "articles",
    "news:detail": "articles",
    "news:topic": "topics",
}


@register.simple_tag(takes_context=True)
def data_of_this_page(context):
    """Return the address of the data behind a page, as of the day asked for; "" where it has none."""
    match = context["request"].resolver_match
    name = match and PAGES.get(match.view_name)
    if not name:
        return ""
    if getattr(context.get("filters"), "narrows", False):
        # The data cannot be narrowed so, and the whole list is not what this page says.
        return ""
    path = "opendata:list", name
    if match.kwargs:
        if "object" not in context:
            # The row is not there, and this is the page that says so.
            return ""
        path = "opendata:detail", name, context["object"].code
    found = absolute(address(*path))
    return found if RESOURCES[name].is_as_of_day else found.partition("?")[0]
