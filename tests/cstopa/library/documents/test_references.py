"""Documents that a text links."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cstopa.library.documents.references import in_html
from cstopa.library.documents.showing import shown
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return make.document(code="cheese", title_en="On <cheese>", title_ru="О сыре", size=1024)


def body(text="See [[document:cheese]]."):
    return f"<p>{text}</p>"


def links(answer):
    return re.findall(r'class="document" href="(.*?)"[^>]*>(.*?)</a>', answer.content.decode())


def test_a_reference_is_the_link_with_kind_and_size(document):
    link = shown([document])[0].html
    assert in_html(body(), shown([document])) == body(f"See {link}.")
    assert "On &lt;cheese&gt;</a>" in link
    # No link stands inside another; what is not of the row is no link.
    inside = body('<a href="/a/">See [[document:cheese]]</a>')
    found = in_html(inside, shown([document]))
    assert found == body('<a href="/a/">See On &lt;cheese&gt;</a>')
    assert in_html(body("<a>[[document:cheese]]</a>"), []) == body("<a>not recorded</a>")
    inside = body('<a href="/[[document:cheese]]">A</a>')
    assert in_html(inside, shown([document])) == inside
    assert "not recorded" in in_html(body(), [])


def test_what_the_text_of_an_article_links_its_row_has(client, editor, publisher, document):
    article = make.article(status="draft")
    address = page(article, "change")
    form = editor.get(address)
    # It is picked from a list.
    assert 'value="[[document:cheese]]" data-en="On &lt;cheese&gt;"' in form.content.decode()
    assert editor.post(address, filled(form, body_en=body())).status_code == 302
    article.refresh_from_db()
    assert list(article.documents.all()) == [document]
    [version, *_others] = article.history.all()
    assert [each.document for each in version.documents.all()] == [document]
    article.status = "published"
    article.save()
    link = (document.get_absolute_url(), "On &lt;cheese&gt;")
    # In the text, and in the list.
    assert links(client.get(article.get_absolute_url())) == [link, link]
    assert document.get_absolute_url() in client.get(reverse("news:atom")).content.decode()
    data = client.get(f"/api/articles/{article.code}/").json()
    assert document.get_absolute_url() in data["body"]["en"]


def test_a_text_names_a_document_in_its_own_language(client, document):
    words = {f"{name}_ru": "Слово" for name in ("headline", "summary")}
    russian = {"title_en": "", "body_en": "", "title_ru": "О", "body_ru": body()}
    # One is whole in both languages, the others in Russian alone.
    both = make.article(body_en=body(), body_ru=body(), **words)
    alone = make.article(headline_en="", body_ru=body(), **words)
    about = make.page(**russian)
    for row in (both, alone, about):
        row.documents.add(document)
    link = document.get_absolute_url()
    english, of_russian = (link, "On &lt;cheese&gt;"), (link, "О сыре")
    # In the text, and in the list of the page.
    for row, expected in ((both, english), (alone, of_russian), (about, of_russian)):
        assert links(client.get(row.get_absolute_url())) == [expected, english]
    said = client.get(f"/api/articles/{both.code}/").json()["body"]
    for language, title, size in (("en", "On &lt;cheese&gt;", "KB"), ("ru", "О сыре", "КБ")):
        assert title in said[language]
        assert size in said[language]


def test_a_dead_reference_is_named_at_its_field(editor, document):
    article = make.article(status="draft")
    address = page(article, "change")
    form = editor.get(address)
    answer = editor.post(address, filled(form, body_en=body("[[document:bread]]")))
    assert "[[document:bread]]: there is no document with this code." in answer.content.decode()
    answer = editor.post(address, filled(form, headline_en="See [[document:cheese]]"))
    assert "A document is linked in the body alone." in answer.content.decode()


def test_a_written_page_links_documents(client, publisher, document):
    written = make.page()
    address = page(written, "change")
    form = publisher.get(address)
    assert 'value="[[document:cheese]]"' in form.content.decode()
    answer = publisher.post(address, filled(form, body_en=body("[[document:bread]]")))
    assert "there is no document with this code" in answer.content.decode()
    assert publisher.post(address, filled(form, body_en=body())).status_code == 302
    answer = client.get(written.get_absolute_url())
    assert len(links(answer)) == 2
    assert "[[" not in answer.content.decode()
    assert document.is_public


def test_a_draft_of_a_page_hands_its_documents_over(client, publisher, document):
    written = make.page()
    draft = make.page_draft(written, body_en=body())
    draft.documents.add(document)
    frame = f"{page(draft, 'change').removesuffix('change/')}preview/page/"
    [(address, _title), _listed] = links(publisher.get(frame))
    assert "?seen=" in address
    assert not document.is_public
    draft.publish()
    assert len(links(client.get(written.get_absolute_url()))) == 2
    assert document.is_public


@pytest.mark.parametrize("begun", [make.draft, make.page_draft])
def test_what_a_draft_links_its_reader_at_the_desk_can_open(sign_in, begun, document):
    draft = begun(body_en=body())
    draft.documents.add(document)
    reader = sign_in(permissions=["view_article", "view_page"])
    [(address, title)] = links(reader.get(page(draft, "change")))
    assert ("?seen=" in address, title) == (True, "On &lt;cheese&gt;")


def test_a_link_that_a_draft_keeps_has_its_document(document):
    article = make.article(body_en=body())
    article.documents.add(document)
    draft = make.draft(article, body_en=body("Once more: [[document:cheese]]."))
    draft.documents.add(document)
    article.body_en = body("No document.")
    article.save()
    article.documents.clear()
    draft.publish()
    assert list(article.documents.all()) == [document]


def test_a_page_links_them_in_its_body_alone(publisher, document):
    address = page(make.page(), "change")
    answer = publisher.post(address, filled(publisher.get(address), title_en="[[document:cheese]]"))
    assert "A document is linked in the body alone." in answer.content.decode()


def test_many_cost_the_queries_of_one(client, document):
    counts = []
    for number in (1, 4):
        for _each in range(number):
            other = make.document()
            article = make.article(body_en=body(f"[[document:{other.code}]]"))
            article.documents.add(other)
        asked = []
        for address in (reverse("news:atom"), "/api/articles/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]
