"""Near spellings, for a query that found nothing: what else may have been meant.

The stems that are an edit away from one that no text has are looked up, each by the index, so that
the cost is the same however many words texts have.
"""

import re
from difflib import SequenceMatcher
from itertools import chain, islice, product

from cstopa.search.kinds import words_said
from cstopa.search.models import KnownWord
from cstopa.search.queries import parse
from cstopa.search.results import groups, registry
from cstopa.search.words import APOSTROPHES, LETTER, compounds

LATIN, CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# A shorter word is near to too many.
SHORTEST = 4
# Of each word, and of all together: each of those is asked before it is offered.
MOST_SPELLINGS, MOST_ASKED = 3, 4
# Letters that stand for one another in names: Kirgizstan and Kyrgyzstan.
VOWEL = re.compile("[iy]")
MOST_VOWELS = 4


def nearest(text):
    """Return the query that is nearest to this one, which found nothing, and finds something; or "".

    Only words that no text has are spelt another way. What is offered is found as a whole word in what
    the public sees, and a name has the capital that it has there.
    """
    query, said = parse(text), _said()
    unknown = [term for term in query.wanted if _may_be_misspelt(term)]
    known = _known([term.words[0].stem for term in unknown]) | set(said.values())
    unknown = [term for term in unknown if term.words[0].stem not in known]
    spellings = [_near(term.words[0], said) for term in unknown]
    if not unknown or not all(spellings):
        return ""
    for chosen in islice(product(*spellings), MOST_ASKED):
        meant = parse(_with(text, unknown, [f'"{word}"' for word in chosen]))
        found = groups(meant)
        if found or registry.paged.finds(meant):
            names = _names(found)
            words = [word if word in said else names.get(word, word) for word in chosen]
            return _with(text, unknown, words)
    return ""


def _with(text, terms, words):
    """Return a text with words in the place of terms."""
    for term, word in zip(terms, words, strict=True):
        text = _place_of(term).sub(word, text, count=1)
    return text


def _names(found):
    """Return ``{word: as it is written}`` of those that Groups never have without a capital."""
    written = {}
    for result in chain.from_iterable(group.results for group in found):
        for text in map(str, filter(None, (result.name, result.excerpt))):
            for word in chain.from_iterable(compounds(text)):
                written.setdefault(word.folded, set()).add(text[word.start : word.end])
    return {
        word: min(forms)
        for word, forms in written.items()
        if all(form[0].isupper() for form in forms)
    }


def _may_be_misspelt(term):
    is_word = not term.is_phrase and len(term.words) == 1
    return is_word and len(term.words[0].folded) >= SHORTEST and term.words[0].folded.isalpha()


def _place_of(term):
    """Return by what the word of a term is found in the text: it may stand inside another one, and
    beside another one without a space.
    """
    word = term.words[0]
    written = re.escape(term.written[word.start : word.end])
    return re.compile(rf"(?<!{LETTER}){written}(?!{LETTER})(?:[{APOSTROPHES}][sS](?!{LETTER}))?")


def _said():
    """Return ``{word: its stem}`` of the code's own texts by which kinds are found."""
    return words_said(tuple(chain.from_iterable(kind.says for kind in registry.kinds)))


def _known(stems):
    return set(KnownWord.objects.filter(stem__in=stems).values_list("stem", flat=True))


def _near(word, said):
    """Return known words that are spelt nearly so, the nearest first, one of each stem."""
    stems = _edits(word.stem) | _other_vowels(word.stem)
    found = list(KnownWord.objects.filter(stem__in=stems).values_list("word", "stem"))
    found += [(each, stem) for each, stem in said.items() if stem in stems]

    def likeness(row):
        return SequenceMatcher(None, word.folded, row[0]).ratio()

    chosen = {}
    for each, stem in sorted(found, key=likeness, reverse=True):
        chosen.setdefault(stem, each)
    return list(chosen.values())[:MOST_SPELLINGS]


def _edits(stem):
    """Return what a stem may be if one letter is wrong, missing or too much, or two change places."""
    letters = LATIN if stem.isascii() else CYRILLIC
    parts = [(stem[:at], stem[at:]) for at in range(len(stem) + 1)]
    return {
        *(start + end[1:] for start, end in parts if end),
        *(start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1),
        *(start + letter + end[1:] for start, end in parts if end for letter in letters),
        *(start + letter + end for start, end in parts for letter in letters),
    }


def _other_vowels(stem):
    """Return a stem with i and y in each other's place, also without one of its letters: Kirghizstan."""
    places = [found.start() for found in VOWEL.finditer(stem)][:MOST_VOWELS]
    spelt = set()
    for vowels in product("iy", repeat=len(places)):
        letters = list(stem)
        for place, vowel in zip(places, vowels, strict=True):
            letters[place] = vowel
        spelt.add("".join(letters))
    return spelt | {each[:at] + each[at + 1 :] for each in spelt for at in range(len(each))}
