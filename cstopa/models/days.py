"""Days as people type them: 31.12.2025, 31 December 2025, 31 декабря 2025 г."""

import datetime as dt
import re
import unicodedata
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cstopa.languages import LANGUAGES

# ISO 8601 as this site takes it; Python's own readers take more than they should.
ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBERS = re.compile(r"([0-9]{1,4})([-./ ])([0-9]{1,2})\2([0-9]{1,4})")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+)[., ] ?(?P<year>[0-9]{4})")
MONTH_FIRST = re.compile(r"(?P<month>[^\W\d_]+)[. ] ?(?P<day>[0-9]{1,2})[, ] ?(?P<year>[0-9]{4})")
# What stands beside a number, or after a year, and says nothing more.
ORDINAL = re.compile(r"(?<=[0-9])(st|nd|rd|th|-го)\b")
YEAR = re.compile(r"(?<=[0-9])\s?(г|год|года)?\.?\Z")
AROUND_SIGNS = re.compile(r"(?<=[0-9])\s*([-./])\s*(?=[0-9])")
# The time of a moment, of which the day stands before it.
TIME = re.compile(
    r"(?:\s*,\s*|\s+(?:(?:at|в)\s+)?|(?<=[0-9])t)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*\Z"
)
LONGEST = 60

UNREADABLE = _("Write a day, for example 31.12.2025 or 31\N{NO-BREAK SPACE}December 2025.")
NO_SUCH_DAY = _("There is no such day in the calendar.")
NO_SUCH_TIME = _("There is no such time of the day.")
NO_TIME = _("Write the time, too: 2027-10-01 09:00.")
AMBIGUOUS = _("This may be %(first)s or %(second)s: write the month as a word.")


@cache
def months():
    """Return the number of a month by each of its names, in all languages and forms."""
    numbers = {}
    for language in LANGUAGES:
        with override(language):
            for number in MONTHS:
                for names in (MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP):
                    numbers[str(names[number]).lower().rstrip(".")] = number
    return numbers


def read_day(text):
    """Return the day that somebody typed. A ``ValidationError`` says why there is none.

    Numbers between points go from the day to the year; of others the order is not known.
    """
    text = _tidied(text)
    text = AROUND_SIGNS.sub(r"\1", YEAR.sub("", ORDINAL.sub("", text)))
    if found := NUMBERS.fullmatch(text):
        first, sign, second, third = found.groups()
        if len(first) == 4 and len(third) < 3:
            return _day(first, second, third)
        if len(first) < 3 and len(third) == 4:
            return _by_order(sign, int(first), int(second), int(third))
    found = DAY_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text)
    if found and (month := months().get(found["month"])):
        return _day(found["year"], month, found["day"])
    raise ValidationError(UNREADABLE, "unreadable")


def read_moment(text):
    """Return the day and the time, in no time zone, that somebody typed, as :func:`read_day` does."""
    text = _tidied(text)
    time = TIME.search(text)
    day = read_day(text[: time.start()] if time else text)
    if not time:
        raise ValidationError(NO_TIME, "no_time")
    try:
        return dt.datetime.combine(day, dt.time(*(int(each or 0) for each in time.groups())))
    except ValueError as error:
        raise ValidationError(NO_SUCH_TIME, "invalid") from error


def _tidied(text):
    text = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).lower().split())
    if len(text) > LONGEST:
        raise ValidationError(UNREADABLE, "unreadable")
    return text


def _by_order(sign, first, second, year):
    if sign == "." or first == second or first > 12:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    # It knows of days that are read here.
    from cstopa.models.periods import day_in_words

    days = (_day(year, second, first), _day(year, first, second))
    raise ValidationError(
        AMBIGUOUS,
        "ambiguous",
        {
            "first": day_in_words(days[0]),
            "second": day_in_words(days[1]),
            "first_iso": days[0],
            "second_iso": days[1],
        },
    )


def _day(year, month, day):
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValidationError(NO_SUCH_DAY, "invalid") from error
