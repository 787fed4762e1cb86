"""What a result shows of its texts: the part in which the words of a query stand, marked."""

import re
import string
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cstopa.languages import IN_LANGUAGE, Text
from cstopa.search.words import BREAK, COMPOUND, JOINS, LETTER, closed, compounds, words_of

# In characters: of an excerpt, and of what it has before its first mark at most.
LENGTH = 240
BEFORE = 60
# So many characters of a text are read for its excerpt, however long it is.
READ = 100_000
# Signs that are folded to themselves, but for their case. All others may be folded to anything.
PLAIN = frozenset(string.printable + "«»„“”–—…№" + BREAK)
PLAIN |= {chr(number) for number in range(ord("А"), ord("я") + 1)}
# Letters that fold() and a stem take for another; й may be written as и with a sign.
ALIKE = {"i": "yY", "k": "cCxX", "й": "иИ"}


@dataclass(frozen=True)
class Marked:
    """A text in a language, or a part of it, as ``(words, whether they were looked for)``.

    ``html`` marks them, and the language as a Text does.
    ``found`` is the number of the query's terms that are marked in it.
    """

    parts: list[tuple[str, bool]]
    language: str
    found: int

    def __str__(self):
        return "".join(words for words, _is_hit in self.parts)

    @property
    def html(self):
        words = SafeString(
            "".join(
                format_html("<mark>{}</mark>", each) if is_hit else escape(each)
                for each, is_hit in self.parts
            )
        )
        if self.language == get_language():
            return words
        return format_html(
            '<span lang="{}">{}</span> <span class="language-note">({})</span>',
            self.language,
            words,
            IN_LANGUAGE[self.language],
        )


def marked(text, query, length=None):
    """Return a Text with what ``query`` wants marked: whole, or the best ``length`` characters of it."""
    start, end, inside = 0, len(text), sorted(_hits(text, query.wanted))
    if length and len(text) > length:
        start, end = _window(text, inside, length)
        inside = [hit for hit in inside if start <= hit[0] and hit[1] <= end]
    parts, at = [], start
    for first, last, _term in inside:
        if first < at:
            # Part of another hit.
            first = at
        if first < last:
            parts += [(text[at:first], False), (text[first:last], True)]
            at = last
    parts.append((text[at:end], False))
    if start:
        parts.insert(0, ("… ", False))
    if end < len(text):
        parts.append((" …", False))
    # A heading is no part of the sentence after it.
    shown = [(words.replace(BREAK, " · "), is_hit) for words, is_hit in parts if words]
    return Marked(shown, text.language, len({term for *_span, term in inside}))


def best(texts, query):
    """Return the excerpt that shows most of what is wanted, of Texts in order of preference.

    None where no text has any of it. Texts after one that shows all are not read.
    """
    chosen = None
    for text in filter(None, texts):
        excerpt = marked(text, query, LENGTH)
        # The first of several that are equal.
        if excerpt.found > (chosen.found if chosen else 0):
            chosen = excerpt
        if excerpt.found == len(query.wanted):
            break
    return chosen


def as_texts(words):
    """Return texts as Texts: what does not say its language is told by its letters."""
    for each in words:
        if isinstance(each, Text):
            yield each
        else:
            is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in each)
            yield Text(each, "ru" if is_cyrillic else "en")


def stands_in(term, texts):
    """Return whether a term is found in one of the texts."""
    return any(True for text in texts for _hit in _hits(text, [term]))


def _hits(text, terms):
    """Yield ``(start, end, number of the term)`` of each place in which a term is found."""
    text = str(text)[:READ]
    for number, term in enumerate(terms):
        find, sign = (_phrases, BREAK) if term.is_phrase else (_words, " ")
        # Of the words of a text most are said again.
        answers = {}
        for start, end in _pieces(text, term, sign):
            piece = text[start:end]
            if piece not in answers:
                answers[piece] = [*find(piece, term)]
            for first, last in answers[piece]:
                yield start + first, start + last, number


def _pieces(text, term, sign):
    """Return ``(start, end)`` of what stands between two such signs and may have a word of the term.

    The others, which are nearly all, are neither folded nor stemmed.
    """
    pieces = {}
    for beginning in {word.stem[:2] for word in term.every_word}:
        pattern, at = _word_with(beginning), 0
        while found := pattern.search(text, at):
            start, at = text.rfind(sign, 0, found.start()) + 1, text.find(sign, found.end())
            if at < 0:
                at = len(text)
            pieces[start] = at
    return pieces.items()


@lru_cache(maxsize=200)
def _word_with(beginning):
    """Return the pattern of where a word may begin whose stem has these two letters, or this one."""
    if beginning == "ks":
        # A stem has it for an x.
        beginning = "k"
    first, *second = map(_like, beginning)
    further = f"[{JOINS}]?{second[0]}" if second else ""
    return re.compile(f"{first}(?:(?<={_like('')})|(?<!{LETTER}.){further})", re.DOTALL)


def _like(letter):
    """Return what may be a letter, as a class of a pattern: any sign but the plain ones that are not."""
    same = {letter, letter.upper(), *ALIKE.get(letter, "")}
    return f"[^{re.escape(''.join(sorted(PLAIN - same)))}]"


def _words(piece, term):
    """Yield ``(start, end)`` of the words of a piece that are found, and of a compound as one word."""
    wanted = term.every_word
    for compound in COMPOUND.finditer(piece):
        words, whole = words_of(compound[0])
        found = [word for word in words if any(term.finds(word, each) for each in wanted)]
        if not found and whole and any(term.finds(whole, each) for each in wanted):
            found = [whole]
        for word in found:
            yield compound.start() + word.start, compound.start() + word.end


def _phrases(piece, term):
    """Yield ``(start, end)`` of where a phrase stands, hyphens aside."""
    passage = list(compounds(piece))
    for words in ([word for some in passage for word in some], closed(passage)):
        stems = [word.stem for word in words]
        for reading in term.readings:
            phrase = [word.stem for word in reading]
            for first in range(len(stems) - len(phrase) + 1):
                if stems[first : first + len(phrase)] == phrase:
                    yield words[first].start, words[first + len(phrase) - 1].end


def _window(text, hits, length):
    """Return the start and the end, between words, of the part with most of the terms.

    ``hits`` are in order, so that one pass tells how many terms stand after each.
    """
    room = length - BEFORE
    hits = [hit for hit in hits if hit[1] - hit[0] <= room]
    after, best_start, most, at = Counter(), 0, 0, 0
    for start, _end, term in hits:
        while at < len(hits) and hits[at][1] <= start + room:
            after[hits[at][2]] += 1
            at += 1
        if len(after) > most:
            best_start, most = start, len(after)
        after[term] -= 1
        if not after[term]:
            del after[term]
    start = max(0, min(best_start - BEFORE, len(text) - length))
    end = min(len(text), start + length)
    if start:
        start = _space(text, start, 1) + 1
    if end < len(text):
        end = _space(text, end, -1)
    return start, end


def _space(text, at, step):
    """Return the place of the nearest white space; of a text without any, ``at`` itself."""
    for place in range(at, at + step * BEFORE // 2, step):
        if text[place].isspace():
            return place
    return at - (step > 0)
