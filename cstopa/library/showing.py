"""A picture as pages, feeds and other sites show it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cstopa.http.addresses import absolute
from cstopa.languages import Text
from cstopa.library.files import TYPES
from cstopa.library.models import name_of

# For how long a preview shows what nothing public does.
SEEN = dt.timedelta(days=1)
signer = TimestampSigner(salt="library.preview")


def may_see(token, signature):
    """Return whether a preview, not long ago, has given somebody the address of a picture."""
    try:
        return signer.unsign(signature, max_age=SEEN) == token
    except BadSignature:
        return False


@dataclass(frozen=True)
class ShownPicture:
    """The renditions of a picture, with what is said of it in the language of the reader.

    ``query`` is that of its addresses where it is not public.
    """

    token: str
    drawn: tuple
    alternative: Text
    caption: Text
    credit: Text
    query: str = ""

    def address(self, each):
        return reverse("library:rendition", args=[self.token, name_of(each)]) + self.query

    def of(self, shape):
        """Return ``{kind: renditions}`` of a shape, from the narrowest, the kind to fall back on last."""
        kinds = {}
        for each in self.drawn:
            if each["shape"] == shape:
                kinds.setdefault(each["kind"], []).append(each)
        return kinds

    def sources(self, shape):
        """Return ``(type, srcset)`` of each kind, the one to fall back on last."""
        return [
            (TYPES[kind], ", ".join(f"{self.address(each)} {each['width']}w" for each in found))
            for kind, found in self.of(shape).items()
        ]

    def fallback(self, shape):
        """Return the rendition that any program can show."""
        [*_others, found] = self.of(shape).values()
        return found[min(1, len(found) - 1)]

    @cached_property
    def sharing(self):
        """What other sites show of a page: address, width, height, words."""
        [*_others, found] = self.of("wide").values()
        each = found[min(2, len(found) - 1)]
        address = absolute(self.address(each))
        return {"address": address, "alternative": self.alternative.plain, **each}

    @property
    def html(self):
        """The picture for where no page is, such as a feed."""
        each = self.fallback("whole")
        return format_html(
            '<p><img src="{}" width="{}" height="{}" alt="{}"></p>',
            absolute(self.address(each)),
            each["width"],
            each["height"],
            self.alternative.plain,
        )

    @property
    def figure(self):
        """The same, with what is said of it."""
        said = [each.plain for each in (self.caption, self.credit) if each]
        return self.html + format_html_join("", "<p>{}</p>", ([each] for each in said))


def shown(picture, is_public=True):
    """Return a Picture as ShownPicture; None where there is none, or what it is now is not drawn yet."""
    renditions = getattr(picture, "renditions", None)
    if renditions is None or not renditions.are_of(picture):
        return None
    said = Text("", "") if picture.is_decorative else picture.alternative
    query = "" if is_public else f"?seen={signer.sign(renditions.token)}"
    return ShownPicture(
        *(renditions.token, tuple(renditions.drawn), said, picture.caption, picture.credit, query)
    )
