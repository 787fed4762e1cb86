"""Two editors at the same moment, and in any order: no word is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.test_conflicts import asked, save
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


FIELDS = ["headline_en", "headline_ru", "summary_en", "body_ru", "slug"]


WRITTEN = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["aa", "bb", "cc"]))


@given(WRITTEN, WRITTEN, st.lists(st.sampled_from(["mine", "theirs"]), min_size=5, max_size=5))
def test_no_word_of_two_editors_is_lost(first, second, answers):
    editor, _made = User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(editor)
    row = make.article(headline_en="First", headline_ru="Первый")
    opened = client.get(page(row, "change"))
    before = {name: str(getattr(row, name)) for name in FIELDS}
    answers = dict(zip(FIELDS, answers, strict=True))
    slug = row.slug

    def in_full(written):
        return {
            name: f"{slug}-{word}" if name == "slug" else f"<p>{word}</p>" if "body" in name else word
            for name, word in written.items()
        }  # fmt: skip

    first, second = in_full(first), in_full(second)
    assert save(client, row, opened, **first).status_code == 302
    response = save(client, row, opened, **second)
    both = {name for name in first.keys() & second.keys() if first[name] != second[name]}
    assert (response.status_code == 200) is bool(both)
    if both:
        assert set(errors(response)) == both
        assert {name: filled(response)[name] for name in second} == second
        choices = {f"{name}-choice": answers[name] for name in both}
        assert save(client, row, response, **choices).status_code == 302
    kept = {name: value for name, value in first.items() if answers[name] == "theirs"}
    row.refresh_from_db()
    expected = before | first | second | {name: kept[name] for name in both & kept.keys()}
    assert {name: getattr(row, name) for name in FIELDS} == expected
    versions = row.history.all()
    assert all(any(getattr(v, name) == first[name] for v in versions) for name in first)


def at_the_same_moment(address, *sent):
    """Send forms from as many browsers at once; return the answers in the order of ``sent``."""
    start = Barrier(len(sent))

    def send(number, data):
        client = Client()
        client.force_login(User.objects.get(username=f"editor-{number}"))
        start.wait(timeout=20)
        try:
            return client.post(address, data)
        finally:
            connection.close()

    for number, _data in enumerate(sent):
        User.objects.create(username=f"editor-{number}", is_staff=True, is_superuser=True)
    with ThreadPoolExecutor(len(sent)) as pool:
        return [*pool.map(send, *zip(*enumerate(sent), strict=True))]


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_merged(admin_client):
    row = make.topic(name_en="Laws", name_ru="Законы")
    opened = admin_client.get(page(row, "change"))
    sent = [filled(opened, name_en="Model laws"), filled(opened, name_ru="Модельные законы")]
    assert [each.status_code for each in at_the_same_moment(page(row, "change"), *sent)] == [
        302
    ] * 2
    row.refresh_from_db()
    assert (row.name_en, row.name_ru) == ("Model laws", "Модельные законы")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_who_wrote_the_same_field_one_is_asked(admin_client):
    row = make.topic(name_en="Laws")
    opened = admin_client.get(page(row, "change"))
    sent = [filled(opened, name_en=name) for name in ("Model laws", "Acts")]
    answers = at_the_same_moment(page(row, "change"), *sent)
    assert sorted(each.status_code for each in answers) == [200, 302]
    (shown,) = (each for each in answers if each.status_code == 200)
    assert list(asked(shown)) == ["Name (in English)"]
    row.refresh_from_db()
    assert {row.name_en, filled(shown)["name_en"]} == {"Model laws", "Acts"}
