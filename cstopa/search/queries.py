"""What a reader asks for: words in any order, "phrases in quotes", and -words that must not be there."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from cstopa.search.words import APOSTROPHES, Word, closed, compounds, fold

# The longest query that is read.
LONGEST = 200
# What one search may ask for: words and phrases, and how many of them it may take away.
MOST_TERMS = 10
MOST_UNWANTED = 3
# A shorter beginning would be that of too many words.
SHORTEST_BEGINNING = 3

_QUOTES = '"“”„‟«»″'
# Quotes with a word between them, or nothing but signs, or a quote without its other half.
QUOTED = re.compile(
    rf"(?P<phrase>[{_QUOTES}][^{_QUOTES}\w]*\w[^{_QUOTES}]*[{_QUOTES}])"
    rf"|[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[{_QUOTES}]"
)
_OPENED = rf"[(\[{{{APOSTROPHES}]*"
# A dash that stands alone is no minus, nor is a hyphen inside a word.
TERM = re.compile(
    rf"(?:(?<!\S){_OPENED}(?P<minus>[-−–]+)?{_OPENED})?"
    rf"(?:(?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}])|(?P<words>[^\s({_QUOTES}]+))"
)
# They stand in nearly every text, or make a question of it, so they tell none from another.
COMMON = frozenset(
    fold(
        "a an and are as at be been by for from had has have in is it its of on or that the their "
        "this to was were which with do does how many much not what when where who и в во а на не но о об от по под при с со к ко за из у до для "
        "же ли или как что это его ее их был была было были быть где "
        "есть какая какие какой каков какова когда кем кто сколько так такой у чей"
    )
)
# The keys of the usual Russian keyboard and of the American one.
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
TO_RUSSIAN = str.maketrans(_LATIN_KEYS.upper() + _LATIN_KEYS, _RUSSIAN_KEYS.upper() + _RUSSIAN_KEYS)
TO_LATIN = {russian: latin for latin, russian in TO_RUSSIAN.items()}


@dataclass(frozen=True)
class Term:
    """One thing that is asked for: a word, words that a hyphen joins, or a phrase."""

    words: tuple[Word, ...]
    is_phrase: bool = False
    is_unwanted: bool = False
    # The words once more, those that a hyphen joins as one.
    closed: tuple[Word, ...] = ()
    # As it was written, without its minus.
    written: str = field(default="", compare=False)

    @cached_property
    def readings(self):
        """The words in each way in which a text may write them."""
        return dict.fromkeys((self.words, self.closed))

    @cached_property
    def every_word(self):
        """The words of all readings, each once."""
        return dict.fromkeys(word for words in self.readings for word in words)

    @property
    def number(self):
        """How many words the index is asked for; a phrase is one."""
        return 1 if self.is_phrase else len(self.words)

    @property
    def is_common(self):
        return not self.is_phrase and all(word.folded in COMMON for word in self.words)

    def finds(self, word, wanted, shortest=SHORTEST_BEGINNING):
        """Whether a word of a text is a form of the ``wanted`` one, or may begin with it."""
        return word.stem == wanted.stem or (
            self.may_begin(wanted, shortest) and word.folded.startswith(wanted.folded)
        )

    def may_begin(self, word, shortest=SHORTEST_BEGINNING):
        """Whether a word of this term may be the beginning of a longer one.

        An unwanted one may not: who wants no war would lose Warsaw.
        """
        is_whole = self.is_phrase or self.is_unwanted or word.folded.isdigit()
        return not is_whole and len(word.folded) >= shortest


@dataclass(frozen=True)
class Query:
    """The terms of a query, each once."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def wanted(self):
        """What has to be found; words that are in nearly every text count only if alone."""
        wanted = [term for term in self.terms if not term.is_unwanted]
        return [term for term in wanted if not term.is_common] or wanted

    @cached_property
    def unwanted(self):
        return [term for term in self.terms if term.is_unwanted]


def parse(text):
    """Return the Query that a text asks. A quote without its other half is not there."""
    terms = []
    # A bracket, which says nothing, stands for such a quote.
    for found in TERM.finditer(QUOTED.sub(lambda quoted: quoted["phrase"] or "(", text)):
        written = found["phrase"] or found["words"]
        together = list(compounds(written))
        for some in [together] if found["phrase"] else [[each] for each in together]:
            words = tuple(word for compound in some for word in compound)
            is_unwanted = bool(found["minus"])
            term = Term(words, bool(found["phrase"]), is_unwanted, tuple(closed(some)), written)
            terms += [term] if words else []
    return Query(tuple(dict.fromkeys(terms)))


def without_quotes(text):
    return " ".join(re.sub(f"[{_QUOTES}]", " ", text).split())


def without_minus(text):
    wanted = [term for term in parse(text).terms if not term.is_unwanted]
    return " ".join(dict.fromkeys(term.written for term in wanted))


def on_the_other_keyboard(text):
    """Return what the keys say that were pressed, where the keyboard was switched to Latin or Russian."""
    return text.translate(TO_LATIN if re.search("[а-яё]", text, re.IGNORECASE) else TO_RUSSIAN)
