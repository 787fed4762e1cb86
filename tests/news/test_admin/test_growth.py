"""What a page of the desk makes the database do does not grow with the articles."""

import pytest
from django.urls import reverse

from cstopa.admin import linked, lists
from delegations.models import Delegation
from news.admin import articles as admin
from tests import make
from tests.growth import work
from tests.news.desk import LIST
from tests.news.test_growth import FEW, MANY, add

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Let lists, and what is looked through, end before the few articles do."""
    for module in lists, admin:
        monkeypatch.setattr(module, "MOST", 300)
    monkeypatch.setattr(linked, "LOOKED_THROUGH", 300)


def test_what_the_desk_reads_does_not_grow_with_the_articles(admin_client):
    about = {
        "delegations": Delegation.objects.get(pk=make.parliament("belarus").pk),
        "topics": make.topic("laws"),
    }
    middle = make.article("middle")
    for number in range(50):
        make.article(f"draft-{number}", status="draft", headline_en="Draft headline")
    add(FEW, about, is_searched=True)
    addresses = [
        *("", "?p=2", "?p=3", "?o=-3", "?status__exact=draft", "?status__exact=published"),
        *("?q=headline", "?q=headline&p=2", "?q=17", "?q=xylophonist", "?q=headline+-17", "?q=n-4"),
        f"?topic={about['topics'].pk}",
        f"?delegation={about['delegations'].pk}&status__exact=published",
        *("?published_at__isnull=True", "?language=no-en", "?language=no-ru"),
    ]
    addresses = [f"{LIST}{each}" for each in addresses]
    addresses += [
        reverse(f"admin:news_article_{name}", args=[middle.pk])
        for name in ("change", "history", "delete")
    ]
    before = {address: work(admin_client, address) for address in addresses}
    add(MANY, about, is_searched=True)
    after = {address: work(admin_client, address) for address in addresses}
    grown = {
        address: (before[address], after[address])
        for address in addresses
        if after[address] > 1.3 * before[address] + 200
    }
    assert not grown
