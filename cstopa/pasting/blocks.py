"""Of what a text is built, and its HTML."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.html import escape

from cstopa.library import references
from cstopa.pasting import spaces
from cstopa.pasting.lists import Item, Nesting

# In the order in which one stands in another. A link is as long as it was.
MARKS = ("a", "strong", "em", "sub", "sup")
MOST_SPANNED = 99


@dataclass
class Paragraph:
    """Words: ``letters`` and the marks of each. ``tag`` says whether it is a heading."""

    tag: str = "p"
    texts: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    is_seen: bool = True

    def add(self, text, marks):
        self.texts.append(text)
        self.marks.extend([marks] * len(text))

    def lines(self):
        """Yield ``(text, marks)`` of each paragraph that it is: two ends of a line part it."""
        if not self.is_seen:
            return
        text = "".join(self.texts)
        if self.tag != "p":
            text = text.replace("\n", " ")
        text, marks = spaces.tidied(text, self.marks)
        start = 0
        for part in text.split("\n\n"):
            end = start + len(part)
            inner = part.strip(" \n")
            if inner.strip():
                first = start + len(part) - len(part.lstrip(" \n"))
                yield inner, marks[first : first + len(inner)]
            start = end + 2

    @property
    def is_strong(self):
        """Whether all words are, so that the paragraph and not a word of it is emphasised."""
        lines = list(self.lines())
        return bool(lines) and all("strong" in each for _text, marks in lines for each in marks)

    def without_strong(self):
        self.marks = [each - {"strong"} for each in self.marks]


@dataclass
class Rule:
    """A line across."""


@dataclass
class Figure:
    """A picture of the library, by its code."""

    code: str


@dataclass
class Quote:
    blocks: list = field(default_factory=list)
    caption: list = field(default_factory=list)


@dataclass
class Cell:
    is_head: bool
    colspan: int = 1
    rowspan: int = 1
    blocks: list = field(default_factory=list)

    @property
    def is_strong(self):
        return bool(self.blocks) and all(
            isinstance(each, Paragraph) and each.is_strong for each in self.blocks
        )


@dataclass
class Table:
    """``rows`` are lists of cells, the first ``heads`` of them the head. ``figures`` stand below it."""

    rows: list = field(default_factory=list)
    heads: int = 0
    caption: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    is_layout: bool = False

    def finish(self):
        """Find the head: as Word marks it, or the one row in bold above others that are not."""
        first, *others = self.rows
        if not self.heads and all(cell.is_head for cell in first):
            self.heads = 1
        if not self.heads and others and not any(c.is_head for row in self.rows for c in row):
            filled = [cell for cell in first if any(written(cell.blocks))]
            if (
                len(filled) == len(first) > 1
                and all(cell.is_strong for cell in first)
                and not all(cell.is_strong for row in others for cell in row)
            ):
                self.heads = 1
        for row in self.rows[: self.heads]:
            for cell in row:
                cell.is_head = True
                for block in cell.blocks:
                    if isinstance(block, Paragraph):
                        block.without_strong()


def inline(text, marks):
    """Return the HTML of words with the marks of each of their letters."""
    runs, start = [], 0
    for same, letters in groupby(marks):
        end = start + sum(1 for _each in letters)
        runs.append((text[start:end], same))
        start = end
    return _marked(runs, MARKS)


def _marked(runs, kinds):
    if not kinds:
        return "".join(escape(text).replace("\n", "<br>") for text, _marks in runs)
    kind, *others = kinds

    def of_kind(run):
        return next((m for m in run[1] if m == kind or m.startswith(f"{kind} ")), "")

    parts = []
    for mark, same in groupby(runs, of_kind):
        same = list(same)
        html = _marked(same, others)
        if mark and any(text.strip() for text, _marks in same):
            _kind, _space, address = mark.partition(" ")
            href = f' href="{escape(address)}"' if address else ""
            html = f"<{kind}{href}>{html}</{kind}>"
        parts.append(html)
    return "".join(parts)


def written(blocks):
    """Yield the HTML of each block that has words."""
    for is_list, group in groupby(blocks, lambda block: isinstance(block, Item)):
        if is_list:
            yield from _lists(group)
        else:
            for block in group:
                yield from WRITERS[type(block)](block)


def within(blocks):
    """Return the HTML of an item or a cell: without the tags of a paragraph where it is all."""
    parts = [part for part in written(blocks) if part]
    words = [part for part in parts if part.startswith("<p>")]
    if words and words[0] is parts[0] and len(words) == 1:
        parts[0] = parts[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(parts)


def _paragraph(block):
    tag = block.tag
    for text, marks in block.lines():
        if tag != "p":
            marks = [each - {"strong"} for each in marks]
        yield f"<{tag}>{inline(text, marks)}</{tag}>"


def _rule(block):
    yield "<hr>"


def _figure(block):
    yield references.paragraph(block.code)


def _lists(items):
    nesting = Nesting()
    for item in items:
        html = "".join(written(item.blocks)) if item.is_continued else within(item.blocks)
        if html:
            nesting.add(item, html)
    yield nesting.html()


def _quote(block):
    said = "".join(written(block.blocks))
    if not said:
        yield from written(block.caption)
        return
    quote = f"<blockquote>{said}</blockquote>"
    if caption := within(block.caption):
        quote = f"<figure>{quote}<figcaption>{caption}</figcaption></figure>"
    yield quote


def _table(block):
    if not any(written(cell.blocks) for row in block.rows for cell in row):
        yield from written(block.caption)
        return
    caption = within(block.caption)
    head = "".join(_row(row, "col") for row in block.rows[: block.heads])
    body = "".join(_row(row, "row") for row in block.rows[block.heads :])
    yield "".join(
        (
            "<table>",
            f"<caption>{caption}</caption>" if caption else "",
            f"<thead>{head}</thead>" if head else "",
            f"<tbody>{body}</tbody>" if body else "",
            "</table>",
        )
    )


def _row(cells, scope):
    parts = []
    for cell in cells:
        tag = "th" if cell.is_head else "td"
        said = f' scope="{scope}"' if cell.is_head else ""
        spans = "".join(
            f' {name}="{min(value, MOST_SPANNED)}"'
            for name, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
            if value > 1
        )
        parts.append(f"<{tag}{said}{spans}>{within(cell.blocks)}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


WRITERS = {
    Paragraph: _paragraph,
    Rule: _rule,
    Figure: _figure,
    Quote: _quote,
    Table: _table,
}
