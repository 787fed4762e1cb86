"""Nothing that was typed disappears in a save: the words are the same after it, or the form refuses them."""

from itertools import cycle

import pytest
from django.contrib import admin

from cstopa.models.fields import LONGEST, TidyMixin, readable
from cstopa.models.richtext import SanitisedHTMLField, in_plain_words
from tests import make, site
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db

APPS = {"delegations", "news", "pages"}
FRAGMENTS = [
    "Press office <press@example.org>, telephone 5",
    "Пресс-служба <press@пример.рф>, Иванов <ivanov@example.org>",
    "If a<b then more words follow",
    "a<b and c>d, x<y>z",
    "1 < 2 <= 3 <> 4 << 5 >> 6 => 7",
    "f(x)<0 & g(x)>0 && h <- i -> j",
    "<!-- not a comment",
    "</ p> <p <",
    "<3 <- love",
    "List<String> and Map<K, V>",
    "#include <stdio.h>",
    "AT&T, R&D, Q&A;",
    "\"quoted\" 'single' “curly” «ёлочки» „нижние“",
    "Ёжик, ёлка, Йод, Щука, подъём",
    "Қазақстан, Кыргызстан, Тоҷикистон, Հայաստան",
    "İstanbul, straße, ﬁn, Ǆ, ñ, n\u0303",
    "שלום עולם, abc",
    "مرحبا بالعالم 123",
    "中文字 日本語 한국어",
    "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇰🇬 ✈︎",
    "a\u00a0b\u202fc\u2009d",
    "soft\u00adhyphen zero\u200bwidth",
    "−5 °C, 10⁻³, ½, ∞, ∑, √2 ≈ 1.41",
    "\\n \\t \\\\ \\u0041 %s %(name)s {x} {{ x }} {% x %}",
    "' OR 1=1; --",
    "${jndi} $(ls) `ls` ;",
    "=SUM(A1) +1 -1 @x",
    "[not a reference] [ [",
    "https://example.org/?a=1&b=2#c <https://example.org/>",
    "**bold** _it_ # head > quote - item",
    "tab\there",
    "…—–‑-",
    "№ 5, § 3, 7 %",
    "x" * 100,
    "word " * 30 + "end",
    "<a href=x and what follows",
    "< script > < / b >",
    "a <b and c> d",
    "&c. & co",
    "O’Brien, D'Arcy",
]
TEXTS = [
    around.replace("*", text)
    for text in FRAGMENTS
    for around in ("*", "before * after", "* *", "(*)", "Before: *\n\nAfter: *")
]
AMONG_TAGS = [
    around.replace("*", text)
    for text in FRAGMENTS
    for around in ("<p>*</p>", "<h2>*</h2><ul><li>*</li></ul>")
]


def in_words(text):
    return " ".join(readable(text).split())


def text_fields(response):
    """Return ``{name: field of the model}`` of the fields of a form in which one writes freely."""
    form = response.context["adminform"].form
    opts = form._meta.model._meta
    return {
        name: opts.get_field(name)
        for name in form.fields
        if name in {field.name for field in opts.get_fields()}
        and isinstance(opts.get_field(name), TidyMixin)
    }


def write(client, address, texts=(), **typed):
    """Write texts into the fields of a form and send it; return its form and ``{name: typed}``."""
    response = client.get(address)
    typed |= dict(zip(text_fields(response), texts, strict=False))
    answer = client.post(address, filled(response, **typed))
    return (answer.context["adminform"].form if answer.status_code == 200 else None), typed


def read(row, name):
    """Return the words that a row keeps."""
    field, kept = row._meta.get_field(name), getattr(row, name)
    return in_words(in_plain_words(kept) if isinstance(field, SanitisedHTMLField) else kept)


def without_tags(typed):
    for tag in ("p", "h2", "ul", "li"):
        typed = typed.replace(f"<{tag}>", " ").replace(f"</{tag}>", " ")
    return typed


def test_the_words_of_an_article_are_the_same_after_a_save(admin_client):
    row = make.article(status="draft")
    address = page(row, "change")
    headlines, texts = (
        cycle(text for text in TEXTS if len(text) <= 200),
        cycle([*TEXTS, *AMONG_TAGS]),
    )
    for turn in range(len(TEXTS) + len(AMONG_TAGS)):
        summary = TEXTS[turn % len(TEXTS)]
        written = [next(headlines), summary, next(texts)] * 2
        form, typed = write(admin_client, address, written)
        assert form is None, form.errors
        row.refresh_from_db()
        for name, text in typed.items():
            expected = without_tags(text) if name.startswith("body") else text
            assert read(row, name) == in_words(expected), name


# The others have no words of their own; those of a delegation stand in the form of its parliament.
MODELS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in APPS
    and not model._meta.proxy
    and any(isinstance(each, TidyMixin) and each.name != "code" for each in model._meta.fields)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_form_keeps_what_is_written_into_it_or_says_what_it_refuses(admin_client, model):
    site.fill()
    row = model._default_manager.first() or make.draft()
    address, texts = page(row, "change"), cycle(TEXTS)
    names = text_fields(admin_client.get(address))
    assert names
    for _each in range(20):
        before = {name: read(row, name) for name in names}
        form, typed = write(admin_client, address, texts)
        row.refresh_from_db()
        for name, text in typed.items():
            if form:
                assert form[name].value() == text
                assert read(row, name) == before[name]
            else:
                assert read(row, name) == in_words(text), name
        assert form is None or form.errors


def test_a_text_of_two_hundred_thousand_characters_is_kept_and_one_more_is_refused(admin_client):
    row = make.article(status="draft")
    longest = "слово " * (LONGEST // 6 - 2)
    for text, errors in ((longest, set()), ("x" * (LONGEST + 1), {"body_ru"})):
        form, _typed = write(admin_client, page(row, "change"), body_ru=text)
        row.refresh_from_db()
        assert read(row, "body_ru") == longest.strip()
        assert {*(form.errors if form else ())} == errors
        if form:
            assert form["body_ru"].value() == text
