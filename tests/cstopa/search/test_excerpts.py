"""What an excerpt costs and shows of a long text."""

import sys

import pytest

from cstopa.languages import Text
from cstopa.search.excerpts import LENGTH, READ, marked
from cstopa.search.queries import parse

WORDS = "Collective security treaties of deputies and a cease-fire agreement. "
EVENTS = sys.monitoring.events.JUMP | sys.monitoring.events.PY_START


def work(text, query):
    """Return the number of jumps and calls of Python that an excerpt takes."""
    steps = 0

    def step(*_where):
        nonlocal steps
        steps += 1

    tool = next(number for number in range(6) if sys.monitoring.get_tool(number) is None)
    sys.monitoring.use_tool_id(tool, "steps of an excerpt")
    try:
        for event in (sys.monitoring.events.JUMP, sys.monitoring.events.PY_START):
            sys.monitoring.register_callback(tool, event, step)
        sys.monitoring.set_events(tool, EVENTS)
        marked(Text(text, "en"), parse(query), LENGTH)
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    return steps


@pytest.mark.parametrize(
    "query", ["security", "collective security deputies", '"security treaties"', "cease-fire a b"]
)
def test_the_work_grows_with_the_text_up_to_an_end(query):
    marked(Text(WORDS, "en"), parse(query), LENGTH)
    short, long = (work(WORDS * times, query) for times in (200, 800))
    assert 200 < short <= long < 5 * short
    enough = READ // len(WORDS) + 1
    assert work(WORDS * enough * 5, query) < 1.1 * work(WORDS * enough, query)


def test_an_excerpt_shows_the_part_with_most_of_the_terms():
    far = "Nothing is said. " * 40
    text = f"{far}Deputies met. {far}Deputies of a collective met. {far}A collective of deputies"

    def shown(query, text=text):
        return "".join(
            words for words, _is_hit in marked(Text(text, "en"), parse(query), LENGTH).parts
        )

    assert "Deputies of a collective met." in shown("collective deputies")
    assert "said. Deputies met." in shown("deputies")
    assert shown("deputies unheard") == shown("deputies")
    # A phrase wider than an excerpt is not cut to pieces.
    wide = "deputies" + " " * LENGTH + "met. "
    assert shown('"deputies met"', far + wide) == shown("unheard", far + wide)


def test_a_phrase_is_marked_as_it_is_written():
    text = Text("A cease-fire agreement and a ceasefire agreement: oʻzbek", "en")
    for query in ('"ceasefire agreement" ozbek', '"cease-fire agreement" ozbek'):
        hits = [words for words, is_hit in marked(text, parse(query)).parts if is_hit]
        assert hits == ["cease-fire agreement", "ceasefire agreement", "oʻzbek"]


@pytest.mark.parametrize(
    ("written", "query"),
    [
        *[("Xenia", "ksenia"), ("axel", "aksel"), ("Yury", "iurii"), ("Victor", "viktor")],
        *[("dying", "die"), ("using", "uses"), ("STRAẞE", "strasse"), ("Œuvre", "oeuvre")],
        *[("Ёлка", "елки"), ("И\u0306ошкар-Ола", "йошкар"), ("ha\u00adrvest", "harvests")],
        *[("e-mail", "email"), ("O’Brien", "obrien"), ("ｆｕｌｌ", "full"), ("ﬁnance", "finances")],
        *[("ﷺ", "عليه"), ("ﷺ", "صلى"), ("Łódź", "lodz"), ("東京", "東京"), ("№5", "5")],
    ],
)
def test_a_word_is_marked_however_its_first_letters_are_written(written, query):
    text = Text(f"Nothing, “{written}”: nothing", "en")
    assert any(is_hit and words in written for words, is_hit in marked(text, parse(query)).parts)
