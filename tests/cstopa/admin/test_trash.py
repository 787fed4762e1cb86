import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.utils import timezone

from cstopa.models import trash
from delegations.models import Person, SeatAllocation, Source
from news.models import Article, ArticleDraft, Topic
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.growth import costs

pytestmark = pytest.mark.django_db

TRASH, RESTORE = "/admin/trash/", "/admin/trash/restore/"


def token(row):
    return f"{row._meta.concrete_model._meta.label_lower}:{row.pk}"


def delete(client, row, **sent):
    """Delete a row as the desk does."""
    response = client.post(page(row, "delete"), {"post": "yes", **sent})
    assert response.status_code == 302
    # What was said of it is read.
    client.get("/admin/")


def restore(client, *rows):
    return client.post(RESTORE, {"row": [token(row) for row in rows]})


def said(response):
    return [str(each) for each in get_messages(response.wsgi_request)]


def deleted(model, days):
    """Let the deletions of a model be so many days old."""
    moment = timezone.now() - dt.timedelta(days=days)
    model.history.filter(history_type="-").update(history_date=moment)


def test_what_is_in_the_way_is_named_and_nothing_is_restored(admin_client):
    first, other = make.article("the-name"), make.topic()
    key = first.pk
    delete(admin_client, first)
    make.article("the-name")
    response = restore(admin_client, Article(pk=key))
    assert response.headers["Location"] == TRASH
    assert any(each.startswith("Slug: ") for each in said(response))
    assert Article.objects.count() == 1
    Article.objects.all().delete()
    topic = other.pk
    delete(admin_client, other)
    taken = make.topic(slug=Topic.history.filter(id=topic).first().slug)
    assert Topic.objects.get() == taken
    response = restore(admin_client, Article(pk=key), Topic(pk=topic))
    assert not Article.objects.exists()


def test_a_related_row_that_is_gone_is_named(admin_client):
    source = make.source(title_en="Decision of 1996")
    article = make.article(source=source, topics=[topic := make.topic(name_en="Model laws")])
    keys = article.pk, source.pk, topic.pk
    for row in (article, source, topic):
        delete(admin_client, row)
    sentences = said(restore(admin_client, Article(pk=keys[0])))
    assert "Source: “Decision of 1996” is in the trash: restore it first." in sentences
    assert "Topics: “Model laws” is in the trash: restore it first." in sentences
    deleted(Source, trash.DAYS + 1)
    sentences = said(restore(admin_client, Article(pk=keys[0])))
    assert "Source: “Decision of 1996” was deleted." in sentences
    deleted(Source, 0)
    # Of several that one button restores, the order is that of the button.
    restore(admin_client, Source(pk=keys[1]), Topic(pk=keys[2]), Article(pk=keys[0]))
    assert Article.objects.get().topics.get().pk == keys[2]


def test_after_thirty_days_it_is_not_offered(admin_client):
    row = make.topic(name_en="Model laws")
    key = row.pk
    delete(admin_client, row)
    deleted(Topic, trash.DAYS + 1)
    assert "Model laws" not in admin_client.get(TRASH).text
    assert "is not in the trash" in said(restore(admin_client, Topic(pk=key)))[0]
    assert not Topic.objects.exists()


def test_a_second_restoring_says_that_it_is_back(admin_client):
    row = make.topic()
    key = row.pk
    delete(admin_client, row)
    restore(admin_client, Topic(pk=key))
    assert "it is back" in said(restore(admin_client, Topic(pk=key)))[-1]
    assert Topic.objects.get().history.count() == 3


def test_what_was_erased_is_not_in_it(admin_client):
    article, person = make.article("the-name"), make.person("ann-example")
    delete(admin_client, article)
    delete(admin_client, person)
    call_command("erase", "article", "the-name", reason="A court")
    call_command("erase", "person", "ann-example", reason="A court")
    assert 'name="row"' not in admin_client.get(TRASH).text
    restore(admin_client, Article(pk=Article.history.first().id))
    assert not Article.objects.exists()
    assert not Person.objects.exists()


def test_rights(sign_in, django_user_model, client):
    draft, public, allocation = make.article(status="draft"), make.article(), make.allocation()
    tokens = [token(row) for row in (draft, public, allocation)]
    for row in (draft, public, allocation):
        row.delete()
    editor = sign_in("Editor", "Keeper of facts")
    assert editor.get(TRASH).text.count('name="row"') == 2
    assert editor.post(RESTORE, {"row": tokens[1]}).status_code == 403
    assert editor.post(RESTORE, {"row": tokens}).status_code == 403
    assert not Article.objects.exists()
    assert editor.post(RESTORE, {"row": [tokens[0], tokens[2]]}).status_code == 302
    assert Article.objects.get().status == "draft"
    assert SeatAllocation.objects.exists()
    django_user_model.objects.all().delete()
    reader = sign_in(permissions=["view_topic"])
    assert reader.get(TRASH).status_code == 200
    assert public.headline_en not in reader.get(TRASH).text
    assert public.headline_en not in reader.get(TRASH, {"kind": "news.article"}).text
    assert reader.post(RESTORE, {"row": tokens[1]}).status_code == 404
    django_user_model.objects.all().delete()
    nobody = sign_in()
    assert nobody.get(TRASH).status_code == 403
    assert nobody.post(RESTORE, {"row": tokens[1]}).status_code == 403
    nobody.logout()
    assert nobody.get(TRASH).status_code == 302
    assert nobody.post(RESTORE, {"row": tokens[1]}).status_code == 302
    assert Article.objects.count() == 1


def test_bad_input(admin_client):
    for row in (
        "",
        "x",
        "news.article",
        "news.article:x",
        "news.article:0",
        "auth.user:1",
        "a:b:c",
    ):
        assert admin_client.post(RESTORE, {"row": row}).status_code in {302, 404}, row
    huge = "9" * 40
    assert admin_client.post(RESTORE, {"row": f"news.article:{huge}"}).status_code in {302, 404}
    assert admin_client.post(RESTORE).status_code == 404
    assert admin_client.get(RESTORE).status_code == 403
    assert admin_client.post(TRASH).status_code == 403
    for query in (
        "?kind=x",
        "?kind=auth.user",
        "?page=x",
        "?page=-1",
        f"?page={huge}",
        "?kind=%00",
    ):
        assert admin_client.get(TRASH + query).status_code == 200, query


def test_queries_do_not_grow(admin_client):
    def fill(times):
        for _each in range(times):
            for row in everything().values():
                row = row._meta.concrete_model.objects.filter(pk=row.pk).first()
                if row and not admin_client.get(page(row, "delete")).context["protected"]:
                    row.delete()

    fill(1)
    addresses = [TRASH, f"{TRASH}?kind=news.article"]
    before = costs(admin_client, addresses)
    fill(3)
    assert costs(admin_client, addresses) == before


def test_a_kind_alone_and_pages(admin_client):
    for _each in range(60):
        make.topic().delete()
    make.article(headline_en="Only article").delete()
    first = admin_client.get(TRASH)
    assert first.text.count('name="row"') == 50
    assert "Only article" in first.text
    assert admin_client.get(f"{TRASH}?page=2").text.count('name="row"') == 11
    alone = admin_client.get(f"{TRASH}?kind=news.article").text
    assert alone.count('name="row"') == 1
    assert '<option value="news.article" selected>' in alone


PURGE = "/admin/trash/purge/"


def test_a_draft_offers_to_undo_its_deletion(admin_client):
    draft = ArticleDraft.begun(make.article())
    draft.save()
    after = admin_client.post(page(draft, "delete"), {"post": "yes"}, follow=True)
    assert f'value="news.articledraft:{draft.pk}"' in after.text


def test_one_article_is_deleted_for_good_after_a_question(admin_client, client):
    row = make.article(body_en="<p>Zyxwvut</p>")
    key, address, code = row.pk, row.get_absolute_url(), row.code
    delete(admin_client, row, reason="By mistake")
    where = f"{PURGE}?row=news.article:{key}"
    assert where in admin_client.get(TRASH).text
    question = admin_client.get(where)
    assert row.headline_en in question.text
    assert Article.history.filter(body_en__contains="Zyxwvut").exists()
    response = admin_client.post(where, {"row": f"news.article:{key}"})
    assert said(response) == ["Deleted for good."]
    assert not Article.history.exclude(body_en="", headline_en="").exists()
    assert {*Article.history.values_list("code", flat=True)} == {code}
    assert "news.article" not in admin_client.get(TRASH).text.partition("trash__rows")[2]
    assert "is not in the trash" in said(restore(admin_client, Article(pk=key)))[-1]
    assert client.get(address).status_code == 410


def test_to_delete_for_good_is_a_permission_of_its_own(sign_in, django_user_model):
    row, topic = make.article(), make.topic()
    tokens = token(row), token(topic)
    row.delete()
    topic.delete()
    publisher = sign_in("Publisher")
    assert PURGE not in publisher.get(TRASH).text
    assert publisher.get(PURGE, {"row": tokens[0]}).status_code == 403
    assert publisher.post(PURGE, {"row": tokens[0]}).status_code == 403
    assert Article.history.exclude(headline_en="").exists()
    user = django_user_model.objects.get()
    permissions = user.user_permissions.model.objects
    user.user_permissions.set(permissions.filter(codename="purge_article"))
    assert publisher.get(TRASH).text.count(PURGE) == 1
    # What others than articles said is in the public log.
    assert publisher.post(PURGE, {"row": tokens[1]}).status_code == 403
    assert publisher.post(PURGE, {"row": tokens[0]}).status_code == 302
    assert not Article.history.exclude(headline_en="").exists()
    for sent in ({}, {"row": "x"}, {"row": "news.article:x"}):
        assert publisher.get(PURGE, sent).status_code == 404
        assert publisher.post(PURGE, sent).status_code == 404
    user.user_permissions.clear()
    user.groups.clear()
    assert publisher.post(PURGE, {"row": tokens[0]}).status_code == 403
