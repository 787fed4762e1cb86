"""An article in schema.org's words, for machines."""

from django.templatetags.static import static
from django.utils.translation import override

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import PICTURE, named, the_assembly
from delegations.structured_data import delegation_of


def article(row, updated_at):
    """Return a news item, whole in the one language in which it is shown."""
    with override(row.language):
        url = absolute(row.get_absolute_url())
        delegations = [delegation_of(each) for each in row.delegations.all()]
        people = [named("Person", each) for each in row.people.all()]
        return [
            {
                "@type": "NewsArticle",
                "headline": row.headline,
                "description": row.summary,
                "inLanguage": row.language,
                "url": url,
                "mainEntityOfPage": url,
                "image": absolute(static(PICTURE)),
                "datePublished": row.published_at,
                "dateModified": updated_at,
                "author": the_assembly(),
                "publisher": the_assembly(),
                "about": delegations + people,
                "keywords": [each.name for each in row.topics.all()],
            }
        ]
