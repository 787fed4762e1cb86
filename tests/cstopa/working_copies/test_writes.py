"""A working copy is no version, raises none of the site, and one form makes one row, whoever is how fast."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from cstopa.http.kept.version import current
from cstopa.working_copies.models import WorkingCopy
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.working_copies.test_keeping import DRAFT, opened, pulse
from tests.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_raises_no_version_and_writes_none(admin_client):
    article = make.article(status="draft", published_at=None)
    form, new = opened(admin_client, article), opened(admin_client, Article)
    before, versions = current(), Article.history.count()
    assert before
    for step in range(1, 4):
        pulse(admin_client, article, form, step=step, headline_en=f"Typed {step}")
        pulse(admin_client, Article, new, step=step, **DRAFT)
    assert WorkingCopy.objects.with_words().count() == 2
    assert (current(), Article.history.count()) == (before, versions)


def test_sends_at_the_same_moment_make_one_row(client, admin_user):
    client.force_login(admin_user)
    sent = filled(client.get(page(Article, "add")), **DRAFT)

    def send(_number):
        other = Client()
        other.cookies = client.cookies
        try:
            return other.post(page(Article, "add"), sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(send, range(3)))
    assert [answer.status_code for answer in answers] == [302] * 3
    assert Article.objects.count() == 1
