"""Two texts compared by word: what was taken out and what was added, as HTML with ``del`` and ``ins``."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# A reference, a word with the signs that it keeps, spaces, any other sign.
TOKEN = re.compile(r"\[\[[^\[\]<>]*\]\]|\w(?:[\w\u0300-\u036f\u200d'’-]*\w)?[\u0300-\u036f]*|\s+|.")
KEPT, DELETED, ADDED = "=", "-", "+"
INLINE = {"strong", "em", "sub", "sup"}
# What is spent on two texts at most, a second or two: the rest of them is shown whole.
EFFORT = 1_000_000
SMALL = 40_000
MOST_BLOCKS = 5_000
KINDS = {
    "h2": gettext_lazy("Heading 2"),
    "h3": gettext_lazy("Heading 3"),
    "h4": gettext_lazy("Heading 4"),
    "ul": gettext_lazy("List item"),
    "ol": gettext_lazy("Numbered item"),
    "blockquote": gettext_lazy("Quotation"),
    "th": gettext_lazy("Heading of a table"),
    "td": gettext_lazy("Cell"),
    "hr": gettext_lazy("Line across"),
}


class Word(NamedTuple):
    """A word, a sign or spaces; ``marks`` are the inline tags around it, or its language."""

    text: str
    marks: tuple = ()


class Block(NamedTuple):
    """A paragraph, a line or the like; "" is the kind of what is no more than that."""

    kind: str
    words: tuple


class Break(NamedTuple):
    """The start of a block among words."""

    kind: str


@dataclass
class Row:
    """A block of what is shown: its kinds and its words, each with its state."""

    kinds: list
    runs: list = field(default_factory=list)

    @property
    def is_kept(self):
        return all(state == KEPT for state, _value in (*self.kinds, *self.runs))


def lines(text):
    """Return the lines of a plain text as Blocks."""
    return [
        Block("", tuple(map(Word, TOKEN.findall(line))))
        for line in text.split("\n")
        if line.strip()
    ]


class Blocks(HTMLParser):
    """Reads sanitised HTML into Blocks. A tag that it does not know starts a block."""

    def __init__(self, html):
        super().__init__()
        self.found, self._marks, self._open, self._words = [], [], [], []
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "br":
            self._words.append(Word("\n", ()))
        elif tag in INLINE or tag in {"a", "span"}:
            self._marks.append((tag, attrs.get("href") or attrs.get("lang") or ""))
        else:
            self._end()
            if tag == "hr":
                self.found.append(Block("hr", ()))
            else:
                self._open.append(tag)

    def handle_endtag(self, tag):
        if tag == "a":
            address = next((value for name, value in reversed(self._marks) if name == "a"), "")
            if address:
                self._words.append(Word(f" ({address})", (("address", ""),)))
        for tags in (self._marks, self._open):
            names = [each if isinstance(each, str) else each[0] for each in tags]
            if tag in names:
                if tags is self._open:
                    self._end()
                del tags[len(names) - 1 - names[::-1].index(tag)]

    def handle_data(self, data):
        marks = tuple((tag, "" if tag == "a" else value) for tag, value in self._marks)
        for token in TOKEN.findall(data.replace("\n", " ")):
            self._words.append(Word(" " if token.isspace() else token, marks))

    def _end(self):
        words = self._words
        while words and words[0].text.isspace():
            words.pop(0)
        while words and words[-1].text.isspace():
            words.pop()
        if words:
            self.found.append(Block(self._kind(), tuple(words)))
        self._words = []

    def _kind(self):
        for tag in reversed(self._open):
            if tag in KINDS:
                return tag
        return ""


class Comparison:
    """What two lists have in common, in order, with an effort that is bounded."""

    def __init__(self):
        self.left = EFFORT
        self.is_whole = True

    def pairs(self, old, new):
        """Return ``[(place in old, place in new)]`` of what is the same.

        What stands once in each parts them, and again in each part; where nothing does, difflib
        looks, whose time grows with the square.
        """
        pairs, parts = [], [(0, len(old), 0, len(new))]
        while parts:
            start, end, first, last = parts.pop()
            while start < end and first < last and old[start] == new[first]:
                pairs.append((start, first))
                start, first = start + 1, first + 1
            while start < end and first < last and old[end - 1] == new[last - 1]:
                end, last = end - 1, last - 1
                pairs.append((end, last))
            if start == end or first == last:
                continue
            common = self._once_in_each(old, new, start, end, first, last)
            if common:
                pairs += common
                edges = [(start - 1, first - 1), *common, (end, last)]
                parts += [
                    (i + 1, next_i, j + 1, next_j) for (i, j), (next_i, next_j) in pairwise(edges)
                ]
            else:
                pairs += self._as_difflib_finds(old, new, start, end, first, last)
        return sorted(pairs)

    def _can_spend(self, effort):
        if effort > self.left:
            self.is_whole = False
            return False
        self.left -= effort
        return True

    def _once_in_each(self, old, new, start, end, first, last):
        if not self._can_spend(end - start + last - first):
            return []
        counts = Counter(old[start:end]), Counter(new[first:last])
        once = {
            each: place
            for place, each in enumerate(new[first:last], first)
            if counts[0][each] == counts[1][each] == 1
        }
        return longest_rising(
            [
                (place, once[each])
                for place, each in enumerate(old[start:end], start)
                if each in once
            ]
        )

    def _as_difflib_finds(self, old, new, start, end, first, last):
        size = (end - start) * (last - first)
        if size > SMALL or not self._can_spend(size):
            self.is_whole = False
            return []
        matcher = SequenceMatcher(None, old[start:end], new[first:last], autojunk=False)
        return [
            (start + i + offset, first + j + offset)
            for i, j, length in matcher.get_matching_blocks()
            for offset in range(length)
        ]


def longest_rising(pairs):
    """Return the most of the pairs, sorted by their first, in which the second rises too."""
    ends, chains = [], []
    for pair in pairs:
        place = bisect_left(ends, pair[1])
        link = (pair, chains[place - 1] if place else None)
        ends[place : place + 1] = [pair[1]]
        chains[place : place + 1] = [link]
    found, link = [], chains[-1] if chains else None
    while link:
        found.append(link[0])
        link = link[1]
    return found[::-1]


def gaps(pairs, old, new):
    """Yield ``(start, end, first, last, is_kept)`` of each run that is the same or is not."""
    start = first = 0
    for i, j in [*pairs, (len(old), len(new))]:
        if (i, j) != (start, first):
            yield start, i, first, j, False
        if i < len(old) and j < len(new):
            yield i, i + 1, j, j + 1, True
        start, first = i + 1, j + 1


def states(old, new):
    """Return ``[(state, Word or Break)]`` of two lists of Blocks, and whether all was compared."""
    comparison = Comparison()
    found = []
    for start, end, first, last, is_kept in gaps(comparison.pairs(old, new), old, new):
        before, after = in_one(old[start:end]), in_one(new[first:last])
        if is_kept:
            found += [(KEPT, each) for each in after]
        else:
            found += readable(differing(comparison, before, after))
    return found, comparison.is_whole


def in_one(blocks):
    return list(chain.from_iterable((Break(block.kind), *block.words) for block in blocks))


def differing(comparison, old, new):
    """Return ``[(what was deleted, what was added, what is kept after it)]``."""
    steps = [([], [], [])]
    for start, end, first, last, is_kept in gaps(comparison.pairs(old, new), old, new):
        if is_kept:
            steps[-1][2].append(new[first])
        else:
            steps.append((old[start:end], new[first:last], []))
    for (*_change, before), (deleted, added, after) in pairwise(steps):
        if not (deleted and added):
            begin_with_a_block(before, deleted or added, after)
    return steps


def begin_with_a_block(before, run, after):
    """Let a block that is new or gone be one as a whole, where its end is that of the block before."""
    places = [place for place, each in enumerate(run) if isinstance(each, Break)]
    if places and run[: places[0]] == after[: places[0]]:
        before += run[: places[0]]
        run += run[: places[0]]
        del run[: places[0]], after[: places[0]]


def readable(steps):
    """Yield states with less between changes: what is short beside them was met by chance."""
    merged = [steps[0]]
    for deleted, added, kept in steps[1:]:
        before, also, between = merged[-1]
        if (before or also) and is_by_chance(between, (before, also), (deleted, added)):
            merged[-1] = [*before, *between, *deleted], [*also, *between, *added], kept
        else:
            merged.append((deleted, added, kept))
    for deleted, added, kept in merged:
        yield from ((DELETED, each) for each in deleted)
        yield from ((ADDED, each) for each in added)
        yield from ((KEPT, each) for each in kept)


def is_by_chance(kept, *changes):
    if any(isinstance(each, Break) for each in kept):
        return False
    length = size(kept)
    return all(word.text.isspace() for word in kept) or all(
        length < max(map(size, change)) for change in changes
    )


def size(words):
    return sum(len(each.text) for each in words if isinstance(each, Word))


def rows_of(found):
    """Return states as Rows."""
    rows = []
    for state, run in groupby(found, key=lambda each: each[0]):
        for _state, each in run:
            if isinstance(each, Break):
                if not rows or rows[-1].runs:
                    rows.append(Row([]))
                rows[-1].kinds.append((state, each.kind))
            else:
                runs = rows[-1].runs
                if not runs or runs[-1][0] != state:
                    runs.append((state, []))
                runs[-1][1].append(each)
    return rows


def compared(old, new, *, is_html=False, around=None):
    """Return safe HTML of ``new``, with what ``old`` had instead.

    ``is_html``: they are sanitised HTML. ``around``: show so many of the blocks that are the same
    before and after a change; None shows all.
    """
    read = (lambda html: Blocks(html).found) if is_html else lines
    found, is_whole = states(read(old), read(new))
    rows = rows_of(found)
    parts = [*shown(rows[:MOST_BLOCKS], around)]
    if old != new and all(row.is_kept for row in rows):
        parts.append(note(_("The words are the same: spaces or unseen markup differ.")))
    if not is_whole or rows[MOST_BLOCKS:]:
        parts.append(note(_("This is too much to compare all of it word by word.")))
    kind = "differences differences--formatted" if is_html else "differences"
    return format_html('<div class="{}">{}</div>', kind, mark_safe("".join(parts)))


def note(words):
    return format_html('<p class="differences__note">{}</p>', words)


def shown(rows, around):
    """Yield the HTML of Rows; of those that are far from any change, how many they are."""
    changed = [number for number, row in enumerate(rows) if not row.is_kept]
    if around is None or not changed:
        yield from map(as_html, rows)
        return
    near = {
        each for number in changed for each in range(number - around, number + around + 1)
    } & set(range(len(rows)))
    for is_near, group in groupby(enumerate(rows), key=lambda each: each[0] in near):
        group = [row for _number, row in group]
        if is_near:
            yield from map(as_html, group)
        else:
            words = ngettext(
                "%(number)d paragraph is the same", "%(number)d paragraphs are the same", len(group)
            )
            yield note(f"… {words % {'number': len(group)}} …")


def as_html(row):
    kinds = "".join(kind_as_html(*each, is_alone=len(row.kinds) == 1) for each in row.kinds)
    runs = "".join(marked(state, words_as_html(words, state)) for state, words in row.runs)
    _state, kind = row.kinds[-1]
    return format_html(
        '<p class="differences__block{}">{}{}</p>',
        f" differences__block--{kind}" if kind else "",
        mark_safe(kinds),
        mark_safe(runs),
    )


def kind_as_html(state, kind, *, is_alone):
    words = KINDS.get(kind, "" if is_alone and state == KEPT else _("Paragraph"))
    # Of a paragraph that is new as a whole the words say so.
    if not words or (is_alone and not kind):
        return ""
    return format_html('<span class="differences__kind">{}</span> ', marked(state, escape(words)))


def marked(state, html):
    if state == KEPT:
        return html
    tag, start = ("del", _("[deleted:")) if state == DELETED else ("ins", _("[added:"))
    return format_html(
        '<{0}><span class="visually-hidden">{1} </span>{2}<span class="visually-hidden">]</span></{0}>',
        tag,
        start,
        mark_safe(html),
    )


def words_as_html(words, state):
    parts = []
    for marks, group in groupby(words, key=lambda word: word.marks):
        text = "".join(word.text for word in group)
        # A line break that is new or gone would not be seen.
        html = escape(text).replace("\n", "<br>" if state == KEPT else "↵<br>")
        for tag, value in reversed(marks):
            if tag in INLINE:
                html = f"<{tag}>{html}</{tag}>"
            elif tag == "span":
                html = f'<span lang="{escape(value)}">{html}</span>' if value else html
            else:
                html = f'<span class="differences__{escape(tag)}">{html}</span>'
        parts.append(html)
    return "".join(parts)
