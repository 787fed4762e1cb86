"""The page of an article as it would be, were it public now."""

from functools import cached_property

from django.utils import timezone, translation

from cstopa.http.addresses import path_with
from cstopa.library.documents.showing import shown as shown_documents
from cstopa.library.showing import shown
from delegations.as_of_views import Footnotes
from delegations.composition import Chronicle
from news.archive.listings import leading_on
from news.models import Article
from news.teasers import WholeArticle, cards


class PreviewedArticle(WholeArticle):
    """An article of which something may be missing yet: it is shown in the reader's language."""

    is_previewed = True

    @staticmethod
    def languages_of(article):
        return article.complete_languages or [translation.get_language()]

    @cached_property
    def picture(self):
        # Nothing public may show it.
        return shown(self.article.lead_picture, is_public=False)

    def linked(self):
        return shown_documents(self.attached, is_public=False)


def page_of(article, values):
    """Return the template, the context and the address of an article that is not saved.

    ``values`` are the rows that it concerns.
    """
    article.published_at = article.published_at or timezone.now()
    article.changed_at = timezone.now()
    footnotes, chronicle = Footnotes(), Chronicle()
    if article.source:
        footnotes.number(article.source)
    previewed = PreviewedArticle(article, chronicle)
    previewed.attached = values["documents"]
    concerned = {name: values[name] for name in Article.CONCERNS}
    about = [(name, row.pk) for name in Article.CONCERNS for row in concerned[name]]
    onward = leading_on(article, about) if article.pk else {}
    context = {
        "article": article,
        "shown": previewed,
        **concerned,
        **{name: cards(keys) for name, keys in onward.items()},
        "footnotes": footnotes,
        "changed": previewed.updated_at,
        "day": article.day,
        "described": [],
    }
    # A new one has no address yet; what leads to it is of no use here.
    return "news/article_detail.html", context, path_with("news:detail", article.slug or "preview")
