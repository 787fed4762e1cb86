"""An article in schema.org's words, for machines."""

from django.templatetags.static import static
from django.utils.translation import override

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import PICTURE, moment, named, publisher
from delegations.structured_data import delegation_of


def article(row, shown, concerned):
    """Return a news item, ``shown`` whole in one language, with what it concerns, by names.

    Delegations have their names of its day.
    """
    with override(shown.language):
        url = absolute(row.get_absolute_url())
        delegations = [delegation_of(each, row.day) for each in concerned["delegations"]]
        people = [named(each) for each in concerned["people"]]
        return [
            {
                "@type": "NewsArticle",
                "headline": shown.headline,
                "description": shown.summary,
                "inLanguage": shown.language,
                "url": url,
                "mainEntityOfPage": url,
                "image": shown.picture.sharing["address"]
                if shown.picture
                else absolute(static(PICTURE)),
                "datePublished": moment(row.published_at),
                "dateModified": moment(shown.updated_at),
                "author": published_by(row.source),
                "publisher": publisher(),
                "isBasedOn": document(row.source),
                "about": delegations + people,
                "keywords": [each.name for each in concerned["topics"]],
            }
        ]


def document(source):
    """Return the document that an article follows; None where there is none."""
    return source and {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "publisher": published_by(source),
        "datePublished": source.published_on,
    }


def published_by(source):
    """Return who published a document, or None where that is not known."""
    return source and source.publisher and {"@type": "Organization", "name": source.publisher}
