"""Words as a search compares them: read in one way from texts and queries, for both databases.

A word is case folded, without accents, ё as е, and has a stem, which its forms share. й stays: it
is a letter of its own, by which the stemmer knows endings.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer

# Between two passages of one text, such as paragraphs: no phrase goes across.
BREAK = "\u2029"

# Accents that are signs of their own, and signs that nobody sees, stand inside a word.
_INSIDE = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_INSIDE += "\u00ad\u200b-\u200d\u2060\ufeff"
# One sign, however it is typed; to Unicode some are letters, as in oʻzbekiston.
APOSTROPHES = "'`´‘’‛′＇ʹʻʼʽʾʿ"
LETTER = rf"[^\W_{APOSTROPHES}]"
_WORD = rf"{LETTER}(?:{LETTER}|[{_INSIDE}])*"
WORD = re.compile(_WORD)
JOINS = rf"-‐‑{APOSTROPHES}"
COMPOUND = re.compile(rf"{_WORD}(?:[{JOINS}]{_WORD})*")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")

CYRILLIC_WORD = re.compile("[\u0400-\u04ff]+")
# Letters with a stroke, which are no letter and accent to Unicode.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
# Nouns whose last letters the stemmer takes for those of a reflexive verb.
SOFT_NOUN = re.compile(r"((?:^|а)рус|пис)ь$")
SHORTEST_STEM = 3
# Of what is no word the beginning is kept: PostgreSQL takes 2,046 bytes, and a query has 200 signs.
LONGEST_WORD = 250
# What one Cyrillic letter becomes in Latin names: Sergei and Sergey, Dmitrii and Dmitry, Tatiana
# and Tatyana; Viktor and Victor, Aleksei and Alexei.
ONE_VOWEL = re.compile(r"(?<=[aeo])y$|i[iy]$|y(?=[aou])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, its stem, and where it stands there."""

    folded: str
    stem: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


def compounds(text):
    """Yield the words of ``text`` in order, those that a hyphen or an apostrophe joins together."""
    for compound in COMPOUND.finditer(text):
        end = compound.end()
        if possessive := POSSESSIVE.search(compound[0]):
            end -= len(possessive[0])
        words = [
            Word(folded, stem, found.start(), found.end())
            for found in WORD.finditer(text, compound.start(), end)
            for folded, stem in _forms(found[0])
        ]
        if words:
            yield words


@lru_cache(maxsize=5_000)
def words_of(compound):
    """Return the words of a compound, with their places in it, and it as one word, or None."""
    words = [word for some in compounds(compound) for word in some]
    return words, joined(words)


def joined(words):
    """Return the words of a compound as one: peace-keeping as peacekeeping; None for a single one."""
    if len(words) < 2 or any(word.folded.isdigit() for word in words):
        return None
    folded = "".join(word.folded for word in words)[:LONGEST_WORD]
    return Word(folded, stem_of(folded), words[0].start, words[-1].end)


def closed(together):
    """Return the words of compounds in order, each compound as one word where it may be."""
    found = []
    for some in together:
        whole = joined(some)
        found += [whole] if whole else some
    return found


def fold(text):
    """Return the folded words of ``text``."""
    return [word.folded for words in compounds(text) for word in words]


# The texts of a site have most of their words in common.
@lru_cache(maxsize=20_000)
def _forms(word):
    """Return ``(folded, stem)`` of each word in a word as it is written: ½ holds two."""
    decomposed = unicodedata.normalize("NFKD", word.casefold()).replace("и\u0306", "й")
    plain = "".join(
        letter
        for letter in decomposed
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    # Casefold once more: NFKD turns some signs into capital letters.
    folded = (each[:LONGEST_WORD] for each in WORD.findall(plain.casefold().translate(STROKES)))
    return tuple((each, stem_of(each)) for each in folded)


def stem_of(folded):
    """Return the stem of a folded word by its script; a number or another script is its own."""
    if folded.isascii():
        return _spelt_alike(_stemmers.english.stemWord(folded)) if folded.isalpha() else folded
    if not CYRILLIC_WORD.fullmatch(folded):
        return folded
    word = _stemmers.russian.stemWord(SOFT_NOUN.sub(r"\1", folded))
    # Once is not enough: Ассамблея would keep an ending that Ассамблеи loses, Поспелова one of two.
    while len(shorter := _stemmers.russian.stemWord(word)) >= SHORTEST_STEM and shorter != word:
        word = shorter
    return word


def _spelt_alike(stem):
    """Return a stem as the Latin spellings of one name share it."""
    return ONE_VOWEL.sub("i", stem).replace("ct", "kt").replace("x", "ks")


class _Stemmers(threading.local):
    """A stemmer is not to be used by two threads at once."""

    def __init__(self):
        self.english = Stemmer.Stemmer("english")
        self.russian = Stemmer.Stemmer("russian")


_stemmers = _Stemmers()
