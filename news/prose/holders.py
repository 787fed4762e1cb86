"""Who sends deputies, as a text may name them: by the names on record, in any case, and by the state.

Nothing is listed by hand that follows from the names. A name is compared by its stems, so that
«Палаты представителей» is «Палата представителей». A state is known by the beginning of what is left
of its official name, or of its address, without "republic" and the like: "Belarus", "Belarusian";
«Казахстан», «казахстанских». ``ALSO`` adds the few beginnings that differ within a language.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from cstopa.languages import LANGUAGES
from news.prose.words import WORD

RUSSIAN_ENDING = re.compile(
    "(?:ыми|ими|ого|его|ому|ему|ами|ями|ая|яя|ое|ее|ую|юю|ый|ий|ой|ей|ых|их|ым|им|ом|ем|ов|ев"
    "|ам|ям|ах|ях|а|я|о|е|и|ы|у|ю|ь|й)$"
)
ALSO = {"армени": "армян", "беларус": "белорус", "кыргыз": "киргиз"}
# Words of official names that say what a state is, not which.
COMMON = re.compile(
    "^(?:republics?|federations?|federal|kingdom|union|states?|democratic|islamic|peoples?|of|and|the"
    "|республик|федераци|королевств|союз|государств|демократическ|исламск|народн|и)$"
)
AFTER_ENGLISH_STATE = re.compile("(?:n|an|ian|ni|i|ese|stan|stani|istan|istani)?s?")
LONGEST_RUSSIAN_ENDING = 9
SHORTEST = 4


def stem(word):
    cut = RUSSIAN_ENDING.sub("", word)
    return cut if len(cut) >= 3 else word


def stems(name):
    """Return the stems of the words of a name, without articles, which a writer may leave out."""
    words = (found[0].lower().replace("ё", "е") for found in WORD.finditer(name))
    return tuple(stem(word) for word in words if word != "the")


def beginnings(name):
    """Return what the words for a state begin with, one for each word that says which state it is."""
    found = []
    for each in stems(name):
        if COMMON.match(each) or each.isdecimal():
            continue
        core = re.sub("ск$", "", each).removesuffix("й") if each.endswith("ск") else each
        short = re.sub("(?:i?stan|и?стан)$", "", core)
        found.append(short if len(short) >= SHORTEST else core)
    return tuple(found) if all(len(each) >= SHORTEST for each in found) else ()


def begins(word, beginning):
    if not word.startswith(beginning):
        return False
    rest = word[len(beginning) :]
    if beginning.isascii():
        return bool(AFTER_ENGLISH_STATE.fullmatch(rest))
    return len(rest) <= LONGEST_RUSSIAN_ENDING


@dataclass(frozen=True)
class Holder:
    """A delegation, or a chamber of its parliament, and the most seats that it ever had on record."""

    parliament: str
    code: str
    is_chamber: bool
    is_upper: bool = False
    most_seats: int = 0


@dataclass(frozen=True)
class Mention:
    """Places of words that name some holders: a state, or a chamber or parliament by its name."""

    start: int
    end: int
    holders: tuple
    is_state: bool = False

    def distance(self, start, end):
        """Return how many words part it from those places."""
        return max(self.start - end, start - self.end, 0)


class Holders:
    """All that a Chronicle knows, by the words that name it."""

    def __init__(self, chronicle):
        self.delegations = chronicle.delegations.values()

    @cached_property
    def of_parliament(self):
        """``{code: (delegation, chambers)}`` as Holders."""
        found = {}
        for row in self.delegations:
            chambers = [
                Holder(
                    row.code,
                    chamber.code,
                    True,
                    chamber.house == "upper",
                    max((each.seats for each in chamber.allocations.all()), default=0),
                )
                for chamber in row.chambers.all()
            ]
            most = sum(chamber.most_seats for chamber in chambers)
            found[row.code] = Holder(row.code, row.code, False, most_seats=most), chambers
        return found

    @cached_property
    def names(self):
        """``{first stem: [(stems, Holder)]}`` of every name on record, the longest first."""
        found = {}
        for row in self.delegations:
            delegation, chambers = self.of_parliament[row.code]
            for holder, named in [
                (delegation, row),
                *zip(chambers, row.chambers.all(), strict=True),
            ]:
                for key in {key for name in names_of(named) for key in self._forms(name, row)}:
                    found.setdefault(key[0], []).append((key, holder))
        return {
            first: sorted(some, key=lambda each: -len(each[0])) for first, some in found.items()
        }

    def _forms(self, name, row):
        """Yield the stems of a name, and of the name without its state where it still says enough."""
        whole = stems(name)
        if whole:
            yield whole
        for state in (row.state_en, row.state_ru):
            tail = stems(state)
            short = whole[: -len(tail)] if tail and whole[-len(tail) :] == tail else ()
            if short and short[-1] == "of":
                short = short[:-1]
            # A parliament alone is any parliament.
            if len(short) > 1:
                yield short

    @cached_property
    def states(self):
        """``[(beginnings, Holder)]`` of every state."""
        found = {}
        for row in self.delegations:
            for words in (row.state_en, row.state_ru, row.slug):
                if key := beginnings(words):
                    found[key] = self.of_parliament[row.code][0]
                    if also := ALSO.get(key[0]):
                        found[also, *key[1:]] = found[key]
        return list(found.items())

    def state_at(self, words, place):
        for key, holder in self.states:
            some = words[place : place + len(key)]
            if len(some) == len(key) and all(
                begins(word.text, each) for word, each in zip(some, key, strict=True)
            ):
                return Mention(place, place + len(key), (holder,), is_state=True)
        return None

    def mentions(self, words):
        """Return the Mentions in the words of a sentence; a longer name hides what is inside it."""
        said = [stem(word.text) for word in words]
        found, place = [], 0
        while place < len(words):
            mention = self._named_at(said, place) or self.state_at(words, place)
            if mention:
                found.append(mention)
            place = mention.end if mention else place + 1
        return found

    def _named_at(self, said, place):
        ends = {}
        for key, holder in self.names.get(said[place], ()):
            if end := ends_at(said, place, key):
                ends.setdefault(end, []).append(holder)
        return Mention(place, max(ends), tuple(ends[max(ends)])) if ends else None


def names_of(row):
    """Return the undated and the dated names of a parliament or a chamber."""
    rows = (row, *row.names.all())
    return [name for each in rows for code in LANGUAGES if (name := getattr(each, f"name_{code}"))]


def ends_at(said, place, key):
    """Return the place after a name that begins at a place, or None."""
    for each in key:
        while place < len(said) and said[place] == "the":
            place += 1
        if place == len(said) or said[place] != each:
            return None
        place += 1
    return place
