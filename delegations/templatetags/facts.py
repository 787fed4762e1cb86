"""What the templates of dated facts cannot say by themselves."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def footnote(context, source):
    """Return the number under which this page, whose view gives ``footnotes``, cites a source."""
    return context["footnotes"].number(source)
