"""What a script of the desk asks for what is pasted or dropped, and who may ask."""

import pytest
from django.test import Client
from django.urls import reverse

from cstopa.library.reading import ERRORS
from cstopa.pasting import docx
from tests.cstopa.pasting.document import WORDS, clipboard, text
from tests.cstopa.pasting.wordfile import PICTURE, document, p

pytestmark = pytest.mark.django_db

ADDRESSES = ["admin:paste", "admin:paste-word"]


def send(client, name, body, **headers):
    return client.post(
        reverse(name),
        body,
        content_type="application/octet-stream",
        headers={"accept": "application/json", **headers},
    )


@pytest.mark.parametrize("language", WORDS)
def test_what_was_pasted_comes_back_clean(client, sign_in, language):
    sign_in("Editor")
    answer = send(client, "admin:paste", clipboard("word", language))
    assert answer.status_code == 200
    assert answer.json()["html"] == text("word", language)
    assert [note[:20] for note in answer.json()["notes"]] == ["1\u00a0picture was left o"]
    assert "no-store" in answer["Cache-Control"]


def test_a_document_comes_back_with_its_title(client, sign_in):
    sign_in("Publisher")
    content = document(p("Headline", style="Title"), p("words", PICTURE))
    answer = send(client, "admin:paste-word", content)
    assert answer.status_code == 200
    found = answer.json()
    assert (found["html"], found["title"]) == ("<p>words</p>", "Headline")
    assert found["notes"] == [f"Picture 1 was left out. {ERRORS['other']}"]
    assert "no-store" in answer["Cache-Control"]


def test_what_cannot_be_read_is_answered_with_a_sentence(client, sign_in, settings):
    sign_in("Editor")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * docx.LARGEST
    for name, body, status, words in (
        ("admin:paste", "<div>" * 1000, 400, "too many parts"),
        ("admin:paste", "<p>a</p>" * 100_001, 400, "too much"),
        ("admin:paste-word", b"", 400, "no file"),
        ("admin:paste-word", b"PK\x03\x04", 400, "broken"),
        ("admin:paste-word", b"%PDF-1.7", 400, "PDF"),
        ("admin:paste-word", b"PK\x03\x04" + bytes(docx.LARGEST), 413, "larger than 20"),
    ):
        answer = send(client, name, body)
        assert (answer.status_code, words in answer.json()["error"]) == (status, True)
    # In the editor's language.
    assert (
        "PDF-файл"
        in send(client, "admin:paste-word", b"%PDF-1.7", **{"accept-language": "ru"}).json()[
            "error"
        ]
    )


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_hundred_megabytes_are_not_read(client, sign_in, name):
    sign_in("Editor")
    answer = send(client, name, bytes(100 * 1024 * 1024))
    assert answer.status_code == 413
    assert "larger than 21" in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00<p>", bytes(range(256)), "<p>\ud7ff\ufffe".encode(), b"\x00" * 99]
)
@pytest.mark.parametrize("name", ADDRESSES)
def test_any_bytes_are_answered(client, sign_in, name, body):
    sign_in("Editor")
    assert send(client, name, body).status_code in {200, 400}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("permissions", "status"),
    [
        (["change_article"], 400),
        (["add_article"], 400),
        (["change_page"], 400),
        (["view_article"], 403),
        (["change_topic"], 403),
        ([], 403),
    ],
)
def test_only_who_writes_texts_may_ask(client, sign_in, name, permissions, status):
    sign_in(permissions=permissions)
    answer = send(client, name, "<div>" * 1000)
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_refused_and_not_led_to_sign_in(client, django_user_model, name):
    assert send(client, name, "a").status_code == 403
    # One of the public who has an account, with every right but that to the desk.
    client.force_login(django_user_model.objects.create_user("reader", is_superuser=True))
    assert send(client, name, "a").status_code == 403


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_other_site_can_ask_in_an_editors_name(sign_in, client, name):
    user = sign_in("Editor")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = client.cookies
    assert send(forged, name, "a").status_code == 403
    assert user.get(reverse(name)).status_code == 405
