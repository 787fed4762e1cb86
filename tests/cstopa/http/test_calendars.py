"""Calendars are read as RFC 5545 has it: unfolded, taken apart and put together again."""

import datetime as dt
import re

import pytest

from cstopa.http.calendars import calendar

DAY = dt.date(2026, 12, 31)
MOMENT = dt.datetime(2026, 11, 26, 9, 30, 15, 123456, tzinfo=dt.UTC)
ODD = [
    "Semicolons; commas, a backslash \\ and a colon: all of one text",
    "Two\nlines, and\r\nthree",
    "Парламентская Ассамблея Организации Договора о коллективной безопасности " * 3,
    "😀" * 60,
    "BEGIN:VEVENT",
    "a\x00control\x0bsign",
    "",
]


def lines(text):
    """Return ``(name, parameters, value)`` of each line; a fold is a line break and a space."""
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert not [each for each in physical if "\n" in each or "\r" in each]
    # A fold that broke a character would not be UTF-8 any more.
    assert all(len(each.encode()) <= 75 for each in physical)
    found = []
    for line in re.sub("\r\n[ \t]", "", text[:-2]).split("\r\n"):
        name, parameters, value = re.fullmatch(r"([A-Z-]+)((?:;[^:;]+)*):(.*)", line).groups()
        found.append((name, parameters, value))
    return found


def unescaped(value):
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def event(words, number=1):
    return {
        "key": f"office-chairman-{number}-start",
        "day": DAY,
        "summary": words,
        "description": words,
        "address": "http://testserver/people/ann/#chairman-1",
        "changed_at": MOMENT,
    }


@pytest.mark.parametrize("words", ODD)
def test_every_word_comes_back(words):
    found = lines(calendar(words, "http://testserver/", [event(words)]))
    clean = re.sub("\r\n", "\n", words).replace("\x00", "").replace("\x0b", "")
    of_event = {name: value for name, _parameters, value in found}
    for name in ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"):
        assert unescaped(of_event[name]) == clean, name
    assert [value for name, _some, value in found if name == "BEGIN"] == [
        *("VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT")
    ]


def test_an_event_is_of_a_whole_day_and_keeps_its_name():
    found = lines(calendar("Ahead", "http://testserver/", [event("a"), event("b", 2)]))
    days = [(n, p, v) for n, p, v in found if n in {"DTSTART", "DTEND"} and p]
    assert (
        days
        == [
            ("DTSTART", ";VALUE=DATE", "20261231"),
            ("DTEND", ";VALUE=DATE", "20270101"),
        ]
        * 2
    )
    assert [v for n, _p, v in found if n == "UID"] == [
        "office-chairman-1-start@testserver",
        "office-chairman-2-start@testserver",
    ]
    assert ("DTSTAMP", "", "20261126T093015Z") in found


def test_a_calendar_of_nothing_has_a_component_all_the_same():
    found = lines(calendar("Ahead", "http://testserver/", []))
    assert ("BEGIN", "", "VTIMEZONE") in found
    assert ("BEGIN", "", "VEVENT") not in found
