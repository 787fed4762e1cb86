from django.db import models
from django.urls import reverse
from django.utils import timezone


class Topic(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class ArticleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__lte=timezone.now())


class Article(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    headline = models.CharField(max_length=200)
    summary = models.TextField()
    body = models.TextField()
    published_at = models.DateTimeField()
    topics = models.ManyToManyField(Topic, related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-id")
        indexes = [models.Index(fields=("-published_at", "-id"), name="plain_order")]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])
