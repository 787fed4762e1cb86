"""Reads well-formed HTML as the blocks of a text, whichever program wrote it."""

from html.parser import HTMLParser

from cstopa.pasting.blocks import Cell, Figure, Paragraph, Quote, Rule, Table
from cstopa.pasting.lists import BULLET, DEEPEST, KINDS, WORDS_LEVEL, Item
from cstopa.pasting.looks import NOTE_OF_COMMENT, Element, Looks
from cstopa.pasting.places import Place

PARTING = {
    "address", "article", "aside", "body", "caption", "center", "dd", "div", "dl", "dt", "details",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "h1", "h2", "h3", "h4", "h5",
    "h6", "legend", "main", "nav", "p", "pre", "section", "summary",
}  # fmt: skip
QUOTED = {"msoquote", "msointensequote"}
IN_LIST = "msolistparagraph"
LOWEST = 4


class Reader(HTMLParser):
    """Reads HTML into ``blocks``; ``pictures`` counts what is left out.

    ``codes`` are those of the pictures that are in the library, by their ``src``.
    """

    def __init__(self, html, codes):
        super().__init__()
        self.blocks = []
        self.codes = codes
        self.pictures = 0
        self.places = [Place(self.blocks)]
        self.table = None
        # What is open: the looks around it, and what is to be done at its end.
        self.open = []
        self.looks = Looks()
        # Of Word's lists: the item whose sign is being read.
        self.signed = None
        self.feed(html)
        self.close()
        self._shift_headings()

    @property
    def place(self):
        return self.places[-1]

    # Tags

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes)
        before, self.looks = self.looks, element.looks(self.looks)
        if tag in {"img", "br", "hr"}:
            if self.looks.is_seen:
                self._single(element)
            self.looks = before
            return
        if NOTE_OF_COMMENT.match(element.attributes.get("href", "")):
            self._start_paragraph(is_seen=False)
        start = getattr(self, f"start_{tag}", self._start)
        finish = start(element) if self.looks.is_seen else None
        self.open.append((tag, before, finish))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            return
        _tag, self.looks, finish = self.open.pop()
        if finish:
            finish()

    def _single(self, element):
        if element.tag == "br":
            self._words("\n")
        elif element.tag == "hr":
            self.place.put(Rule())
        elif code := self.codes.get(element.attributes.get("src")):
            # Below what it stands in: a text has pictures beside its paragraphs, lists and tables alone.
            figures = self.table.figures if self.table else self.blocks
            figures.append(Figure(code))
        # One of a pixel counts who reads.
        elif element.attributes.get("role") != "presentation":
            self.pictures += 1

    def handle_data(self, data):
        if not self.looks.is_seen:
            return
        if self.signed is not None:
            self.signed.sign += data
            return
        self._words(data if self.looks.is_pre else data.replace("\n", " "))

    def _words(self, text):
        place = self.place
        if place.paragraph is None:
            if not text.strip():
                return
            self._start_paragraph()
        place.paragraph.add(text, self.looks.marks)

    def _start_paragraph(self, is_seen=True):
        place = self.place
        is_whole = place.item is None and len(self.places) == 1
        paragraph = Paragraph(self.looks.tag if is_whole else "p", is_seen=is_seen)
        place.put(paragraph)
        place.paragraph = paragraph

    # What begins, each returning what is to be done at its end

    def _start(self, element):
        if "ignore" in element.style.get("mso-list", "") and self.signed is None:
            return self._start_sign()
        if element.tag in PARTING:
            return self._part()
        return None

    def _part(self):
        self.place.paragraph = None

        def finish():
            self.place.paragraph = None

        return finish

    def start_p(self, element):
        place = self.place
        level = WORDS_LEVEL.search(element.style.get("mso-list", ""))
        if level and not element.rank:
            place.start(Item(int(level[1]), sign=""))
            return self._end_item(None)
        if any(each.startswith(IN_LIST) for each in element.classes):
            # It goes on with the item before, where there is one.
            if place.item is None and place.blocks and isinstance(place.blocks[-1], Item):
                place.item = place.blocks[-1]
                return self._end_item(None)
        elif element.classes & QUOTED and len(self.places) == 1:
            return self.start_blockquote(element)
        return self._part()

    def _start_sign(self):
        item = self.place.item
        if item is None or item.sign is None or item.blocks:
            return None
        self.signed = item

        def finish():
            self.signed = None
            if not item.read_sign(self.place.item_before(item)):
                # "а)", which no list of HTML has: it is written as words.
                self.place.blocks.pop()
                self.place.item = None
                self._words(f"{item.sign.strip()} ")

        return finish

    def start_ul(self, element):
        return self._start_list([BULLET, 1])

    def start_ol(self, element):
        kind = element.attributes.get("type", "")
        start = element.number("start")
        return self._start_list([kind if kind in KINDS else "1", 1 if start is None else start])

    def _start_list(self, kind_and_number):
        place = self.place
        place.paragraph = None
        place.lists.append(kind_and_number)
        around = place.item

        def finish():
            place.paragraph = None
            place.lists.pop()
            place.item = around

        return finish

    def start_li(self, element):
        place = self.place
        if not place.lists:
            place.lists.append([BULLET, 1])
        kind, number = place.lists[-1]
        number = element.number("value") or number
        place.lists[-1][1] = number + 1
        level = element.number("data-aria-level", "aria-level") or 1
        around = place.item
        place.start(Item(min(max(level, len(place.lists)), DEEPEST), kind, number))
        return self._end_item(around)

    def _end_item(self, around):
        place = self.place

        def finish():
            place.paragraph = None
            place.item = around

        return finish

    def _start_place(self, blocks):
        self.place.paragraph = None
        self.places.append(Place(blocks))

        def finish():
            self.places.pop()

        return finish

    def start_blockquote(self, element):
        if len(self.places) > 1 or self.table:
            return self._part()
        last = self.place.blocks[-1] if self.place.blocks else None
        if element.tag == "p" and isinstance(last, Quote) and self.place.item is None:
            return self._start_place(last.blocks)
        quote = Quote()
        self.place.put(quote)
        return self._start_place(quote.blocks)

    def start_figcaption(self, element):
        last = self.place.blocks[-1] if self.place.blocks else None
        if isinstance(last, Quote) and not last.caption:
            return self._start_place(last.caption)
        return self._part()

    # Tables

    def start_table(self, element):
        if self.table or len(self.places) > 1:
            # Of one in another, each cell is a paragraph.
            return self._part()
        self.table = table = Table(is_layout=element.attributes.get("role") == "presentation")
        self.place.paragraph = None

        def finish():
            self.table = None
            table.rows = [row for row in table.rows if row]
            cells = [cell for row in table.rows for cell in row]
            if table.is_layout or len(cells) < 2:
                for block in (*table.caption, *(each for cell in cells for each in cell.blocks)):
                    self.place.put(block)
                self.place.paragraph = None
            else:
                table.finish()
                self.place.put(table)
            self.blocks.extend(table.figures)

        return finish

    def start_caption(self, element):
        return self._start_place(self.table.caption) if self._is_in_row() else self._part()

    def _is_in_row(self):
        """Return whether a cell would be one of the table, and not of another in it."""
        return self.table is not None and len(self.places) == 1

    def start_thead(self, element):
        if not self._is_in_row():
            return None
        table = self.table

        def finish():
            table.heads = len([row for row in table.rows if row])

        return finish

    def start_tr(self, element):
        if not self._is_in_row():
            return self._part()
        self.table.rows.append([])
        return None

    def start_td(self, element):
        if not self._is_in_row():
            return self._part()
        if not self.table.rows:
            self.table.rows.append([])
        cell = Cell(
            element.tag == "th" or element.attributes.get("role") == "columnheader",
            element.number("colspan") or 1,
            element.number("rowspan") or 1,
        )
        self.table.rows[-1].append(cell)
        return self._start_place(cell.blocks)

    start_th = start_td

    def _shift_headings(self):
        """A page has its own heading of the first rank: those of a text begin with the second."""
        headings = [
            block for block in self.blocks if isinstance(block, Paragraph) and block.tag != "p"
        ]
        shift = any(block.tag == "h1" for block in headings)
        for block in headings:
            block.tag = f"h{min(int(block.tag[1]) + shift, LOWEST)}"
