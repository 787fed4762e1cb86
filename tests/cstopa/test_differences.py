import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cstopa.differences import compared
from cstopa.models.fields import LONGEST
from cstopa.models.richtext import formatted, passages
from tests.reading import words

TOO_MUCH = "This is too much to compare all of it word by word."


def shown(old, new, **options):
    """Return the words of a comparison, each block in a line, and what is unseen in brackets."""
    page = html5lib.parseFragment(compared(old, new, **options), namespaceHTMLElements=False)
    return [words(block) for block in page.findall(".//p")]


def without(state, html):
    """Return the text of a comparison, a block in a line, without what has another state."""
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    lines = []
    for block in page.findall(".//p[@class='differences__block']"):
        for marked in [*block.iter("del"), *block.iter("ins")]:
            if marked.tag == state:
                marked.text, tail = "", marked.tail
                marked[:] = []
                marked.tail = tail
            for unseen in marked.findall("span[@class='visually-hidden']"):
                unseen.text = ""
        lines.append("".join(block.itertext()))
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("Seven go.", "Nine go.", ["[deleted: Seven][added: Nine] go."]),
        ("Палата приняла закон", "Палата не приняла закон", ["Палата [added: не ]приняла закон"]),
        ("One.", "One.\nTwo.", ["One.", "[added: Two.]"]),
        ("One.\nTwo.", "Two.", ["[deleted: One.]", "Two."]),
        ("A & B", "A < B", ["A [deleted: &][added: <] B"]),
        ("It has [[seats:belarus]].", "It has 10.", ["It has [deleted: [[seats:belarus]]][added: 10]."]),
        ("", "New", ["[added: New]"]),
        ("Same", "Same", ["Same"]),
    ],
)  # fmt: skip
def test_of_a_text_the_words_are_marked_that_differ(old, new, lines):
    assert shown(old, new) == lines


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("<p>One two.</p>", "<p>One three.</p>", ["One [deleted: two][added: three]."]),
        ("<p>One.</p>", "<h2>One.</h2>", ["[deleted: Paragraph] [added: Heading 2] One."]),
        ("<p>One.</p>", "<p><em>One</em>.</p>", ["[deleted: One][added: One]."]),
        (
            '<p>See <a href="/a/">it</a>.</p>',
            '<p>See <a href="/b/">it</a>.</p>',
            ["See it[deleted:  (/a/)][added:  (/b/)]."],
        ),
        (
            "<ul><li>One</li></ul>",
            "<ul><li>One</li><li>Two</li></ul>",
            ["List item One", "[added: List item] [added: Two]"],
        ),
        ("<p>One</p>\n<p>Two</p>", "<p>One</p><p>Two</p>", ["One", "Two", "The words are the same: spaces or unseen markup differ."]),
    ],
)  # fmt: skip
def test_of_formatted_text_words_and_blocks_are_compared_and_no_tag_is_shown(old, new, lines):
    assert [" ".join(each.split()) for each in shown(old, new, is_html=True)] == [
        " ".join(each.split()) for each in lines
    ]


def test_what_is_far_from_a_change_is_counted():
    old = "\n".join(f"Line {number}" for number in range(20))
    new = old.replace("Line 10", "Row 10")
    assert shown(old, new, around=1) == [
        "… 9 paragraphs are the same …",
        "Line 9",
        "[deleted: Line][added: Row] 10",
        "Line 11",
        "… 8 paragraphs are the same …",
    ]


TEXTS = st.text("aб é\n.<>&😀[]", max_size=60).map(str.strip)


@given(TEXTS, TEXTS)
def test_no_word_of_either_is_left_out(old, new):
    def lines(text):
        return [line for line in text.split("\n") if line.strip()]

    html = compared(old, new)
    assert "".join(without("ins", html)) == "".join(lines(old))
    assert "".join(without("del", html)) == "".join(lines(new))


@given(TEXTS, TEXTS)
@example("", "<<a>")
def test_no_word_of_a_formatted_text_is_left_out(old, new):
    old, new = formatted(old), formatted(new)
    html = compared(old, new, is_html=True)

    def letters(text):
        return "".join(text.replace("\x1f", "").replace("↵", "").split())

    for text, state in ((old, "ins"), (new, "del")):
        said = "".join(passages(text).split())
        assert letters("".join(without(state, html))) == letters(said)


@pytest.mark.parametrize(
    ("old", "new", "is_too_much"),
    [
        ("a b " * 50_000, "b a " * 50_000, True),
        ("a\n" * 100_000, "b\n" * 100_000, True),
        ("a" * LONGEST, "b" * LONGEST, False),
        ("Слово за словом.\n" * 11_000, "Слово за словом.\n" * 10_999 + "Конец.", True),
        ("".join(f"Line {n}.\n" for n in range(15_000)), "".join(f"Line {n}.\n" for n in range(1, 15_001)), True),
    ],
)  # fmt: skip
def test_of_the_longest_texts_it_says_where_it_stops(old, new, is_too_much):
    assert (TOO_MUCH in compared(old, new)) is is_too_much


def test_two_changes_in_the_longest_text_are_found():
    old = "\n".join(f"Paragraph {n} of a long text in which words recur." for n in range(4_000))
    new = old.replace("Paragraph 7 of", "Clause 7 of").replace("Paragraph 3999 ", "")
    assert [line for line in shown(old, new, around=0) if "the same" not in line] == [
        "[deleted: Paragraph][added: Clause] 7 of a long text in which words recur.",
        "[deleted: Paragraph 3999 ]of a long text in which words recur.",
    ]
