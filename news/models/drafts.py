from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.models.history import Versions
from cstopa.publishing.models import Draft
from news.models.articles import Article
from news.models.content import ArticleContent


class ArticleDraft(ArticleContent, Draft):
    """What a public article is to say next, while readers see the article as it is."""

    live = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="draft"
    )

    history = Versions(m2m_fields=ArticleContent.LINKED, excluded_fields=Draft.OF_NO_VERSION)

    # What the public sees of it is a version of the article.
    told_by_public = None

    class Meta(Draft.Meta):
        verbose_name = _("draft of a public article")
        verbose_name_plural = _("drafts of public articles")

    @staticmethod
    def is_over(live):
        return live.status == Article.Status.PUBLISHED

    @property
    def day(self):
        return self.live.day
