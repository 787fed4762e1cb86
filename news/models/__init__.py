"""News items, their drafts and their topics."""

from news.models.articles import Article, ArticleQuerySet, once_published
from news.models.content import ArticleContent
from news.models.drafts import ArticleDraft
from news.models.topics import Topic
