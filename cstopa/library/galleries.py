"""The pictures of texts, as pages, feeds and data show them."""

from functools import cached_property

from django.template.loader import render_to_string

from cstopa.library.models import Picture
from cstopa.library.references import OPENING, PARAGRAPH, codes_in
from cstopa.library.showing import shown


class Gallery:
    """The pictures of texts that are shown together: one query, and none where they have no picture.

    ``is_public``: something public shows them, or this is a preview.
    """

    def __init__(self, *texts, is_public=True):
        self.codes = codes_in(*texts)
        self.is_public = is_public

    @cached_property
    def rows(self):
        """``{code: Picture}``."""
        if not self.codes:
            return {}
        rows = Picture.objects.filter(code__in=self.codes).select_related("renditions")
        return {row.code: row for row in rows}

    def in_page(self, html):
        """Return a sanitised text with its pictures as figures of a page."""
        return self._with(html, lambda each: render_to_string("_figure.html", {"picture": each}))

    def elsewhere(self, html):
        """Return a sanitised text with its pictures as they are shown where no page of the site is."""
        return self._with(html, lambda each: each.figure)

    def _with(self, html, figure):
        if OPENING not in html:
            return html

        def put(found):
            # In the language that is active.
            picture = shown(self.rows.get(found[1]), self.is_public)
            # Readers are shown nothing of what is not there, or not yet.
            return figure(picture) if picture else ""

        return PARAGRAPH.sub(put, html)


def words_of(*texts):
    """Return ``{code: what a picture is called}`` of the pictures in texts."""
    codes = codes_in(*texts)
    return {row.code: str(row) for row in Picture.objects.filter(code__in=codes)} if codes else {}


def lacking(*texts):
    """Return the codes in texts by which there is no picture."""
    codes = codes_in(*texts)
    if not codes:
        return []
    known = set(Picture.objects.filter(code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code not in known]
