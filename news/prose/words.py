"""Words of a text with their places, and which of them are numbers, in both languages and all cases."""

import re
from dataclasses import dataclass
from html import unescape

WORD = re.compile(r"\d+|[^\W\d_]+")
# After a mark and white space, a capital letter, a quotation mark or a number begins a sentence.
SENTENCE = re.compile(r"(?<=[.!?…])[»”\")]*\s+(?=[«“\"(]*[A-ZА-ЯЁ\d])|\n\s*\n")
# A quotation that the markup says to be one says what somebody said.
QUOTED = re.compile(r"<blockquote\b.*?</blockquote>", re.DOTALL)
BLOCK = re.compile(r"</?(?:blockquote|h2|h3|hr|li|ol|p|ul)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# What no allocation reaches is a year or a sum.
HIGHEST = 999
SEPARATORS = (" ", "\xa0", "\u202f", ".", ",", "/")

# Each in all its cases, and in its collective form. "One" is seldom a count: "one of the deputies".
FORMS = {
    2: "two два две двух двум двумя двое двоих двоим двоими",
    3: "three три трех трем тремя трое троих троим троими",
    4: "four четыре четырех четырем четырьмя четверо четверых четверым",
    5: "five пять пяти пятью пятеро пятерых пятерым",
    6: "six шесть шести шестью шестеро шестерых шестерым",
    7: "seven семь семи семью семеро семерых семерым",
    8: "eight восемь восьми восемью восьмью восьмеро восьмерых",
    9: "nine девять девяти девятью девятеро девятерых",
    10: "ten десять десяти десятью десятеро десятерых",
    11: "eleven одиннадцать одиннадцати одиннадцатью",
    12: "twelve двенадцать двенадцати двенадцатью",
    13: "thirteen тринадцать тринадцати тринадцатью",
    14: "fourteen четырнадцать четырнадцати четырнадцатью",
    15: "fifteen пятнадцать пятнадцати пятнадцатью",
    16: "sixteen шестнадцать шестнадцати шестнадцатью",
    17: "seventeen семнадцать семнадцати семнадцатью",
    18: "eighteen восемнадцать восемнадцати восемнадцатью",
    19: "nineteen девятнадцать девятнадцати девятнадцатью",
    20: "twenty двадцать двадцати двадцатью",
    30: "thirty тридцать тридцати тридцатью",
    40: "forty сорок сорока",
    50: "fifty пятьдесят пятидесяти пятьюдесятью",
    60: "sixty шестьдесят шестидесяти шестьюдесятью",
    70: "seventy семьдесят семидесяти семьюдесятью",
    80: "eighty восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью",
    90: "ninety девяносто девяноста",
    100: "hundred сто ста",
}
NUMBERS = {form: number for number, forms in FORMS.items() for form in forms.split()}
# Only as the last part of a longer number.
ONE = {"one": 1, "один": 1, "одна": 1, "одно": 1, "одного": 1, "одной": 1, "одним": 1, "одному": 1}


@dataclass(frozen=True)
class Word:
    """``text`` in small letters, ё as е; ``gap`` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str


def plain(text):
    """Return the words of a sanitised text, without what it quotes; an empty line parts blocks."""
    line = " ".join(text.replace("<br>", " ").split())
    return unescape(TAG.sub("", BLOCK.sub("\n\n", QUOTED.sub("\n\n", line))))


def sentences(text):
    """Yield ``(sentence, words)``."""
    for sentence in SENTENCE.split(text):
        words, end = [], 0
        for found in WORD.finditer(sentence):
            text_ = found[0].lower().replace("ё", "е")
            words.append(Word(text_, found.start(), found.end(), sentence[end : found.start()]))
            end = found.end()
        if words:
            yield sentence, words


def is_near(word):
    """Return whether nothing but a space, a hyphen or an apostrophe parts it from the word before."""
    return not word.gap.strip().strip("\u2011-'’")


def number_at(words, place):
    """Return ``(number, place after it)``; None where no whole number below a thousand begins."""
    word = words[place]
    if word.text.isdecimal():
        before = place and words[place - 1].text.isdecimal() and word.gap in SEPARATORS
        if before or len(word.text) > 3 or not 0 < int(word.text) <= HIGHEST:
            return None
        after = place + 1
        # 1 200, 7.5 and the like; what a range such as 7–8 ends with is a number of its own.
        if after < len(words) and words[after].text.isdecimal() and words[after].gap in SEPARATORS:
            return None
        return int(word.text), after
    if word.text not in NUMBERS:
        return None
    number, place = NUMBERS[word.text], place + 1
    while place < len(words) and is_near(words[place]):
        part = (NUMBERS | ONE).get(words[place].text)
        if part is None or part >= number:
            break
        number, place = number + part, place + 1
    return number, place
