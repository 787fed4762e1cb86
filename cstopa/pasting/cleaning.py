"""One way for all that comes from elsewhere: see ``clean``."""

from dataclasses import dataclass

from cstopa.models.richtext import sanitise
from cstopa.pasting.blocks import written
from cstopa.pasting.markup import well_formed
from cstopa.pasting.reading import Reader


@dataclass(frozen=True)
class Cleaned:
    """``html`` is what a text may have; ``pictures`` were left out of it."""

    html: str
    pictures: int = 0


def cleaned(html, codes=None):
    """Return a Cleaned of HTML that any program wrote. Of words that are seen none is lost.

    ``codes`` are those of pictures of the library, by their ``src``. Raises ValidationError for what is too
    long or too deep.
    """
    reader = Reader(well_formed(html), codes or {})
    return Cleaned(sanitise("".join(written(reader.blocks))), reader.pictures)


def clean(html):
    """Return the HTML of :func:`cleaned` alone."""
    return cleaned(html).html
