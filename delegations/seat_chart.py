"""The seats of a delegation as a half circle: where each lies, and what is known of its holder.

Each chamber has a wedge and a shape of its own, in the order of its parliament, and each state of a
seat its manner of drawing, so that nothing is told by colour alone, and nothing by the stylesheet.
Wedges are numbered where there are more of them than shapes. A number that is not recorded has no
seats to draw, and members above the number of seats have none: words say so beside it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, cycle, pairwise
from math import cos, hypot, isqrt, pi, sin

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from delegations.composition import SeatCount

# From the middle of a seat to the next, in the units of the drawing, which are pixels where there
# is room. A seat is drawn in whole units and takes up less than a pitch each way.
PITCH = 28
MARGIN = 15
# In pitches: the radius of the smallest arc, and the room between the wedges of two chambers.
SMALLEST, GAP = 1.2, 0.9
# The outline of a seat about its middle for each shape, and a small one, which is still told from
# the others where hundreds of seats share a narrow screen. Two outlines that are a pitch apart in any
# direction stay clear of each other.
SHAPES = {
    "round": ("m-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0z", "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
    "square": ("m-8-8h16v16h-16z", "m-3.5-3.5h7v7h-7z"),
    "diamond": ("m-12 0l12-12l12 12l-12 12z", "m-5 0l5-5l5 5l-5 5z"),
}


class SeatState(TextChoices):
    """What is known of the holder of a seat."""

    FILLED = "filled", _("filled")
    POSSIBLE = "possible", _("possibly filled")
    VACANT = "vacant", _("vacant")
    UNRECORDED = "unrecorded", _("names not published here")


# How they are drawn, so that each differs from the others without a colour.
HOLLOW = {SeatState.VACANT, SeatState.POSSIBLE}
SMALL = {SeatState.UNRECORDED, SeatState.POSSIBLE}


@dataclass(frozen=True)
class Seats:
    """The seats of one chamber in one state: the middle of each, in the units of the drawing."""

    part: SeatCount
    state: SeatState
    shape: str
    places: tuple
    number: int | None = None

    def _path(self, places):
        outline, small = SHAPES[self.shape]
        shape = small if self.state in SMALL else outline
        return "".join(f"M{x} {y}{shape}" for x, y in places)

    @property
    def fill(self):
        return "none" if self.state in HOLLOW else "currentColor"

    @property
    def path(self):
        return self._path(self.places)

    @property
    def mark(self):
        """One of them about the middle of a drawing of its own, for the legend."""
        return self._path([(0, 0)])


def rows(seats, gaps):
    """Return how wide a gap between wedges is, as an angle, and ``(radius, seats)`` of each row.

    The rows are a pitch apart, and so are, at least, the seats of a row and the two ends of a gap.
    """
    number = max(isqrt(seats // 4), 1)
    smallest = SMALLEST
    while True:
        radii = [smallest + row for row in range(number)]
        gap = GAP / (sum(radii) / number)
        ends = [round(seats * each / sum(radii)) for each in accumulate(radii)]
        counts = [end - start for start, end in pairwise([0, *ends])]
        room = pi - gap * gaps
        if all(count - 1 <= room * radius for radius, count in zip(radii, counts, strict=True)):
            return gap, list(zip(radii, counts, strict=True))
        smallest += 0.05


@lru_cache(maxsize=200)
def places(*chambers):
    """Return the middles of the seats of each chamber, given by their numbers, from left to right."""
    gap, arcs = rows(sum(chambers), len(chambers) - 1)
    # Few seats take less than the whole half circle.
    span = min(
        pi - gap * (len(chambers) - 1),
        max((count - 1) * 1.15 / radius for radius, count in arcs),
    )
    start = (pi - span - gap * (len(chambers) - 1)) / 2
    along = sorted(
        (seat / (count - 1) if count > 1 else 0.5, -radius)
        for radius, count in arcs
        for seat in range(count)
    )
    middles = []
    for wedge, (first, end) in enumerate(pairwise(accumulate(chambers, initial=0))):
        angles = [(start + wedge * gap + share * span, minus) for share, minus in along[first:end]]
        middles.append(
            [
                (round(minus * PITCH * cos(angle)), round(minus * PITCH * sin(angle)))
                for angle, minus in angles
            ]
        )
    return middles


class SeatChart(SeatCount):
    """The drawing of the seats on record: of chambers, or of delegations, each a wedge.

    ``chambers`` are those that have any; the others are ``undrawn``.
    """

    def __init__(self, chambers):
        self.chambers = [part for part in chambers if part.seats]
        self.undrawn = [part for part in chambers if not part.seats]
        self.wedges = places(*(part.seats for part in self.chambers)) if self.chambers else []
        self.is_numbered = len(self.chambers) > len(SHAPES)

    @cached_property
    def groups(self):
        """The Seats of each chamber and state, in the order in which they lie."""
        groups = []
        wedges = zip(self.chambers, self.wedges, cycle(SHAPES), strict=False)
        for number, (part, of_part, shape) in enumerate(wedges, 1):
            others = part.possible, part.known_vacant, part.unrecorded
            bounds = [0, *accumulate((part.seats - sum(others), *others))]
            for state, (first, end) in zip(SeatState, pairwise(bounds), strict=True):
                if first < end:
                    seats = tuple(of_part[first:end])
                    label = number if self.is_numbered else None
                    groups.append(Seats(part, state, shape, seats, label))
        return groups

    @cached_property
    def numbers(self):
        """``(number, x, y)`` of each wedge, outside of its seats, where shapes alone repeat."""
        if not self.is_numbered:
            return []
        numbers = []
        reach = self.outermost + self.number_size
        for number, seats in enumerate(self.wedges, 1):
            x, y = (sum(along) for along in zip(*seats, strict=True))
            length = hypot(x, y)
            numbers.append((number, round(x / length * reach), round(y / length * reach)))
        return numbers

    @cached_property
    def box(self):
        """The left and upper edge, the width and the height of the drawing."""
        marks = [place for wedge in self.wedges for place in wedge]
        marks += [(x, y) for _number, x, y in self.numbers]
        xs, ys = zip(*marks, strict=True)
        # The number of seats stands in the middle: the drawing is as wide to its left as to its right.
        margin = max(MARGIN, self.number_size)
        side = max(margin + max(abs(x) for x in xs), PITCH)
        top = min(ys) - margin
        return -side, top, 2 * side, max(max(ys), 0) + margin - top

    @cached_property
    def outermost(self):
        """How far the seats go from the middle."""
        return max(hypot(x, y) for wedge in self.wedges for x, y in wedge) + MARGIN

    @property
    def number_size(self):
        """The size of the number of a wedge, which grows with its room; 0 where there is none."""
        if not self.is_numbered:
            return 0
        return max(16, round(self.outermost / max(12, len(self.chambers) / 2)))

    @property
    def text_size(self):
        """The size of the number of seats in the middle, which no seat touches."""
        inner = min(max(abs(x), abs(y)) for wedge in self.wedges for x, y in wedge)
        return round(inner * 0.6)

    @property
    def legend(self):
        """``(number, part, shape, outline of a seat)`` of each wedge; the number may be None."""
        shapes = cycle((name, outline) for name, (outline, _small) in SHAPES.items())
        wedges = enumerate(zip(self.chambers, shapes, strict=False), 1)
        return [
            (number if self.is_numbered else None, part, name, f"M0 0{outline}")
            for number, (part, (name, outline)) in wedges
        ]

    @property
    def states(self):
        """The first Seats of each state that is drawn."""
        return [*{group.state: group for group in reversed(self.groups)}.values()][::-1]

    @property
    def columns(self):
        """How many columns of the table stand beside that of the seats."""
        counted = 2 if self.filled is not None else 0
        unrecorded = counted and self.unrecorded
        return counted + sum(map(bool, (self.possible, unrecorded, self.surplus)))

    @property
    def drawing_in_words(self):
        """What stands for the drawing where it is not seen."""
        words = ngettext(
            "Drawing of %(number)s seat: %(words)s",
            "Drawing of %(number)s seats: %(words)s",
            self.seats,
        )
        return words % {"number": self.seats, "words": self.in_words}

    @property
    def in_words(self):
        """What the drawing says of all its seats together, without a name: "7 of 11 seats filled"."""
        return self.seats_in_words if self.is_reconciled else super().in_words
