"""A written page and a draft over one are looked at before they go public, as articles are."""

import pytest
from django.urls import reverse

from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import errors, filled, published
from tests.reading import text

pytestmark = pytest.mark.django_db
DEAD = '<p><a href="/nothing/">the report</a></p>'
SAYS_NOTHING = '<p><a href="/">here</a></p>'


def test_a_page_that_is_public_has_no_dead_link(admin_client):
    row = make.page()
    address = f"{page(row, 'change')}?live"
    form = admin_client.get(address)
    answer = admin_client.post(address, filled(form, body_en=DEAD))
    assert list(errors(answer)) == ["body_en"]
    answer = admin_client.post(address, filled(form, body_en=SAYS_NOTHING))
    assert [each.field for each in answer.context["adminform"].form.asked] == ["body_en"]
    assert published(admin_client, address, filled(answer)).status_code == 302
    # Without words it is no page, and asks nothing.
    form = admin_client.get(address)
    nothing = dict.fromkeys(("title_en", "body_en", "title_ru", "body_ru"), "")
    assert admin_client.post(address, filled(form, **nothing)).status_code == 302


def test_nor_has_a_draft_over_one(admin_client):
    row = make.page()
    new = reverse("admin:written_pagedraft_add")
    form = admin_client.get(new, {"live": row.pk})
    answer = admin_client.post(new, filled(form, body_en=DEAD, _publish=""))
    assert list(errors(answer)) == ["body_en"]
    assert admin_client.post(new, filled(form, body_en=DEAD)).status_code == 302


def test_it_says_how_far_each_language_is(admin_client):
    row = make.page()
    assert "Russian: " in text(admin_client.get(page(row, "change"), {"live": ""}))
