"""Calendars of days (RFC 5545), for programs that subscribe to them."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language

from cstopa.http.feeds import FIRST_DAY, printable
from cstopa.models.periods import ONE_DAY

CONTENT_TYPE = "text/calendar; charset=utf-8"
# A calendar has one component at least. Days are those of TIME_ZONE, as it has been since 2014.
TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{settings.TIME_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:20141026T020000",
    "TZOFFSETFROM:+0400",
    "TZOFFSETTO:+0300",
    "END:STANDARD",
    "END:VTIMEZONE",
)
# In octets, the line break not among them.
LONGEST = 75


def text_value(words):
    """Return words as the value of a property of text."""
    words = re.sub(r"[\\;,]", r"\\\g<0>", printable(words))
    return re.sub(r"\r\n|\r|\n", r"\\n", words)


def folded(line):
    """Return a line as several, each but the first after a space, that break inside no character."""
    parts, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > LONGEST:
            parts.append(" ")
            size = 1 + len(character.encode())
        parts[-1] += character
    return "\r\n".join(parts)


def day_value(day):
    return f"{day:%Y%m%d}"


def event(key, day, summary, description, address, changed_at):
    """Yield the lines of an event of a whole day, which keeps nobody busy."""
    host = urlsplit(settings.SITE_URL).hostname
    yield "BEGIN:VEVENT"
    yield f"UID:{key}@{host}"
    yield f"DTSTAMP:{changed_at or FIRST_DAY:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day_value(day)}"
    yield f"DTEND;VALUE=DATE:{day_value(day + ONE_DAY)}"
    yield f"SUMMARY:{text_value(summary)}"
    yield f"DESCRIPTION:{text_value(description)}"
    yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def calendar(name, address, events):
    """Return a calendar; ``events`` are dictionaries of what :func:`event` takes, moments in UTC."""
    host, language = urlsplit(settings.SITE_URL).hostname, get_language()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//calendar//{language.upper()}",
        f"NAME:{text_value(name)}",
        f"X-WR-CALNAME:{text_value(name)}",
        f"URL:{address}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *TIME_ZONE,
        *(line for each in events for line in event(**each)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)
