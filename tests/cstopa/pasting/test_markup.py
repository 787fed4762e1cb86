"""What is refused, and that nothing takes long."""

import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from cstopa.pasting.cleaning import clean
from cstopa.pasting.markup import DEEPEST, LONGEST, MOST_TAGS


def test_only_what_was_selected_is_read():
    html = (
        "<html><body>before<!--StartFragment--><p>selected</p><!--EndFragment-->after</body></html>"
    )
    assert clean(html) == "<p>selected</p>"


@pytest.mark.parametrize(
    "words",
    [
        "a<b and c",
        "a <b and c> d",
        "<press@example.org>",
        "1 < 2 > 0",
        "<",
        "</",
        "<Имя>",
        "<!",
        "<a",
    ],
)
def test_what_begins_no_tag_is_words(words):
    found = clean(f"<p>{words}</p>")
    escaped = words.replace("<", "&lt;").replace(">", "&gt;")
    assert found == f"<p>{escaped}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<o:p>words</o:p>",
        "<st1:place w:st='on'>words</st1:place>",
        "<x-page data-a=''>words</x-page>",
        "<math><mrow><mi>words</mi></mrow><annotation>\\tex</annotation></math>",
        "<template>words</template>",
        "<textarea>words</textarea>",
        "<?xml:namespace prefix = o ns = 'urn:x' /><p>words",
        "<![if !supportEmptyParas]>words<![endif]>",
        "<svg><title>icon</title></svg>words",
        "<select><option>one</option></select>words",
        "<script>if (a<b) {}</script>words<style>p > a {}</style>",
    ],
)
def test_of_other_tags_the_words_stay(html):
    assert clean(html) == "<p>words</p>"


def test_too_much_and_too_deep_is_refused():
    for much in (
        "a" * (LONGEST + 1),
        "<b>a" * MOST_TAGS,
        "<p>a</p>" * MOST_TAGS,
        "&amp;" * 200_000,
    ):
        with pytest.raises(ValidationError) as refused:
            clean(much)
        assert refused.value.code in {"too_long", "too_deep"}
    with pytest.raises(ValidationError) as refused:
        clean("<div>" * (DEEPEST + 1))
    assert refused.value.code == "too_deep"
    # As deep as a page may be, and in a text nothing is.
    deep = "<div><blockquote><ul><li>" * (DEEPEST // 3)
    assert "a" in clean(f"{deep}a")
    assert clean("<p><b>a</b>" * 300).count("<strong>") == 300


ENDLESS = [
    "<p>",
    "<b>a</b>",
    "<b><i></b></i>",
    "<table><tr><td>",
    "<td>",
    "<a href='",
    '<a href="',
    "<a b=\"'<a b='\"",
    "<p style='a:b;a:b;a:b'>a",
    "<!--",
    "<![",
    "</",
    "&nbsp; ",
    "&amp;",
    "& ",
    "&lt;",
    "&quot;",
    "<br>",
    "<li>a",
    "<ul><li>a",
    "a" * 50 + " ",
    "&#x200b;",
    "\u00a0\n",
    "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>а)</span>a</p>",
]


def seconds(html):
    start = time.process_time()
    with suppress(ValidationError):
        clean(html)
    return time.process_time() - start


@pytest.mark.parametrize("part", ENDLESS)
def test_twice_as_much_takes_no_more_than_twice_as_long(part):
    some = part * (50_000 // len(part))
    # Twice is four times for what grows by the square, each time; a busy machine may take a breath.
    assert any(seconds(some * 4) < 8 * max(seconds(some), 0.02) for _attempt in range(3))
