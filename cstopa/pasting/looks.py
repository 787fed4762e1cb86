"""What the tags, styles and classes of programs say of words: how they look, or that nobody sees them."""

import re
from typing import NamedTuple

from cstopa.pasting.links import real_address

STYLE = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*([^;]*)", re.IGNORECASE)
STRONG, EM = {"b", "strong"}, {"cite", "em", "i"}
SCRIPTS = {"sub": "sub", "super": "sup"}
NOTE_MARKS = {"msofootnotereference", "msoendnotereference", "sdfootnotesym", "sdendnotesym"}
# Comments of Word, its marks of them included, and what was deleted while changes were tracked.
UNSEEN_CLASSES = {
    "msocomanchor", "msocommentreference", "msocommenttext", "msocommentsubject", "msocomoff",
    "msocomtxt", "msodel", "trackchangetextdeletion",
}  # fmt: skip
UNSEEN_STYLES = {
    ("display", "none"), ("mso-element", "comment"), ("mso-element", "comment-list"),
    ("mso-hide", "all"), ("mso-special-character", "comment"),
}  # fmt: skip
# And the ways back from a note, an arrow.
COMMENT = re.compile(r"#_?(msocom|cmnt)|#(foot|end)note-ref-")
NOTE_OF_COMMENT = re.compile(r"#cmnt_ref")


class Looks(NamedTuple):
    """How words look: ``marks`` are tags, a link among them as ``a`` and its address."""

    marks: frozenset = frozenset()
    # Of what the paragraph is that they stand in.
    tag: str = "p"
    is_seen: bool = True
    is_pre: bool = False


class Element:
    """A tag with what its attributes say; ``style`` and ``classes`` are in small letters."""

    def __init__(self, tag, attributes):
        self.tag = tag
        self.attributes = {name: value or "" for name, value in attributes}
        self.style = {
            name.lower(): value.strip().lower()
            for name, value in STYLE.findall(self.attributes.get("style", ""))
        }
        self.classes = set(self.attributes.get("class", "").lower().split())

    def number(self, *names):
        """Return the first of the attributes that is a number, or None."""
        for name in names:
            value = self.attributes.get(name, "")
            if re.fullmatch(r"[0-9]{1,4}", value):
                return int(value)
        return None

    @property
    def is_seen(self):
        return not (
            self.tag == "del"
            or "hidden" in self.attributes
            or self.classes & UNSEEN_CLASSES
            or UNSEEN_STYLES & self.style.items()
            or COMMENT.match(self.attributes.get("href", ""))
        )

    @property
    def rank(self):
        """The rank of a heading, 1 to 6, or None."""
        if re.fullmatch("h[1-6]", self.tag):
            return int(self.tag[1])
        if self.tag == "p" and "msotitle" in self.classes:
            return 1
        if self.attributes.get("role") == "heading":
            return min(self.number("aria-level") or 2, 6)
        return None

    def looks(self, around):
        """Return the Looks of words in it, where those ``around`` it are given."""
        return Looks(
            frozenset(self._marks(around.marks)),
            f"h{self.rank}" if self.rank else around.tag,
            around.is_seen and self.is_seen,
            around.is_pre or self.tag == "pre",
        )

    def _marks(self, around):
        marks = set(around)
        weight, slant = self.style.get("font-weight", ""), self.style.get("font-style", "")
        # Google Docs wraps all of it in <b style="font-weight:normal">.
        if is_bold(weight) or (self.tag in STRONG and not weight):
            marks.add("strong")
        elif weight:
            marks.discard("strong")
        if slant in {"italic", "oblique"} or (self.tag in EM and not slant):
            marks.add("em")
        elif slant:
            marks.discard("em")
        script = SCRIPTS.get(self.style.get("vertical-align"))
        if self.tag in {"sub", "sup"}:
            script = self.tag
        elif self.classes & NOTE_MARKS:
            script = "sup"
        if script and self.tag not in {"td", "th"}:
            marks = (marks - {"sub", "sup"}) | {script}
        if self.tag == "a":
            marks = {mark for mark in marks if not mark.startswith("a ")}
            if address := real_address(self.attributes.get("href", "")):
                marks.add(f"a {address}")
        return marks


def is_bold(weight):
    return weight in {"bold", "bolder"} or (weight.isdecimal() and int(weight[:4]) >= 600)
