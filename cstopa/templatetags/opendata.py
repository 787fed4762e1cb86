"""Which data stands behind a page."""

from django import template

from cstopa.http.addresses import absolute
from cstopa.http.as_of import address
from cstopa.opendata.resources import RESOURCES

register = template.Library()


@register.simple_tag(takes_context=True)
def data_of_this_page(context):
    """Return the address of the data behind a page, as of the day asked for; "" where it has none."""
    match = context["request"].resolver_match
    view = match and match.view_name
    resource = next((each for each in RESOURCES.values() if view in each.pages), None)
    if resource is None:
        return ""
    if getattr(context.get("filters"), "narrows", False):
        # The data cannot be narrowed so, and the whole list is not what this page says.
        return ""
    path = "opendata:list", resource
    if match.kwargs:
        if "object" not in context:
            # The row is not there, and this is the page that says so.
            return ""
        path = "opendata:detail", resource, context["object"].code
    found = absolute(address(*path))
    return found if resource.is_as_of_day else found.partition("?")[0]
