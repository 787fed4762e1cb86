"""Which data stands behind a page."""

from django import template
from django.urls import reverse

from cstopa.http.addresses import absolute, as_of
from cstopa.opendata.resources import RESOURCES

register = template.Library()


@register.simple_tag(takes_context=True)
def data_of_this_page(context):
    """Return the address of the data behind a page, as of the day asked for; "" where it has none."""
    match = context["request"].resolver_match
    page = match and match.view_name
    resource = next((each for each in RESOURCES.values() if page in each.pages), None)
    if resource is None:
        return ""
    if getattr(context.get("filters"), "narrows", False):
        # The data cannot be narrowed so, and the whole list is not what this page says.
        return ""
    view, args = "opendata:list", [resource]
    if match.kwargs:
        if "object" not in context:
            # The row is not there, and this is the page that says so.
            return ""
        view, args = "opendata:detail", [resource, context["object"].code]
    asked = context.get("asked") if resource.is_as_of_day else None
    return absolute(as_of(reverse(view, args=args), asked))
