from news.admin.articles import ArticleAdmin
from news.admin.drafts import ArticleDraftAdmin
from news.admin.topics import TopicAdmin
