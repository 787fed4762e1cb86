"""Several pictures at once, sent by the form of their list."""

import pytest
from django.db import connection
from django.urls import reverse

from cstopa.library import documents, reading
from cstopa.library.apart import answer_of
from cstopa.library.documents.models import Document
from cstopa.library.models import Picture, Upload
from tests.cstopa.library.documents.documentfile import pdf
from tests.cstopa.library.test_admin import ADD, SAID, send, sent
from tests.forms import filled
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db

LIST = reverse("admin:library_picture_changelist")
SEVERAL = reverse("admin:library_picture_several")


def test_each_waits_and_is_described_in_turn(sign_in, stored):
    client = sign_in("Writer")
    content = client.get(LIST).content.decode()
    assert f'action="{SEVERAL}"' in content
    assert " multiple" in content
    chosen = [sent(name="one.jpg"), sent(b"<svg/>", "bad.svg"), sent(name="two.jpg")]
    answer = client.post(SEVERAL, {"uploaded_file": chosen})
    first, second = Upload.objects.order_by("pk")
    assert answer.headers["Location"] == f"{ADD}?uploaded={first.token}"
    form = client.get(answer.headers["Location"])
    # Django begins each message with a capital.
    assert "Bad.svg: This is SVG, HTML or another text" in words(parsed(form))
    answer = client.post(ADD, filled(form, **SAID))
    assert answer.headers["Location"] == f"{ADD}?uploaded={second.token}"
    answer = client.post(ADD, filled(client.get(answer.headers["Location"]), **SAID))
    assert answer.headers["Location"] == LIST
    assert Picture.objects.count() == len(stored()) == 2


def test_a_file_is_looked_into_before_a_transaction_begins(sign_in, monkeypatch):
    client, depths = sign_in("Publisher"), []

    def seen(*arguments, **bounds):
        depths.append(len(connection.savepoint_ids))
        return answer_of(*arguments, **bounds)

    for module in (reading, documents.reading):
        monkeypatch.setattr(module, "answer_of", seen)
    described = {"focal_x": "50", "focal_y": "50", "uploaded": "", **SAID}
    titled = {"title_en": "On cheese", "uploaded": "", "language": ""}
    for address, file, form in (
        (ADD, sent(), described),
        (reverse("admin:library-pick"), sent(), described),
        (SEVERAL, sent(), {}),
        (reverse("admin:documents_document_add"), sent(pdf(), "a.pdf"), titled),
    ):
        assert client.post(address, form | {"uploaded_file": file}).status_code in {200, 302}
    assert depths == [len(connection.savepoint_ids)] * 4
    assert (Picture.objects.count(), Upload.objects.count(), Document.objects.count()) == (2, 1, 1)


def test_none_at_all_is_told(sign_in):
    client = sign_in("Writer")
    answer = client.post(SEVERAL)
    assert answer.headers["Location"] == LIST
    assert "Choose a file." in words(parsed(client.get(LIST)))
    assert client.get(SEVERAL).status_code == 405


def test_who_may_not_add_is_refused(client, sign_in):
    assert client.post(SEVERAL, {"uploaded_file": sent()}).status_code == 302
    reader = sign_in(permissions=["view_picture"])
    assert SEVERAL not in reader.get(LIST).content.decode()
    assert reader.post(SEVERAL, {"uploaded_file": sent()}).status_code == 403
    assert send(reader).status_code == 403
    assert not Upload.objects.exists()
