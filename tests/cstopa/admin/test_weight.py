"""What pages of the desk weigh in a browser that has nothing yet."""

import pytest
from django.urls import reverse

from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.weights import WEIGHTS, weight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.jobs]


@pytest.fixture
def addresses():
    """Return the address of each page by its name; an article, a member and seats are on record."""
    allocation = make.allocation()
    membership = make.membership(chamber_=allocation.chamber)
    forms = {
        "article form": make.article(source=make.source(), topics=[make.topic()]),
        "written page form": make.page(),
        "parliament form": allocation.chamber.parliament,
        "chamber form": allocation.chamber,
        "person form": membership.person,
        "seat allocation form": allocation,
    }
    return {
        **{name: page(row, "change") for name, row in forms.items()},
        "empty article form": page(Article, "add"),
        "empty membership form": page(type(membership), "add"),
        "list of articles": page(Article, "changelist"),
        "list of people": page(type(membership.person), "changelist"),
        "first page": reverse("admin:index"),
        "sign-in": reverse("admin:login"),
    }


def test_each_page_weighs_no_more_than_it_may(desk, base_url, addresses, record_property):
    heavy = {}
    for name, figures in WEIGHTS.items():
        if name == "sign-in":
            desk.context.clear_cookies()
        measured = weight(desk, base_url + addresses[name])
        record_property("weight", [name, *measured])
        if any(each > most for each, most in zip(measured, figures.at_most, strict=False)):
            heavy[name] = measured
    assert heavy == {}
    assert desk.mistakes == []
