"""What a result shows of its texts: the part in which the words of a query stand, marked."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from cstopa.languages import IN_LANGUAGE, Text
from cstopa.search.words import BREAK, closed, compounds, joined

# In characters: of an excerpt, and of what it has before its first mark at most.
LENGTH = 240
BEFORE = 60
# So many characters of a text are read for its excerpt, however long it is.
READ = 100_000


@dataclass(frozen=True)
class Marked:
    """A text in a language, or a part of it, as ``(words, whether they were looked for)``.

    ``found`` is the number of the query's terms that are marked in it.
    """

    parts: list[tuple[str, bool]]
    language: str
    found: int

    @property
    def in_language(self):
        return IN_LANGUAGE[self.language]


def marked(text, query, length=None):
    """Return a Text with what ``query`` wants marked: whole, or the best ``length`` characters of it."""
    hits = sorted(_hits(text, query.wanted))
    start, end = 0, len(text)
    if length and end > length:
        start, end = _window(text, hits, length)
    parts, at = [], start
    inside = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
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
    shown = [(words.replace(BREAK, " "), is_hit) for words, is_hit in parts if words]
    return Marked(shown, text.language, len({term for *_span, term in inside}))


def best(texts, query):
    """Return the excerpt that shows most of what is wanted, of Texts in order of preference.

    None where no text has any of it.
    """
    excerpts = [marked(text, query, LENGTH) for text in texts if text]
    # The first of several that are equal.
    excerpt = max(excerpts, key=lambda each: each.found, default=None)
    return excerpt if excerpt and excerpt.found else None


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


def _read(text):
    if len(text) <= LENGTH:
        return _read_once(text)
    return list(takewhile(lambda words: words[0].start < READ, compounds(text)))


# Names and labels are read again and again.
@lru_cache(maxsize=1_000)
def _read_once(text):
    return list(compounds(text))


def _hits(text, terms):
    """Yield ``(start, end, number of the term)`` of each place in which a term is found."""
    together = _read(str(text))
    singles = [
        (number, term, {word for words in term.readings for word in words})
        for number, term in enumerate(terms)
        if not term.is_phrase
    ]

    # Of the words of a text most are said again.
    @cache
    def answered(word):
        return [
            number
            for number, term, wanted in singles
            if any(term.finds(word, each) for each in wanted)
        ]

    passages = [[]]
    for some in together:
        if passages[-1] and BREAK in text[passages[-1][-1][-1].end : some[0].start]:
            passages.append([])
        passages[-1].append(some)
        found = [(word, number) for word in some for number in answered(word)]
        if whole := joined(some):
            parts = {number for _word, number in found}
            found += [(whole, number) for number in answered(whole) if number not in parts]
        yield from ((word.start, word.end, number) for word, number in found)
    for number, term in enumerate(terms):
        if term.is_phrase:
            for passage in passages:
                yield from ((*span, number) for span in _phrases(passage, term))


def _phrases(passage, term):
    """Yield where a phrase stands, hyphens aside."""
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
