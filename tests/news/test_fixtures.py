"""The fixture of the news retells one news item, and each of its claims has an author."""

import datetime as dt
import json
import re
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from news.models import Article
from news.numbers import typed_numbers
from tests.reading import spaced

FIXTURE = Path(apps.get_app_config("news").path, "fixtures", "news.json")
RECORDS = json.loads(FIXTURE.read_text())


@pytest.fixture(scope="module")
def article(module_db):
    call_command("loaddata", "delegations", "news", verbosity=0)
    return Article.objects.published().get()


def paragraph_with(body, words):
    paragraphs = re.findall(r"<(?:p|li)>.*?</(?:p|li)>", spaced(unescape(body)))
    return next(each for each in paragraphs if words in each)


def test_it_has_one_article_and_nothing_else():
    assert [record["model"] for record in RECORDS] == ["news.article"]
    assert "pk" not in RECORDS[0]


def test_the_article_has_the_day_of_the_source_and_no_hour(article):
    moment = timezone.localtime(article.published_at)
    assert (moment.date(), moment.time()) == (dt.date(2021, 5, 21), dt.time(0))


def test_the_article_names_whom_it_concerns(article):
    assert {each.slug for each in article.delegations.all()} == {"belarus", "russia"}
    assert {each.slug for each in article.people.all()} == {"sergei-pospelov", "vyacheslav-volodin"}
    assert article.source.code == "news-2021-05-21"


def test_the_article_is_whole_in_both_languages(article):
    assert article.complete_languages == ["en", "ru"]
    for tag in "<p>", "<li>":
        assert article.body_en.count(tag) == article.body_ru.count(tag) > 1


def test_the_article_states_no_number_that_the_records_state(article):
    for name in article.text_fields():
        assert typed_numbers(getattr(article, name)) == [], name


@pytest.mark.parametrize(
    ("language", "claim", "author"),
    [
        ("en", "tension in the Organization", "Pospelov"),
        ("en", " 56", "Pospelov"),
        ("en", "Volodin", "As Pospelov related"),
        ("en", "a single state", "According to the report"),
        ("en", "Strategy", "The report"),
        ("en", " 69", "The report"),
        ("en", "serve what the Union State aims at", "his view"),
        ("ru", "напряжённость в восточноевропейском", "Поспелов"),
        ("ru", " 56", "Поспелов"),
        ("ru", "Володин", "Как рассказал Поспелов"),
        ("ru", "одно государство", "По сведениям отчёта"),
        ("ru", "Стратегии", "отчёт"),
        ("ru", " 69", "по данным отчёта"),
        ("ru", "целям Союзного государства", "мнение"),
    ],
)
def test_each_claim_has_its_author(article, language, claim, author):
    assert author in paragraph_with(getattr(article, f"body_{language}"), claim)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_number_enters_but_those_of_the_source(article, language):
    texts = (getattr(article, f"{name}_{language}") for name in Article.TRANSLATED)
    assert set(re.findall(r"\d+", " ".join(texts))) == {"56", "69", "2025"}


def test_dumpdata_gives_the_file_back(article):
    out = StringIO()
    call_command("dumpdata", "news", natural_foreign=True, natural_primary=True, stdout=out)
    assert json.loads(out.getvalue()) == RECORDS
