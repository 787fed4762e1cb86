"""Two versions compared, and who may see one."""

import html5lib
import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from cstopa.library import files
from delegations.models import Delegation
from news.models import Topic
from tests import make, reading
from tests.cstopa.admin.rows import everything
from tests.cstopa.admin.test_history_admin import address, change, compare, history, page_name
from tests.forms import filled
from tests.growth import costs

pytestmark = pytest.mark.django_db


def test_two_versions_are_compared_by_word(admin_client):
    topic = make.topic(name_en="Model laws")
    row = make.article(
        status="draft", headline_en="First session", body_en="<p>One.</p><p>It is <em>so</em>.</p>"
    )
    first = row.history.get()
    change(admin_client, row, headline_en="Second session", topics=[topic.pk])
    change(admin_client, row, body_en="<p>One.</p><p>It was <em>so</em>.</p>", status="published")
    newest = row.history.first()
    for versions in ((first, newest), (newest, first)):
        shown = admin_client.get(compare(row, *versions))
        assert {str(label): in_brackets(value) for label, value in shown.context["changes"]} == {
            "Headline (in English)": "[deleted: First][added: Second] session",
            "Body (in English)": "One. It [deleted: is][added: was] so.",
            "Status": "[deleted: draft][added: published]",
            "Topics": "[added: Model laws]",
        }
        assert "&lt;p&gt;" not in shown.text


def in_brackets(html):
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return " ".join(reading.words(block) for block in page.findall(".//p"))


def compare_form(client, row):
    """Return what the form of the history sends as it is opened."""
    return filled(client.get(address(row, "history", row.pk)))


def test_the_last_change_is_chosen_to_be_compared(admin_client):
    row = make.topic(name_en="Laws")
    change(admin_client, row, name_en="Model laws")
    newest, first = row.history.all()
    sent = compare_form(admin_client, row)
    assert sent == {"from": str(first.pk), "to": str(newest.pk)}


def test_a_version_says_what_it_changed_in_a_text(admin_client):
    row = make.article(body_en="<p>One two.</p>", summary_en="Same.")
    change(admin_client, row, body_en="<p>One three.</p>")
    shown = admin_client.get(address(row, "simple_history", row.pk, row.history.first().pk))
    values = dict(shown.context["values"])
    assert in_brackets(values["Body (in English)"]) == "One [deleted: two][added: three]."
    assert in_brackets(values["Summary (in English)"]) == "Same."
    listed = history(admin_client, row)
    assert "&lt;p&gt;" not in listed
    assert "three" in listed


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "\0", "1.5", " 1"])
def test_versions_that_are_none_are_not_compared(admin_client, number):
    row, other = make.topic(), make.topic()
    version = row.history.get()
    assert admin_client.get(compare(row, version, number)).status_code == 404
    assert admin_client.get(compare(row, number, version)).status_code == 404
    assert admin_client.get(compare(row, version, other.history.get())).status_code == 404


@pytest.mark.parametrize("query", ["", "?from=1", "?to=1", "?from=1&to=1", "?from=&to="])
def test_who_chose_no_two_versions_is_told(admin_client, query):
    row = make.topic()
    response = admin_client.get(reverse(page_name(row, "compare"), args=[row.pk]) + query)
    assert response.headers["Location"] == address(row, "history", row.pk)


def test_what_is_gone_is_compared_too(admin_client):
    row = make.topic(name_en="Laws")
    change(admin_client, row, name_en="Model laws")
    key = row.pk
    row.delete()
    deleted, _second, first = Topic.history.filter(id=key)
    row.pk = key
    assert "Model" in admin_client.get(compare(row, first, deleted)).text


def test_versions_cost_the_same_with_more_of_them(admin_client):
    row = make.article(topics=[make.topic()], delegations=[make.parliament().pk])
    change(admin_client, row, headline_en="Second")
    second, first = row.history.all()
    pages = [compare(row, first, second), address(row, "simple_history", row.pk, second.pk)]
    costs(admin_client, pages)
    before = costs(admin_client, pages)
    for number in range(3):
        row.headline_en = f"Third {number}"
        row.save()
    row.topics.set([make.topic(), make.topic()])
    assert costs(admin_client, pages) == before


def views_of_versions(row):
    """Return the addresses of all pages of the desk that show or bring back versions of a row."""
    patterns = admin.site.get_model_admin(type(row)).get_urls()
    names = [each.name for each in patterns if "history/" in str(each.pattern)]
    versions = [str(version.pk) for version in row.history.all()]
    assert len(names) >= 4
    found = []
    for name in names:
        number_of_keys = reverse_count(f"admin:{name}")
        keys = [str(row.pk), versions[-1]][:number_of_keys]
        query = {"from": versions[0], "to": versions[-1]} if name.endswith("compare") else None
        found.append(reverse(f"admin:{name}", args=keys, query=query))
    return found


def reverse_count(name):
    """Return how many keys an address has."""
    try:
        reverse(name, args=["1"])
    except NoReverseMatch:
        return 2
    return 1


def ask(client, page):
    """Return the status of a page, and of what is brought back by it."""
    send = client.post if page.endswith("/bring-back/") else client.get
    return send(page, follow=True)


@pytest.fixture
def rows_with_versions(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    written = make.page()
    others = [make.page_draft(written), make.imprint(), make.picture(), make.document()]
    rows = [*everything().values(), written, *others]
    assert {type(row) for row in rows} == {
        model for model in admin.site._registry if hasattr(model, "history")
    }
    for row in rows:
        if not isinstance(row, Delegation):
            row.save()
        if hasattr(row, "file"):
            files.store(row.file.name, b"of a version")
    return rows


def test_no_version_is_shown_to_who_may_not_see_the_row(client, rows_with_versions, sign_in):
    pages = [page for row in rows_with_versions for page in views_of_versions(row)]
    for page in pages:
        assert ask(client, page).request["PATH_INFO"] == reverse("admin:login"), page
    sign_in()
    assert {page: ask(client, page).status_code for page in pages} == dict.fromkeys(pages, 403)


def test_every_view_of_versions_asks_the_permission_of_the_row_itself(
    admin_client, rows_with_versions, monkeypatch
):
    for row in rows_with_versions:
        if isinstance(row, Delegation):
            continue
        pages = views_of_versions(row)
        for page in pages:
            assert ask(admin_client, page).status_code == 200, page
        with monkeypatch.context() as patch:
            model_admin = admin.site.get_model_admin(type(row))
            for name in ("has_view_permission", "has_change_permission"):
                patch.setattr(model_admin, name, lambda request, obj=None: obj is None)
            found = {page: ask(admin_client, page).status_code for page in pages}
            assert found == dict.fromkeys(pages, 403)


def test_who_may_only_read_brings_nothing_back(client, rows_with_versions, sign_in):
    names = [f"view_{type(row)._meta.model_name}" for row in rows_with_versions]
    sign_in(permissions=names)
    for row in rows_with_versions:
        for page in views_of_versions(row):
            response = ask(client, page)
            is_button = page.endswith("/bring-back/")
            assert response.status_code == (403 if is_button else 200), page
            assert is_button or b"/bring-back/" not in b"".join(response)
