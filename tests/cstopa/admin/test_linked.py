import pytest

from cstopa.admin.base import MOST_NAMED
from cstopa.pages.models import Page
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.rows import page
from tests.growth import costs

pytestmark = pytest.mark.django_db

LINK = '<p><a href="%s">there</a></p>'


def linking(client, row):
    return client.get(page(row, "delete")).context.get("linking", [])


def test_before_a_deletion_the_texts_that_link_to_it_are_named(admin_client):
    article = make.article("the-name")
    former = make.article(
        "before", headline_en="By its former address", body_en=LINK % "/news/older/"
    )
    Page.objects.update(body_ru=LINK % "/ru/news/the-name/#end")
    make.article(headline_en="Another article", body_en=LINK % "/news/the-name-2/")
    draft = ArticleDraft.begun(make.article(headline_en="Links in its draft"))
    draft.body_en = LINK % "/news/the-name/"
    draft.save()
    assert len(linking(admin_client, article)) == 1 + Page.objects.count()
    article.slug = "older"
    article.save()
    assert page(former, "change") in "".join(linking(admin_client, article))
    shown = admin_client.get(page(article, "delete")).text
    assert "What links here" in shown
    assert page(draft, "change") in shown
    assert "Another article" not in shown
    assert linking(admin_client, former) == []
    assert "What links here" not in admin_client.get(page(former, "delete")).text


def test_before_a_deletion_of_several_the_texts_that_link_to_each_are_named(admin_client):
    rows = [make.article(slug, headline_en=f"Of {slug}") for slug in ("first", "second", "third")]
    texts = [
        make.article(headline_en="Of both", body_en=LINK % "/news/first/" + LINK % "/news/second/")
    ]
    texts.append(make.article(body_ru=LINK % "/ru/news/second/"))
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    answer = admin_client.post(page(Article, "changelist"), chosen)
    found = dict(answer.context["linking"])
    assert {*found} == {*rows[:2]}
    assert page(texts[1], "change") not in found[rows[0]]
    assert all(page(text, "change") in found[rows[1]] for text in texts)
    assert "What links here" in answer.text
    sent = chosen | {"post": "yes", "reason": "Twice on record."}
    admin_client.post(page(Article, "changelist"), sent)
    assert Article.history.filter(history_type="-", reason="Twice on record.").count() == 3


def test_a_person_too(admin_client):
    person = make.person("ann-example")
    article = make.article(body_ru=LINK % "/ru/people/ann-example/")
    assert page(article, "change") in linking(admin_client, person)[0]
    assert linking(admin_client, make.allocation()) == []


def test_nobody_learns_of_texts_that_they_may_not_see(sign_in):
    person = make.person("ann-example")
    make.article(headline_en="Not for you", body_en=LINK % "/people/ann-example/")
    client = sign_in(permissions=["view_person", "delete_person"])
    assert linking(client, person) == []
    client = client.get(page(make.article(), "delete"))
    assert client.status_code == 403


def test_queries_do_not_grow_with_what_links(admin_client):
    article = make.article("the-name")

    def more(number):
        for _each in range(number):
            row = make.article(body_en=LINK % "/news/the-name/")
            draft = ArticleDraft.begun(row)
            draft.save()

    more(1)
    before = costs(admin_client, [page(article, "delete")])
    more(8)
    assert costs(admin_client, [page(article, "delete")]) == before
    more(MOST_NAMED)
    assert "and others" in admin_client.get(page(article, "delete")).text
