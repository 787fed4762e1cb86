"""Words of editors, tidied on every way into the database."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from cstopa.models.fields import LONGEST, LineField, ProseField
from cstopa.models.periods import today
from delegations.models import Person
from news.models import Article, Topic
from tests import make
from tests.cstopa.models.raw_sql import refused, update

pytestmark = pytest.mark.django_db

UNTIDY = "\x0b One\x01 \r\n  two\x1f \ud800"


def test_save_bulk_create_and_update():
    topic = make.topic(name_en=UNTIDY)
    assert topic.name_en == "One two"
    [other] = Topic.objects.bulk_create([Topic(slug="other", name_en=UNTIDY)])
    assert Topic.objects.get(pk=other.pk).name_en == "One two"
    Topic.objects.update(name_ru=UNTIDY)
    assert {each.name_ru for each in Topic.objects.all()} == {"One two"}
    assert topic.history.get().name_en == "One two"


def test_prose_keeps_its_lines():
    article = make.article(summary_en=" One\x01\n\ntwo\u00a0three ")
    assert Article.objects.get(pk=article.pk).summary_en == "One \n\ntwo\u00a0three"


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_text_is_shown_in_another_order_than_it_is_stored(sign):
    text = f"{sign}Vik{sign}tor{sign}"
    assert make.person(family_name_en=text).family_name_en == "Viktor"
    number = f"&#{ord(sign)};"
    article = make.article(headline_en=text, summary_en=text, body_en=f"<p>{text}{number}</p>")
    article.refresh_from_db()
    assert (article.headline_en, article.summary_en) == ("Viktor", "Viktor")
    assert article.body_en == "<p>Viktor</p>"


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
def test_a_sign_without_width_is_no_word(sign):
    alone = f"{sign} {sign}"
    article = make.article(headline_en=f"{alone}Vik{sign}tor {sign}", summary_ru=alone)
    article.refresh_from_db()
    assert (article.headline_en, article.summary_ru) == (f"Vik{sign}tor", "")
    with pytest.raises(ValidationError) as refused:
        Person(slug="a-b", code="a-b", family_name_en=alone).full_clean()
    assert set(refused.value.message_dict) == {"family_name_en"}


def test_right_to_left_words_keep_their_marks():
    assert make.topic(name_en="\u05d0\u200f!").name_en == "\u05d0\u200f!"


def test_an_endless_text_is_refused():
    article = make.article(summary_en="a" * LONGEST)
    article.summary_en = "a" * (LONGEST + 1)
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert "summary_en" in refused.value.message_dict
    for write in (article.save, lambda: Article.objects.update(summary_en=article.summary_en)):
        with pytest.raises(ValidationError, match="200000"), transaction.atomic():
            write()


def test_space_is_no_name():
    with pytest.raises(DatabaseError), transaction.atomic():
        make.person(family_name_en=" \u00a0\t")
    with pytest.raises(ValidationError) as refused:
        Person(slug="a-b", code="a-b", family_name_en="  ").full_clean()
    assert set(refused.value.message_dict) == {"family_name_en"}


def test_every_text_in_two_languages_is_of_this_kind():
    fields = [
        field
        for app in ("delegations", "news")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
        # What is made of other columns is no text that anyone writes.
        if field.name.endswith(("_en", "_ru")) and not getattr(field, "is_derived", False)
    ]
    assert len(fields) > 20
    assert all(isinstance(field, LineField | ProseField) for field in fields)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " https://a.example", "a.example", "ftp://a"]
)
def test_an_address_is_one_of_the_web(address):
    for row, column in ((make.source(), "url"), (make.chamber(), "website")):
        refused(update, row, **{column: address})
        refused(update, row.history.get(), **{column: address})
        update(row, **{column: "HTTPS://a.example/"})
        update(row, **{column: ""})


@pytest.mark.parametrize("blank", [" ", "  ", " a", "a "])
def test_a_text_has_no_spaces_around_it(blank):
    rows = (
        make.parliament(),
        make.person(),
        make.topic(),
        make.source(),
        make.article(),
        make.page(),
    )
    for row in rows:
        for field in row._meta.fields:
            if isinstance(field, LineField):
                refused(update, row, **{field.column: blank})
                refused(update, row.history.get(), **{field.column: blank})


def test_a_column_holds_what_it_is_of():
    allocation, article = make.allocation(), make.article()
    # PostgreSQL rounds a number, and no text of it has a NUL; SQLite takes anything anywhere.
    is_sqlite = connection.vendor == "sqlite"
    for number in ("six", -1, 1000, *((1.5, 6.9999, b"6") if is_sqlite else ())):
        refused(update, allocation, seats=number)
    for text in ("x" * 5000, *((b"bytes", "a\0b") if is_sqlite else ())):
        refused(update, article, headline_en=text)
    for text in (b"bytes", "a\0b") if is_sqlite else ():
        refused(update, article, body_en=text)


def test_a_tick_is_yes_or_no():
    rows = [
        (make.allocation(), "valid_to_is_latest"),
        (make.further_source(allocation=make.allocation()), "differs"),
    ]
    for row, column in rows:
        # PostgreSQL takes no number for it, and SQLite keeps it as one.
        for value in (7, -1, None, "so") if connection.vendor == "sqlite" else (7, None, "so"):
            refused(update, row, **{column: value})
            refused(update, row.history.get(), **{column: value})
        update(row, **{column: False})


def test_nobody_has_checked_on_a_day_that_has_not_come():
    tomorrow = today() + dt.timedelta(days=1)
    source = make.source()
    for row, name in (
        (source, "read_on"),
        (make.allocation(source=source), "checked_on"),
        (make.further_source(allocation=make.allocation()), "checked_on"),
    ):
        setattr(row, name, tomorrow)
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert set(refused.value.message_dict) == {name}
        setattr(row, name, today())
        row.full_clean()
