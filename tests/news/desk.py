"""Where the desk edits an article, and what an editor writes there."""

import datetime as dt

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
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


def signed_in(name, group=None, permissions=()):
    """Return a browser of its own in which a new account is signed in: several may be at the desk."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client
