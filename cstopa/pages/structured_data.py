from django.utils.translation import override

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import the_assembly
from cstopa.pages.models import Slug

TYPES = {Slug.ABOUT: "AboutPage", Slug.CONTACTS: "ContactPage"}


def written(page):
    """Return a page that editors write; nothing is said of one that has no text."""
    if not page.complete_languages:
        return []
    with override(page.language):
        data = {
            "@type": TYPES.get(page.slug, "WebPage"),
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language,
            "url": absolute(page.get_absolute_url()),
            "publisher": the_assembly(),
        }
    return [data | ({"dateModified": page.changed_at} if page.changed_at else {})]
