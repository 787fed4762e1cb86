"""What a result shows of its texts: the part in which the words of a query stand, marked."""

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cstopa.languages import IN_LANGUAGE, Text
from cstopa.search.words import BREAK, COMPOUND, closed, compounds, words_of

# In characters: of an excerpt, and of what it has before its first mark at most.
LENGTH = 240
BEFORE = 60
# So many characters of a text are read for its excerpt, however long it is; at first fewer, which
# are enough where they show all that is wanted.
READ = 100_000
READ_AT_FIRST = 2_000


@dataclass(frozen=True)
class Marked:
    """A text in a language, or a part of it, as ``(words, whether they were looked for)``.

    ``html`` marks them, and the language as a Text does.
    ``found`` is the number of the query's terms that are marked in it.
    """

    parts: list[tuple[str, bool]]
    language: str
    found: int

    @property
    def html(self):
        marks = {True: "<mark>{}</mark>", False: "{}"}
        words = SafeString("".join(format_html(marks[is_hit], each) for each, is_hit in self.parts))
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
    wanted = query.wanted
    if length and len(text) > length:
        start, end, inside = _best_part(text, wanted, length, READ_AT_FIRST)
        if end > READ_AT_FIRST or _terms(inside) < len(wanted):
            start, end, inside = _best_part(text, wanted, length, READ)
    else:
        start, end, inside = 0, len(text), sorted(_hits(text, wanted, READ))
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
    shown = [(words.replace(BREAK, " "), is_hit) for words, is_hit in parts if words]
    return Marked(shown, text.language, _terms(inside))


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
    return any(True for text in texts for _hit in _hits(text, [term], READ))


def _best_part(text, terms, length, read):
    """Return ``(start, end, hits inside)`` of the best part of what is read of a text."""
    hits = sorted(_hits(text, terms, read))
    start, end = _window(text, hits, length)
    return start, end, [hit for hit in hits if start <= hit[0] and hit[1] <= end]


def _terms(hits):
    return len({term for *_span, term in hits})


def _hits(text, terms, read):
    """Yield ``(start, end, number of the term)`` of each place in which a term is found.

    What is read are the first characters of the text, so many.
    """
    text, singles, phrases = str(text), [], []
    for number, term in enumerate(terms):
        if term.is_phrase:
            phrases.append((number, term))
        else:
            singles.append((number, term, {word for words in term.readings for word in words}))
    # Of the words of a text most are said again.
    answers = {}
    for found in COMPOUND.finditer(text):
        start = found.start()
        if start >= read:
            break
        compound = found[0]
        if compound not in answers:
            answers[compound] = _answers(compound, singles)
        for first, last, number in answers[compound]:
            yield start + first, start + last, number
    if phrases:
        passages = _passages(text, read)
        for number, term in phrases:
            for passage in passages:
                yield from ((*span, number) for span in _phrases(passage, term))


def _answers(compound, singles):
    """Return ``(start, end, number of the term)`` of the words of a compound, and of it as one word."""
    words, whole = words_of(compound)
    found = [(word, number) for word in words for number in _answering(word, singles)]
    if whole:
        parts = {number for _word, number in found}
        found += [(whole, number) for number in _answering(whole, singles) if number not in parts]
    return [(word.start, word.end, number) for word, number in found]


def _answering(word, singles):
    """Return the numbers of the terms that are found in a word."""
    return [
        number for number, term, wanted in singles if any(term.finds(word, each) for each in wanted)
    ]


def _passages(text, read):
    """Return the words of each passage of a text, those of a compound together."""
    passages = [[]]
    for some in takewhile(lambda words: words[0].start < read, compounds(text)):
        if passages[-1] and BREAK in text[passages[-1][-1][-1].end : some[0].start]:
            passages.append([])
        passages[-1].append(some)
    return passages


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
