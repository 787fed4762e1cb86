import pytest
from django.contrib.messages import get_messages

from delegations.models import SeatAllocation
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, filled, published

pytestmark = pytest.mark.django_db


def back(row, version):
    opts = row._meta
    return f"/admin/{opts.app_label}/{opts.model_name}/{row.pk}/history/{version.pk}/bring-back/"


def saved(client, row, **values):
    """Save a row in its form, and return the version that was the newest before."""
    before = row.history.first()
    address = page(row, "change")
    assert published(client, address, filled(client.get(address), **values)).status_code == 302
    return before


def said(response):
    return [str(each) for each in get_messages(response.wsgi_request)]


def test_the_version_before_is_back_in_three_clicks(admin_client):
    row = make.article(
        status="draft", headline_en="First", summary_en="One.", body_en="<p>One.</p>"
    )
    topic = make.topic()
    first = saved(admin_client, row, topics=[topic.pk])
    second = saved(admin_client, row, headline_en="Second", body_en="<p>Two.</p>", topics=[])
    form = admin_client.get(page(row, "change"))
    assert page(row, "history") in form.text
    history = admin_client.get(page(row, "history"))
    shown = page(row, "simple_history", row.pk, second.pk)
    assert shown in history.text
    assert back(row, second) in admin_client.get(shown).text
    response = admin_client.post(back(row, second))
    assert response.headers["Location"] == page(row, "change")
    assert "is back, as a new version." in said(response)[-1]
    row.refresh_from_db()
    assert (row.headline_en, row.body_en, [*row.topics.all()]) == ("First", "<p>One.</p>", [topic])
    assert row.history.count() == 4
    admin_client.post(back(row, first))
    assert not row.topics.exists()


def test_what_is_public_stays_so(admin_client):
    row = make.article(status="draft", headline_en="First", published_at=None)
    draft = saved(
        admin_client,
        row,
        headline_en="Second",
        status="published",
        published_at="2026-05-21 10:00",
    )
    row.refresh_from_db()
    moment = row.published_at
    assert admin_client.post(back(row, draft)).status_code == 302
    row.refresh_from_db()
    assert (row.headline_en, row.status, row.published_at) == ("Second", "published", moment)
    assert row.draft.headline_en == "First"


def test_numbers_that_were_on_record_are_not_asked_for_again(admin_client):
    row = make.article(status="draft", body_en="<p>It sends 7 deputies.</p>")
    first = saved(admin_client, row, body_en="<p>It sends deputies.</p>")
    assert admin_client.post(back(row, first)).status_code == 302
    assert Article.objects.get().body_en == "<p>It sends 7 deputies.</p>"


def test_an_editor_brings_back_a_draft_and_what_is_public_as_one(sign_in):
    editor = sign_in("Editor")
    draft = make.article(status="draft", headline_en="First")
    first = saved(editor, draft, headline_en="Second")
    public = make.article(headline_en="First")
    version = public.history.first()
    public.headline_en = "Second"
    public.save()
    assert editor.post(back(draft, first)).status_code == 302
    shown = editor.get(page(public, "simple_history", public.pk, version.pk))
    assert back(public, version) in shown.text
    assert editor.post(back(public, version)).status_code == 302
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.headline_en, public.headline_en) == ("First", "Second")
    assert public.draft.headline_en == "First"


def test_a_writer_brings_back_nothing_that_is_public(sign_in):
    public = make.article(headline_en="First")
    version = public.history.first()
    writer = sign_in("Writer")
    shown = writer.get(page(public, "simple_history", public.pk, version.pk))
    assert shown.status_code == 200
    assert back(public, version) not in shown.text
    assert writer.post(back(public, version)).status_code == 403
    assert not hasattr(Article.objects.get(), "draft")


def test_an_editor_makes_nothing_public_by_bringing_it_back(sign_in):
    row = make.article(headline_en="First")
    public = row.history.first()
    row.status, row.headline_en = "draft", "Second"
    row.save()
    assert sign_in("Editor").post(back(row, public)).status_code == 302
    row.refresh_from_db()
    assert (row.headline_en, row.status) == ("First", "draft")


def test_what_does_not_hold_any_more_opens_in_the_form(admin_client):
    source = make.source(title_en="A law")
    row = make.article(status="draft", headline_en="First", source=source)
    first = saved(admin_client, row, headline_en="Second", source="")
    source.delete()
    response = admin_client.post(back(row, first))
    assert any(message.startswith("Source: ") for message in said(response))
    assert Article.objects.get().headline_en == "Second"
    form = admin_client.get(response.headers["Location"])
    assert filled(form)["headline_en"] == "First"
    assert "The form shows the version of" in form.text
    address = response.headers["Location"]
    assert admin_client.post(address, filled(form, source="")).status_code == 302
    assert Article.objects.get().headline_en == "First"


def test_of_a_fact_the_form_asks_whether_it_is_a_correction_or_a_change(admin_client):
    row = make.allocation(seats=7)
    first = saved(admin_client, row, seats=9, **corrected())
    response = admin_client.post(back(row, first))
    address = response.headers["Location"]
    form = admin_client.get(address)
    assert filled(form)["seats"] == "7"
    assert SeatAllocation.objects.get().seats == 9
    shown = admin_client.post(address, filled(form))
    assert shown.status_code == 200
    assert admin_client.post(address, filled(shown, **corrected())).status_code == 302
    assert SeatAllocation.objects.get().seats == 7


def test_what_another_saved_after_the_form_was_filled_is_kept(admin_client):
    row = make.allocation(seats=7)
    first = saved(admin_client, row, seats=9, **corrected())
    form = admin_client.get(f"{page(row, 'change')}?version={first.pk}")
    row.refresh_from_db()
    row.checked_on = "2026-05-21"
    row.save()
    sent = filled(form, **corrected())
    assert admin_client.post(page(row, "change"), sent).status_code == 302
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (7, "2026-05-21")


def test_what_says_the_same_writes_no_version(admin_client):
    row = make.topic()
    response = admin_client.post(back(row, row.history.get()))
    assert said(response)[0].startswith("What is on record says what")
    assert row.history.count() == 1


def test_the_rows_inside_its_form_stay(admin_client):
    parliament = make.parliament(name_en="First")
    make.chamber(parliament)
    first = saved(admin_client, parliament, name_en="Second")
    assert admin_client.post(back(parliament, first)).status_code == 302
    assert parliament.chambers.count() == 1
    parliament.refresh_from_db()
    assert parliament.name_en == "First"


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "compare", "%00", "1.5"])
def test_a_version_that_is_none_is_not_found(admin_client, number):
    row = make.topic()
    address = page(row, "history")
    assert admin_client.post(f"{address}{number}/bring-back/").status_code == 404
    assert admin_client.get(f"{page(row, 'change')}?version={number}").status_code == 404


def test_the_version_of_another_row_is_not_found(admin_client):
    row, other = make.topic(), make.topic()
    assert admin_client.post(back(row, other.history.get())).status_code == 404
    form = f"{page(row, 'change')}?version={other.history.get().pk}"
    assert admin_client.get(form).status_code == 404


def test_nothing_is_brought_back_where_the_row_is_gone_or_by_a_link(admin_client):
    row = make.topic()
    key, version = row.pk, row.history.get()
    assert admin_client.get(back(row, version)).status_code == 403
    row.delete()
    row.pk = key
    assert admin_client.post(back(row, version)).status_code == 404
    shown = admin_client.get(page(row, "simple_history", key, version.pk))
    assert back(row, version) not in shown.text
    assert not Topic.objects.exists()
