"""The seats of a delegation as one picture that pages of others show: all that it says stands in it."""

from dataclasses import dataclass, replace
from textwrap import wrap
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cstopa.http.addresses import absolute, as_of
from cstopa.http.feeds import printable
from cstopa.models.periods import day_in_words, today
from delegations.seat_chart import SeatChart, Seats

MARGIN = 16
# What a letter takes on an average of its size, in either script.
LETTER, BOLD_LETTER = 0.55, 0.6
# At most so many sources are named, each so far.
SOURCES, LONGEST = 3, 120


class Size(TextChoices):
    """The width for which the picture is set, at which it is a square; a frame may scale it."""

    SMALL = "small", gettext_lazy("small")
    MEDIUM = "medium", gettext_lazy("medium")
    LARGE = "large", gettext_lazy("large")

    @property
    def pixels(self):
        return {"small": 320, "medium": 480, "large": 640}[self.value]


@dataclass(frozen=True)
class Line:
    """A line of text by its baseline; ``group`` are the seats whose mark stands before it."""

    words: str
    y: int
    size: int
    x: int = MARGIN
    is_heading: bool = False
    group: Seats | None = None
    address: str = ""

    @property
    def mark_y(self):
        """The upper edge of the mark."""
        return self.y - self.size


class SeatPicture:
    """Texts, the drawing and the legend, laid out one below another."""

    def __init__(self, composition, size):
        self.composition, self.day = composition, composition.day
        self.name = composition.delegation.name_on(self.day)
        self.chart = SeatChart(composition.chambers)
        self.width, self.lines, self._y = size.pixels, [], MARGIN
        self._add(self.title, 16, is_heading=True)
        top = self._y + 8
        below = len(self.lines)
        self._y = 8
        for group in self.chart.groups:
            self._add(self._meaning(group), 13, group=group)
        self._y += 8
        for words in self._notes():
            self._add(words, 12)
        page = absolute(composition.delegation.get_absolute_url())
        self._add(page.partition("://")[2], 12, address=page)
        self._y += MARGIN
        # What is left of a square is the drawing's.
        is_drawn = self.chart.seats is not None
        least = self.width // 3 if is_drawn else 0
        self.drawing = MARGIN, top, self.width - 2 * MARGIN, max(self.width - top - self._y, least)
        end = top + (self.drawing[3] if is_drawn else 0)
        self.lines[below:] = [replace(line, y=line.y + end) for line in self.lines[below:]]
        self.height = max(self.width, end + self._y)

    def _add(self, words, size, group=None, **others):
        x = MARGIN + 22 if group else MARGIN
        letter = BOLD_LETTER if others.get("is_heading") else LETTER
        letters = int((self.width - x - MARGIN) / (size * letter))
        for words_of_line in wrap(printable(words), letters):
            self._y += size + 5
            self.lines.append(Line(words_of_line, self._y, size, x, group=group, **others))
            group = None
        self._y += 3

    @property
    def title(self):
        return titled(self.name)

    @property
    def description(self):
        """All that it shows, in words."""
        return " ".join(line.words for line in self.lines)

    def _meaning(self, group):
        number = len(group.places)
        words = ngettext("%(number)s seat", "%(number)s seats", number) % {"number": number}
        if not self.composition.is_unicameral:
            words = f"{group.part.chamber.title_on(self.day).plain}: {number}"
        label = f"{group.number}. " if group.number else ""
        return f"{label}{words} ({group.state.label})"

    def _notes(self):
        if self.chart.seats is None:
            yield _("Seats: not recorded.")
        participation = self.composition.participation
        if participation and participation.status != participation.Status.MEMBER:
            yield _("Participation: %(status)s") % {"status": participation.get_status_display()}
        for part in self.chart.undrawn if self.chart.chambers else ():
            yield _("Not drawn: the seats of %(chamber)s, whose number is not recorded.") % {
                "chamber": part.chamber.title_on(self.day).plain
            }
        if self.chart.surplus:
            words = ngettext(
                "Not drawn: %(number)s member on record for whom there is no seat.",
                "Not drawn: %(number)s members on record for whom there is no seat.",
                self.chart.surplus,
            )
            yield words % {"number": self.chart.surplus}
        yield _("As of %(day)s.") % {"day": day_in_words(self.day)}
        allocations = [part.allocation for part in self.chart.chambers]
        if any(each.is_undated for each in allocations):
            yield _("Seats without dates: no document says since when they hold.")
        sources = list(dict.fromkeys(each.source.title.plain for each in allocations))
        titles = [Truncator(title).chars(LONGEST) for title in sources[:SOURCES]]
        if len(sources) > SOURCES:
            titles.append("…")
        if titles:
            yield _("Source: %(title)s") % {"title": "; ".join(titles)}


def titled(name):
    return _("Seats of the delegation: %(name)s") % {"name": name.plain}


def address_of(delegation, size, day):
    """Return the address of a picture, which keeps a day that was asked for."""
    path = reverse("delegations:seats-svg", args=[delegation.slug])
    asked = {"size": size.value} | ({"date": day.isoformat()} if day else {})
    return f"{absolute(path)}?{urlencode(asked)}"


def framed(delegation, day, size, pixels=None):
    """Return the HTML by which a page shows the picture.

    A frame, and no image: its texts, numbers among them, follow the record, and none is written
    into the page that shows it.
    """
    title = titled(delegation.name_on(day or today()))
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        address_of(delegation, size, day),
        title,
        *[pixels or size.pixels] * 2,
    )


def oembed_address(delegation, day):
    """Return the address at which oEmbed describes the page of a delegation, as of a day."""
    page = as_of(absolute(delegation.get_absolute_url()), day)
    return f"{absolute(reverse('delegations:oembed-json'))}?{urlencode({'url': page})}"
