"""The spaces of a paragraph: one between two words, none at its ends, and what must not part stays together."""

import re

# What nobody sees. A joiner is left where it joins: in emoji, in Arabic and Indic scripts.
WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]|(?<![\u0600-\U0010ffff])[\u200c\u200d]")
SPACES = re.compile("[ \t\u00a0\n]+")
# What stands before a space that does not break: a number or its sign, an abbreviation, an initial, or a
# short word of Russian; and after it. The others only pad.
BINDING_BEFORE = re.compile(r"(?:\d|[№§$€£¥₽#]|\b(?:\w{1,4}\.|[A-Z]|[А-ЯЁа-яё]{1,2}))$")
BINDING_AFTER = re.compile(r"[\d—–%‰°]")


def tidied(text, marks):
    """Return ``text`` and the marks of each of its characters, as they are kept.

    ``\\n`` is an end of a line that was meant; two are left of those that end a paragraph.
    """
    letters, kept = [], []

    def keep(start, end):
        for found in (*WITHOUT_WIDTH.finditer(text, start, end), None):
            stop = found.start() if found else end
            letters.append(text[start:stop])
            kept.extend(marks[start:stop])
            start = found.end() if found else end

    at = 0
    for found in SPACES.finditer(text):
        keep(at, found.start())
        at = found.end()
        space = space_for(text, found)
        letters.append(space)
        around = marks[max(found.start() - 1, 0)] & marks[min(at, len(text) - 1)]
        kept.extend([around] * len(space))
    keep(at, len(text))
    return "".join(letters), kept


def space_for(text, found):
    spaces = found[0]
    if lines := spaces.count("\n"):
        return "\n" * min(lines, 2)
    if found.start() == 0 or found.end() == len(text):
        return ""
    if spaces != "\u00a0":
        return " "
    before = text[max(found.start() - 6, 0) : found.start()]
    is_bound = BINDING_BEFORE.search(before) or BINDING_AFTER.match(text, found.end())
    return "\u00a0" if is_bound else " "
