"""Numbers typed beside deputies or seats, which the rows state: an editor is asked about them.

A pattern knows no grammar: it asks too often rather than too seldom, and the editor ticks it away.
"""

import re

from cstopa.models.richtext import passages
from cstopa.search.words import BREAK
from news.references import left_out

# In all cases, and in the collective form. "One" is seldom a count: "one of the deputies".
WORDS = (
    "two three four five six seven eight nine ten eleven twelve"
    r" (?:thir|four|fif|six|seven|eigh|nine)teen (?:twen|thir|for|fif|six|seven|eigh|nine)ty hundred"
    r" дв(?:а|е|ух|ум|умя|ое|оих|оим|оими) тр(?:и|[её]х|[её]м|емя|ое|оих|оим|оими)"
    r" четыр(?:е|[её]х|[её]м|ьмя) четвер(?:о|ых|ым)"
    r" (?:пят|шест|сем|вос[еь]м|девят|десят)(?:ь|и|ью|еро|ерых|ерым)"
    r" (?:од[аи]н|две|три|четыр|пят|шест|сем|восем|девят|два)(?:на)?дцат(?:ь|и|ью)"
    r" сорока? (?:пят|шест|сем|вос[еь]м)(?:ьдесят|идесяти|ьюдесятью) девяност[оа] ст[оа]"
)
MONTHS = (
    "januar februar march april may june july august septem octob novem decem"
    " январ феврал март апрел мая июн июл август сентябр октябр ноябр декабр"
)
NOUNS = (
    r"deput(?:y|ies) mps? senators? parliamentarians? seats? members?(?!.(?:state|countr))"
    r" (?<![а-яё]-)(?:депутат|сенатор|член|мест|мандат)(?:а|е|о|у|ы|ов|ом|ам|ами|ах)?"
    r" парламентари(?:й|и|я|ю|ев|ем|ям|ями|ях)"
)


def one_of(patterns):
    return f"(?:{'|'.join(patterns.split())})"


# Not part of a longer number, an ordinal, a share or a day of a month.
NUMBER = (
    rf"(?<!\w)(?<!\d[ .,/])(?:[1-9]\d{{0,2}}|{one_of(WORDS)})(?!\w|[ .,/]\d|-(?:й|го|му|м|я|ю|е|х)\b"
    rf"| ?(?:%|per ?cent|процент)|(?: ?[–-] ?\d+)? {one_of(MONTHS)})"
)
NOUN = rf"\b{one_of(NOUNS)}\b"
TYPED = re.compile(
    # "Seven of the deputies", «семь белорусских депутатов», "an 11-member".
    rf"{NUMBER}(?:[ '’-]+\w+){{0,2}}?[ -]{NOUN}"
    # "Deputies of the State Duma: 10", «число депутатов — 10», "the seats are 7".
    rf"|{NOUN}(?:[ '’-]+\w+){{0,4}}?(?: ?[:=(—–] ?| (?:is|are|was|were) ){NUMBER}",
    re.IGNORECASE,
)
# A quotation that the markup says to be one says what somebody said.
QUOTED = re.compile("<blockquote.*?</blockquote>", re.DOTALL)


def typed_numbers(text):
    """Return the phrases with such a number in a text, plain or sanitised, in their order."""
    return TYPED.findall(passages(left_out(QUOTED.sub(BREAK, text))))
