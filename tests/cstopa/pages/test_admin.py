"""The written pages at the desk: who publishes changes them, and nobody adds or deletes one."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cstopa.models.fields import LONGEST
from cstopa.pages.models import Page
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db

LIST = reverse("admin:written_page_changelist")


@pytest.fixture(params=["Publisher", "administrator"])
def member(sign_in, request):
    if request.param == "administrator":
        return request.getfixturevalue("admin_client")
    return sign_in(request.param)


def test_a_text_is_changed_in_both_languages(member):
    row = make.page()
    assert "About this site" in member.get(LIST).text
    address = page(row, "change")
    data = filled(member.get(address), title_ru="О сайте", body_ru="Раз\r\n\r\nДва")
    assert member.post(address, data).status_code == 302
    row.refresh_from_db()
    assert (row.title_ru, row.body_ru.replace("\n", "")) == ("О сайте", "<p>Раз</p><p>Два</p>")
    assert row.body_en == "<p>Body of about</p>"
    assert row.history.first().history_user.is_authenticated
    assert member.get(page(row, "history")).status_code == 200
    assert "Раз" in member.get("/ru/about/").text


def test_a_save_without_a_change_is_no_version(member):
    row = make.page(body_en="Without a paragraph")
    address = page(row, "change")
    assert member.post(address, filled(member.get(address))).status_code == 302
    assert row.history.count() == 1


def test_a_script_does_not_get_in(member):
    row = make.page()
    address, before = page(row, "change"), row.body_en
    data = filled(member.get(address), body_en="<p>A</p><script>b()</script>")
    form = member.post(address, data).context["adminform"].form
    assert form.errors.keys() == {"body_en"}
    row.refresh_from_db()
    assert row.body_en == before


@pytest.mark.parametrize("sent", [{}, {"title_en": "Another"}], ids=["nothing", "one field"])
def test_a_form_without_its_fields_empties_nothing(member, sent):
    row = make.page()
    response = member.post(page(row, "change"), sent)
    assert response.status_code == 200
    assert "did not arrive" in response.text
    assert response.context["adminform"].form.errors.keys() >= {"body_en"}
    assert (Page.objects.get().title_en, Page.objects.get().body_en) == (row.title_en, row.body_en)
    assert row.history.count() == 1


@pytest.mark.parametrize("body", ["<blockquote>" * 16_000 + "x", "слово\r\n\r\n" * 40_000])
def test_what_keeps_a_machine_busy_is_refused_at_its_field(admin_client, body):
    row = make.page()
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), body_ru=body))
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"body_ru"}
    assert row.history.count() == 1


def test_as_much_as_the_fields_allow_arrives(admin_client):
    row = make.page()
    address = page(row, "change")
    long = "\U0001f3db" * (LONGEST - len("<p></p>"))
    data = filled(admin_client.get(address), body_en=long, body_ru=long)
    sent = urlencode(data, doseq=True)
    assert len(sent) > 4_700_000
    response = admin_client.post(address, sent, "application/x-www-form-urlencoded")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.body_ru == f"<p>{long}</p>"


def test_what_is_too_large_to_arrive_is_told_so(admin_client):
    row = make.page()
    address = page(row, "change")
    data = urlencode(filled(admin_client.get(address), body_ru="a" * 22_100_000))
    response = admin_client.post(address, data, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "larger than this site takes at once: 21.0" in response.text
    assert row.history.count() == 1


def test_nobody_adds_deletes_or_moves_one(member):
    row = make.page()
    assert member.get(reverse("admin:written_page_add")).status_code == 403
    assert member.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    member.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    address = page(row, "change")
    member.post(address, filled(member.get(address), slug="privacy"))
    assert Page.objects.get().slug == "about"


def test_what_another_saved_meanwhile_is_not_lost(member):
    row = make.page()
    address = page(row, "change")
    data = filled(member.get(address), title_en="Mine")
    row.title_en = "Theirs"
    row.save()
    response = member.post(address, data)
    assert response.status_code == 200
    assert Page.objects.get().title_en == "Theirs"
    assert "Theirs" in response.text


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, "/about/"),
        ({"title_en": "", "body_en": "", "title_ru": "О", "body_ru": "<p>О</p>"}, "/ru/about/"),
        ({"body_en": ""}, None),
    ],
)
def test_the_desk_leads_to_the_public_page(admin_client, fields, address):
    row = make.page(**fields)
    text = admin_client.get(page(row, "change")).text
    assert (f'href="{address}"' in text) == bool(address)
