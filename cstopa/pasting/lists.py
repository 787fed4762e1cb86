"""Lists, which programs write in as many ways: items after one another, each with its level, nested anew."""

import re
from dataclasses import dataclass, field

# Deeper, nobody follows.
DEEPEST = 9
WORDS_LEVEL = re.compile(r"\blevel([1-9])\b")
NUMBER = re.compile(r"[(\[]?(?:\d{1,3}\.)*(?:(\d{1,4})|([a-z]{1,5})|([A-Z]{1,5}))[.)\]:]*")
ROMAN = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
BULLET = "ul"
KINDS = {"a", "A", "i", "I"}


@dataclass
class Item:
    """An item: its ``kind`` is BULLET, or the type of its number as HTML has it.

    One that is ``continued`` goes on with an item before those nested in it.
    """

    level: int
    kind: str = BULLET
    number: int = 1
    blocks: list = field(default_factory=list)
    is_continued: bool = False
    # As Word wrote it before the words.
    sign: str | None = None

    def read_sign(self, previous):
        """Learn from the ``sign`` of kind and number, and whether it is one that HTML knows.

        ``previous`` is the item before it in its list, or None.
        """
        found = NUMBER.fullmatch(self.sign.strip())
        if not found or self.sign.strip() == "o":
            # Any letter of another script is no bullet.
            return not re.match(r"[(\[]?\w{1,3}[.)]", self.sign.strip())
        digits, small, large = found.groups()
        if digits:
            self.kind, self.number = "1", int(digits)
            return True
        letters = (small or large).lower()
        as_letter, as_roman = ord(letters[0]) - 96 if len(letters) == 1 else None, roman(letters)
        follows = previous.number + 1 if previous and previous.kind in KINDS else 1
        if as_roman == follows and as_letter != follows:
            as_letter = None
        self.kind = ("a" if as_letter else "i") if small else ("A" if as_letter else "I")
        self.number = as_letter or as_roman or 1
        return bool(as_letter or as_roman)


def roman(letters):
    """Return the number, or None where the letters are none."""
    values = [ROMAN.get(letter) for letter in letters]
    if None in values:
        return None
    following = [*values[1:], 0]
    return sum(-one if one < other else one for one, other in zip(values, following, strict=True))


@dataclass
class Open:
    """A list that is being written."""

    level: int
    kind: str
    following: int

    @property
    def tag(self):
        return "ul" if self.kind == BULLET else "ol"


class Nesting:
    """Writes items after one another as lists in one another."""

    def __init__(self):
        self.parts = []
        self.lists = []

    def add(self, item, html):
        while len(self.lists) > 1 and self.lists[-1].level > item.level:
            self._close()
        if self.lists and self.lists[-1].level > item.level:
            self.lists[-1].level = item.level
        if item.is_continued and self.lists:
            self.parts.append(html)
            return
        if not self.lists or self.lists[-1].level < item.level:
            self._open(item)
        elif self._goes_on(item):
            self.parts.append("</li>")
        else:
            self._close()
            self._open(item)
        self.lists[-1].following = item.number + 1
        self.parts.append(f"<li>{html}")

    def _goes_on(self, item):
        last = self.lists[-1]
        return last.kind == item.kind and (item.kind == BULLET or last.following == item.number)

    def _open(self, item):
        self.lists.append(Open(item.level, item.kind, item.number))
        if item.kind == BULLET:
            self.parts.append("<ul>")
            return
        kind = f' type="{item.kind}"' if item.kind in KINDS else ""
        start = f' start="{item.number}"' if item.number != 1 else ""
        self.parts.append(f"<ol{start}{kind}>")

    def _close(self):
        self.parts.append(f"</li></{self.lists.pop().tag}>")

    def html(self):
        while self.lists:
            self._close()
        return "".join(self.parts)
