"""Where the desk edits an article, and what an editor writes there."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from tests import make

ADD = reverse("admin:news_article_add")
LIST = reverse("admin:news_article_changelist")
WORDS = {"headline_en": "Told", "summary_en": "In short", "body_en": "<p>At length</p>"}
MOMENT = {"published_at": "2026-05-21 10:00"}


def address(row, name="change", *args):
    return reverse(f"admin:news_article_{name}", args=[row.pk, *args])


def public_rows():
    """What is public now, and what will be."""
    return [make.article(), make.article(published_at=timezone.now() + dt.timedelta(days=9))]
