from django.utils.translation import override

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import moment, publisher
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
            "publisher": publisher(),
            "dateModified": moment(page.changed_at),
        }
    return [data]
