"""An article in schema.org's words, for machines."""

from django.templatetags.static import static
from django.utils.translation import override

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import PICTURE, named, the_assembly
from delegations.structured_data import delegation_of


def article(row, shown, concerned, day):
    """Return a news item, ``shown`` whole in one language, with what it concerns, by names.

    Delegations have their names of a day.
    """
    with override(shown.language):
        url = absolute(row.get_absolute_url())
        delegations = [delegation_of(each, day) for each in concerned["delegations"]]
        people = [named("Person", each) for each in concerned["people"]]
        return [
            {
                "@type": "NewsArticle",
                "headline": shown.headline,
                "description": shown.summary,
                "inLanguage": shown.language,
                "url": url,
                "mainEntityOfPage": url,
                "image": absolute(static(PICTURE)),
                "datePublished": row.published_at,
                "dateModified": shown.updated_at,
                "author": the_assembly(),
                "publisher": the_assembly(),
                "about": delegations + people,
                "keywords": [each.name for each in concerned["topics"]],
            }
        ]
