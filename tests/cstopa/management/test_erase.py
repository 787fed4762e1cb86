"""What is erased is in no table any more; that there was something, and why it is gone, stays."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction

from cstopa.publishing.models import PreviewLink, Review, newest
from delegations.models import Person
from news.models import Article, ArticleDraft
from tests import make, site
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db

NAME = "Zyxwvut"


def kept(words):
    """Return in which columns of the whole database the words stand."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.all()
        for field in model._meta.concrete_fields
        if words.casefold() in str(field.value_from_object(row)).casefold()
    }


def change(client, row, **values):
    address = page(row, "change")
    assert client.post(address, filled(client.get(address), **values)).status_code == 302


@pytest.fixture
def person(admin_client):
    site.fill()
    row = make.person(NAME.lower(), family_name_en=NAME)
    chamber = make.chamber()
    make.membership(row, chamber)
    make.role(row, parliament=chamber.parliament)
    make.office(row)
    make.article("other", people=[row])
    change(admin_client, row, family_name_ru=f"{NAME} the second")
    return row


def test_a_person(client, person):
    assert len(kept(NAME)) > 9
    versions = person.history.count()
    call_command("erase", "person", NAME.lower(), reason="A court, 1/2026")
    assert kept(NAME) == set()
    assert not Person.objects.filter(pk=person.pk).exists()
    assert Person.history.filter(id=person.pk).count() == versions + 1
    last = Person.history.filter(id=person.pk).latest("history_id")
    assert (last.history_type, last.history_change_reason) == ("-", "erase")
    assert (last.reason, last.code) == ("A court, 1/2026", f"erased-{person.pk}")
    assert client.get(f"/people/{NAME.lower()}/").status_code == 404
    for address in (*site.pages(), "/api/people/", "/api/memberships/", "/changes/changes.csv"):
        assert client.get(address).status_code == 200, address
    # Once more, of what has left its versions alone, there is nothing to erase.
    with pytest.raises(CommandError, match="No person has, or had"):
        call_command("erase", "person", NAME.lower(), reason="x")


@pytest.mark.parametrize("is_there", [True, False])
def test_an_article(client, admin_client, is_there):
    row = make.article(headline_en=NAME, summary_en=NAME, body_en=f"<p>{NAME}</p>")
    address = row.get_absolute_url()
    change(admin_client, row, headline_en=f"{NAME} again")
    form = admin_client.get(page(row, "change"))
    admin_client.post(f"{page(row, 'change')[:-7]}working-copy/", filled(form, working_copy_step=1))
    row.refresh_from_db()
    for _each in range(2):
        ArticleDraft.objects.all().delete()
        ArticleDraft.begun(row).save()
    draft, by = ArticleDraft.objects.get(), User.objects.get()
    link = PreviewLink.objects.make(draft, newest(draft), by, 7)
    with transaction.atomic():
        Review.objects.answer(link, draft, NAME, f"Who is {NAME}?", approves=True)
    if not is_there:
        Article.objects.get().delete()
    call_command("erase", "article", row.slug, reason="A court, 2/2026")
    assert kept(NAME) == set()
    assert not PreviewLink.objects.exists()
    assert not Article.objects.exists()
    assert client.get(address).status_code == 410
    versions = Article.history.filter(id=row.pk)
    assert [each.history_type for each in versions.order_by("history_id")] == ["+", "~", "-"]
    assert versions.latest("history_id").reason == "A court, 2/2026"
    assert {each.code for each in versions} == {row.code}
