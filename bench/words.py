"""Invented texts in two languages, the same again under the same seed."""

import random
from itertools import accumulate

ENGLISH = (
    "ba be bo ca ce co da de di fa fe ga go ha he la le lo ma me mi na ne no pa pe po ra re ri ro "
    "sa se si ta te ti to va ve vo",
    "ban ber cal dan den der fin gan ken lan len ler man ment mer min nal nant per ral ran rel "
    "sal sen ser tal tan ter tion van ver",
)
RUSSIAN = (
    "ба бе бо ва ве во га го да де ди ду за зе ка ке ко ла ле ли ма ме ми на не но па пе по ра ре "
    "ро са се си та те ти то",
    "бан вал вар ген дал дан дел кал кан лан лен ман мен мер нал ний ние ной пер рал ран сал сен "
    "тал тан тель тер ция ший",
)
WORDS = 6_000
PARAGRAPHS = 2_000
# Of which an article's text is made: some 3 KB in English and 7 KB in Russian; and a short one.
IN_A_TEXT, IN_A_SHORT_TEXT = 7, 1
# Words that are looked for, in each language, and the share of the articles that hold them.
MARKED = {"quorum": 0.5, "harvest": 0.2, "gallery": 0.06, "lantern": 0.06}
# These hold the rare word, and both of two words that hardly ever meet, however many there are.
RARE, SELDOM = "zephyrine", ("gallery", "lantern")
RARE_ARTICLES = 11


class Language:
    """Words, of which few are said often and most seldom, and paragraphs made of them."""

    def __init__(self, syllables, seed):
        chance = random.Random(seed)
        starts, ends = (each.split() for each in syllables)
        made = {
            "".join(
                [*chance.choices(starts, k=chance.choice((1, 1, 2, 2, 3))), chance.choice(ends)]
            )
            for _ in range(2 * WORDS)
        }
        self.words = sorted(made)[:WORDS]
        chance.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.paragraphs = [self.sentences(chance, 5) for _ in range(PARAGRAPHS)]

    def some(self, chance, number):
        return chance.choices(self.words, cum_weights=self.weights, k=number)

    def sentences(self, chance, number):
        return " ".join(
            f"{' '.join(self.some(chance, chance.randint(8, 18))).capitalize()}."
            for _ in range(number)
        )

    def headline(self, chance):
        return " ".join(self.some(chance, 6)).capitalize()

    def name(self, chance):
        return self.some(chance, 1)[0].capitalize()

    def body(self, chance, marks, length):
        paragraphs = chance.choices(self.paragraphs, k=IN_A_TEXT)[:length]
        if marks:
            paragraphs.append(" ".join(marks))
        return "".join(f"<p>{each}</p>" for each in paragraphs)


def languages():
    """Return ``{language: Language}``."""
    return {"en": Language(ENGLISH, "english"), "ru": Language(RUSSIAN, "russian")}


def marks(chance, is_rare):
    """Return the words that an article holds to be looked for."""
    said = [word for word, share in MARKED.items() if chance.random() < share]
    if is_rare:
        return [*{*said, RARE, *SELDOM}]
    if {*SELDOM} <= {*said}:
        said.remove(SELDOM[0])
    return said


def rare(number):
    """Return the numbers of the articles, of so many, that hold the rare word."""
    return [(2 * each + 1) * number // (2 * RARE_ARTICLES) for each in range(RARE_ARTICLES)]
