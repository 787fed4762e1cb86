"""Finds a number of seats or deputies that is typed where a reference could state it.

A finding is a number beside a word for those whom a chamber sends, or for their seats, in a sentence
that says whose they are. It is looked for in whichever order the two stand. Left alone are percentages,
years and sums, results of votes, and numbers far above what was ever on record for those named, such
as the size of a whole chamber.
"""

import re
from dataclasses import dataclass

from news.prose.holders import Holders
from news.prose.words import is_near, number_at, plain, sentences
from news.references import REFERENCE, tag


def pattern(words):
    return re.compile(f"(?:{'|'.join(words.split())})")


SENATOR = pattern("senators? сенатор(?:|а|ы|ов|у|ам|ом|ами|ах|е)")
DEPUTY = pattern(
    "deput(?:y|ies) parliamentarians? mps? lawmakers? legislators?"
    " депутат(?:|а|ы|ов|у|ам|ом|ами|ах|е) парламентари(?:й|я|и|ев|ю|ям|ем|ями|ях)"
    " законодател(?:ь|я|и|ей|ю|ям|ем|ями|ях) избранник(?:|а|и|ов|у|ам|ом|ами|ах)"
)
SEAT = pattern("seats? mandates? мест(?:|о|а|у|ам|ом|ами|ах) мандат(?:|а|ы|ов|у|ам|ом|ами|ах)")
MEMBER = pattern(
    "members? representatives? delegates? член(?:|а|ы|ов|у|ам|ом|ами|ах)"
    " представител(?:ь|я|и|ей|ю|ям|ем|ями|ях) делегат(?:|а|ы|ов|у|ам|ом|ами|ах)"
)
PEOPLE = pattern("persons? people человек(?:|а|ам|ами|ах) людей")
DELEGATION = pattern(r"delegations? делегаци\w{1,4}")
# Words by which a sentence says of a delegation what it is made of.
SENDS = pattern(
    r"delegat\w* sen[dt]s? sending represent(?:s|ed)? consists? consisted consisting comprises?"
    r" делегаци\w* делегир\w* направ\w* представля\w* представлен\w* состо\w* насчитыва\w* вход\w* входят"
)
VOTES = pattern(r"vot(?:e|es|ed|ing) abstain\w* abstention\w* \w*голосова\w* воздерж\w*")
ADJECTIVE = pattern(
    "elected appointed full permanent national parliamentary people s"
    r" \w{3,}(?:ых|их|ым|им|ыми|ими|ого|его|ые|ие)"
)

NOT_AFTER_MEMBER = pattern("states? countries country state")
# What may stand between a number of deputies and those who send them.
LINK = pattern(
    r"of from for in the to s republic parliament representing sent by delegation от из в"
    r" республик\w* парламент\w* делегаци\w* состав\w* представля\w*"
)
FROM = pattern("from of for от из")
WITHIN = pattern("in в")
IN_A_DELEGATION = pattern("from of to at in and от из к на в и")
IS = pattern(
    r"is are was were of numbers? numbering totals? has have из насчитыва\w* составля\w* равн\w* числом"
    r" составил\w*"
)
MARK = re.compile(r"[:=(—–-]")
ENDS = re.compile(r"\s*[.,;:!?)…»”]")
FAR = 10
ADJECTIVES = 2
TIMES_TOO_MANY = 3


@dataclass(frozen=True)
class Finding:
    """What is typed, and the references of which one states it."""

    phrase: str
    offers: tuple


@dataclass(frozen=True)
class Count:
    """A number with its noun, from a place of a word to another."""

    start: int
    end: int
    number: int
    noun: str


def findings(text, chronicle, is_html=False):
    """Return the Findings in a text, in the order of the text."""
    text = REFERENCE.sub("\ufffc", plain(text) if is_html else text)
    holders = Holders(chronicle)
    found = []
    for sentence, words in sentences(text):
        if says(words, VOTES):
            continue
        if counts := [*_counts(words, sentence, holders)]:
            found += _in_sentence(sentence, words, counts, holders)
    return found


def says(words, pattern):
    return any(pattern.fullmatch(word.text) for word in words)


def _noun(word):
    for name, nouns in (
        ("senator", SENATOR),
        ("deputy", DEPUTY),
        ("seat", SEAT),
        ("member", MEMBER),
        ("people", PEOPLE),
    ):
        if nouns.fullmatch(word.text):
            return name
    return None


def _counts(words, sentence, holders):
    """Yield the Counts of a sentence."""
    place = 0
    while place < len(words):
        if found := number_at(words, place):
            number, after = found
            count = _before_noun(words, place, number, after, holders)
            if count := count or _after_noun(words, place, number, after, sentence):
                yield count
            place = after
        else:
            place += 1


def _before_noun(words, start, number, place, holders):
    """Return the Count of "7 deputies", «семь белорусских депутатов», "11-member"."""
    for at in range(place, min(place + ADJECTIVES + 1, len(words))):
        word = words[at]
        if not is_near(word):
            return None
        following = words[at + 1].text if at + 1 < len(words) else ""
        noun = _noun(word)
        if noun and not (word.text == "people" and following == "s"):
            if noun == "member" and NOT_AFTER_MEMBER.fullmatch(following):
                return None
            return Count(start, at + 1, number, noun)
        if not (ADJECTIVE.fullmatch(word.text) or holders.state_at(words, at)):
            return None
    return None


def _after_noun(words, start, number, after, sentence):
    """Return the Count of "deputies of the State Duma: 10", «делегация из 11», "seats are 7"."""
    following = words[after] if after < len(words) else None
    gap = following.gap if following else sentence[words[after - 1].end :]
    is_last = not following or bool(ENDS.match(gap))
    if not start or "%" in gap or not (is_last or IN_A_DELEGATION.fullmatch(following.text)):
        return None
    if not (MARK.search(words[start].gap) or IS.fullmatch(words[start - 1].text)):
        return None
    for at in range(start - 1, max(start - FAR, -1), -1):
        noun = _noun(words[at])
        if (
            DELEGATION.fullmatch(words[at].text)
            and at == start - 2
            and IS.fullmatch(words[start - 1].text)
        ):
            return Count(at, after, number, "people")
        if noun:
            return Count(at, after, number, noun) if is_last else None
        if any(mark in words[at].gap for mark in ";:(") and at != start:
            return None
    return None


def _in_sentence(sentence, words, counts, holders):
    mentions = holders.mentions(words)
    for count in sorted({*counts, *_without_noun(words, mentions)}, key=lambda count: count.start):
        if any(each.start < count.start and count.end <= each.end for each in mentions):
            continue
        mention = _whose(words, count, mentions, _is_of_others(sentence, words, count, mentions))
        if mention is None:
            continue
        named = _narrowed(mention, mentions, holders, count)
        most = max(holder.most_seats for holder in named)
        if most and count.number > TIMES_TOO_MANY * most:
            continue
        first = words[min(count.start, mention.start)].start
        last = words[max(count.end, mention.end) - 1].end
        yield Finding(
            " ".join(sentence[first:last].split()),
            tuple(dict.fromkeys(_offer(holder, count.noun) for holder in named)),
        )


def _without_noun(words, mentions):
    """Yield the Counts in which a number of those counted before is said of a chamber.

    "11 deputies, 7 from the House of Representatives and 4 from the Council of the Republic".
    """
    for mention in mentions:
        place = mention.start - 1
        while place >= 0 and words[place].text == "the":
            place -= 1
        if place > 0 and not mention.is_state and FROM.fullmatch(words[place].text):
            found = number_at(words, place - 1)
            if found and found[1] == place:
                yield Count(place - 1, place, found[0], "deputy")


def _is_of_others(sentence, words, count, mentions):
    """Return whether an unknown name follows: "three deputies of the Bundestag"."""
    place = count.end
    while place < len(words) and (words[place].text == "the" or FROM.fullmatch(words[place].text)):
        place += 1
    return (
        place < len(words)
        and sentence[words[place].start].isupper()
        and not words[place].gap.strip()
        and not any(mention.start == place for mention in mentions)
    )


def _whose(words, count, mentions, is_of_others):
    """Return the Mention that the count belongs to, or None."""
    is_sent, of_delegation = says(words, SENDS), says(words, DELEGATION)
    fit = []
    for mention in mentions:
        distance = mention.distance(count.start, count.end)
        if distance > FAR:
            continue
        if _is_attached(words, count, mention, mentions) and (
            count.noun != "people" or of_delegation
        ):
            fit.append((0, distance, mention))
        elif not is_of_others and (
            of_delegation or (is_sent and count.noun in {"deputy", "senator", "seat"})
        ):
            # Who sends is said before, and another sender after "and".
            fit.append((1 if mention.start < count.start else 2, distance, mention))
    if not fit:
        return None
    nearest = min(fit, key=lambda each: each[:2])[2]
    if nearest.is_state:
        # "From Belarus’s House of Representatives" is of the House.
        last, parliament = max(nearest.end, count.end), nearest.holders[0].parliament
        for mention in mentions:
            is_its = any(each.parliament == parliament for each in mention.holders)
            if is_its and not mention.is_state and 0 <= mention.start - last <= 2:
                return mention
    return nearest


def _is_attached(words, count, mention, mentions):
    """Return whether nothing parts the mention from the count but what joins them."""
    if mention.start < count.end and mention.end > count.start:
        return True
    if mention.start >= count.end:
        states = {
            place for each in mentions if each.is_state for place in range(each.start, each.end)
        }
        between = [words[at] for at in range(count.end, mention.start) if at not in states]
        # "20 members from Russia" may be members of anything.
        is_open = mention.is_state and (
            count.noun in {"member", "people", "seat"} or says(between, WITHIN)
        )
        return all(LINK.fullmatch(word.text) for word in between) and (
            not is_open or says(between, DELEGATION)
        )
    if mention.end != count.start or count.noun == "people":
        return False
    before = words[mention.start - 1].text if mention.start else ""
    return bool(MARK.search(words[count.start].gap)) or before in {"from", "for", "от"}


def _narrowed(mention, mentions, holders, count):
    """Return the holders that are meant, by the state that is said right after a name."""
    named = mention.holders
    if not mention.is_state:
        states = [each for each in mentions if each.is_state and 0 <= each.start - mention.end <= 3]
        if len(named) > 1 and not states:
            states = [each for each in mentions if each.is_state]
        if states:
            state = states[0].holders[0]
            named = tuple(h for h in named if h.parliament == state.parliament) or (state,)
    if count.noun == "senator":
        upper = [
            chamber
            for holder in named
            if not holder.is_chamber
            for chamber in holders.of_parliament[holder.parliament][1]
            if chamber.is_upper
        ]
        named = tuple(upper) or named
    return named


def _offer(holder, noun):
    if not holder.is_chamber:
        return tag("seats", holder.code)
    return tag("chamber-seats" if noun == "seat" else "deputies", holder.code)
