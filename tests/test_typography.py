"""What every page keeps of the rules of writing, in both languages: see docs/glossary.md."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from delegations.models import Person, Source
from news.models import Topic
from tests import site
from tests.browser.test_demo import PAGES, odd_ones
from tests.demo import rows
from tests.public import reached
from tests.reading import parsed

pytestmark = pytest.mark.django_db

# What is copied, and not read as prose.
CODE = {"script", "style", "code", "pre", "textarea"}
MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "ru": "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
}
COUNTED = {
    "en": r"(?:seat|member|deput|delegation|chamber|vacan|entr|date|fact|row)\w*",
    "ru": "мест|член|депутат|делегаци|палат|вакантн|запис|дн|факт|договор",
}
FAULTS = {
    "a straight quotation mark or apostrophe": re.compile(r"[\"']"),
    "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
    "two spaces": re.compile(r"\S {2,}\S"),
    "a day that breaks from its month": {
        language: re.compile(rf"\d (?:{months})") for language, months in MONTHS.items()
    },
    "English quotation marks": {"ru": re.compile("”")},
    "е for ё": {"ru": re.compile(r"\b(?:еще|ее|нее|причем|прошел)\b", re.IGNORECASE)},
    "a number that breaks from its noun": {
        language: re.compile(rf"\d (?:{counted})") for language, counted in COUNTED.items()
    },
    "a number that breaks from its sign": {"ru": re.compile(r"\d (?:г\.|%)|(?:№|источник) \d")},
}
FOREIGN = "a word that is not Russian"
# Formats, standards and programs, which have one name in every language.
NAMES = re.compile(
    r"\b(?:API|Atom|CSV|DCAT|DOI|EDTF|Frictionless|HTML|HTTP|JSON|JavaScript|LD|Memento|OpenAPI|Popolo|RSS"
    r"|SVG|UTF|URL|XLSX|XML|ZIP|iCalendar|oEmbed|WCAG|AA|Chromium|axe|cookie|null)\b"
)
LATIN = re.compile(r"[A-Za-z][A-Za-z]+")
ADDRESS = re.compile(r"https?://\S*|\S*[/@_=]\S*|\b[\w-]+\.(?:csv|json|xlsx|zip|ics)\b")

# What rows of the small site are called in English alone, and what is asked of it.
ROWS = (
    *("Parliament of Belarus", "Headline of conference", "Title of contacts", "Viktor Kogut"),
    *("Laws", "headline", "none"),
)


def texts(element, language=None):
    """Yield ``(language, text)`` of what a page says to a reader."""
    if element.tag in CODE or element.get("class") == "citation__line":
        return
    language = element.get("lang", language)
    yield language, element.text or ""
    for child in element:
        yield from texts(child, language)
        yield language, child.tail or ""


def faults(tree, names=()):
    """Yield what is wrong with a page, and where; ``names`` are what rows are called, as it is."""
    for language, text in texts(tree):
        for name in names:
            text = text.replace(name, "*")
        for fault, rule in FAULTS.items():
            pattern = rule.get(language) if isinstance(rule, dict) else rule
            if pattern and pattern.search(text):
                yield fault, text.strip()
        if language == "ru":
            for word in LATIN.findall(NAMES.sub("", ADDRESS.sub("", text))):
                yield FOREIGN, f"{word}: {text.strip()}"


def faults_of(addresses, names):
    client = Client()
    return sorted(
        {
            (fault, text)
            for each in addresses
            for fault, text in faults(parsed(client.get(each, follow=True)), names)
        }
    )


def test_the_pages_of_the_fixtures():
    call_command("loaddata", "delegations", "news", "pages", verbosity=0)
    titles = [title for each in Source.objects.all() for title in (each.title_en, each.title_ru)]
    addresses = [*reached(Client()), "/?date=2021-05-21", "/ru/delegations/?date=2021-05-21"]
    assert faults_of(addresses, titles) == []


def test_the_pages_of_a_site_with_everything():
    site.fill()
    gone = [site.UNKNOWN, f"/ru{site.UNKNOWN}"]
    names = [*ROWS, Source.objects.get(code="decision").title_en]
    assert faults_of([*site.pages(), *gone], names) == []


def test_the_pages_of_the_invented_assembly():
    rows.fill()
    addresses = [*PAGES, *odd_ones()]
    # Rows whose name is in one script alone, a licence, and what is looked for.
    names = [str(row.name) for row in Person.objects.filter(family_name_ru="")]
    names += [row.name_en for row in Topic.objects.filter(name_ru="")]
    assert (
        faults_of([*addresses, *(f"/ru{each}" for each in addresses)], [*names, "CC0", "senate"])
        == []
    )


EXAMPLES = [
    ("en", "the Assembly's", "a straight quotation mark or apostrophe"),
    ("ru", 'слово "мир"', "a straight quotation mark or apostrophe"),
    ("en", "of  words", "two spaces"),
    ("ru", "2021\u00a0г..", "two full stops"),
    ("en", "21 May 2021", "a day that breaks from its month"),
    ("ru", "21 мая 2021", "a day that breaks from its month"),
    ("ru", "“Слова”", "English quotation marks"),
    ("ru", "еще", "е for ё"),
    ("en", "7 seats", "a number that breaks from its noun"),
    ("ru", "7 мест", "a number that breaks from its noun"),
    ("ru", "2021 г.", "a number that breaks from its sign"),
    ("ru", "50 %", "a number that breaks from its sign"),
    ("ru", "№ 5", "a number that breaks from its sign"),
    ("ru", "источник 5", "a number that breaks from its sign"),
    ("ru", "Nothing", FOREIGN),
]


def test_there_is_an_example_of_every_fault():
    assert {fault for _language, _text, fault in EXAMPLES} == {*FAULTS, FOREIGN}


@pytest.mark.parametrize(("language", "text", "fault"), EXAMPLES)
def test_a_fault_is_found(language, text, fault):
    page = f'<!doctype html><html lang="{language}"><title>x</title><p>{text}</p>'
    tree = parsed(type("Response", (), {"content": page.encode()}))
    assert [found for found, _where in faults(tree)] == [fault]
