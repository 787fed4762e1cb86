"""Pictures of public pages."""

from django import template

from cstopa.library.galleries import Gallery

register = template.Library()


@register.filter
def with_pictures(html, is_previewed):
    """Return a sanitised text with its pictures; they are public with it, or shown in a preview of it."""
    return Gallery(html, is_public=not is_previewed).in_page(html)


@register.inclusion_tag("_picture.html")
def shown_picture(picture, shape="whole", sizes="100vw", is_lazy=True):
    """Show a ShownPicture, or nothing for None, in one of the SHAPES of renditions.

    ``sizes`` says how wide it is, as in HTML. One that is seen at once is not lazy.
    """
    if not picture:
        return {}
    [*sources, (_type, srcset)] = picture.sources(shape)
    each = picture.fallback(shape)
    return {
        "sources": sources,
        "srcset": srcset,
        "address": picture.address(each),
        "width": each["width"],
        "height": each["height"],
        "alternative": picture.alternative.plain,
        "sizes": sizes,
        "is_lazy": is_lazy,
    }
