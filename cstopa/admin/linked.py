"""What links to a row: the texts in which its address stands, also an earlier one of it."""

import re
from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import NoReverseMatch
from django.utils import translation

from cstopa.languages import LANGUAGES
from cstopa.models.fields import LineField, ProseField
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.models.trash import kinds

# Of earlier addresses the last ones.
MOST_SLUGS = 20
# No index has the addresses in a text: so many of the newest texts are read.
LOOKED_THROUGH = 2_000


def linking(request, site, row, most):
    """Return the first rows, one more than ``most`` at the most, whose texts link to a row.

    They are those that their reader may see. Two queries for each kind of texts, however many link,
    read the newest texts once.
    """
    addresses, found = addresses_of(row), []
    for pages, texts in _seen(request, site) if addresses else ():
        rows = _newest(pages.model, pages.joined).filter(_having(texts, addresses))
        if isinstance(row, pages.model):
            rows = rows.exclude(pk=row.pk)
        found += rows[: most + 1 - len(found)]
    return found


def linking_each(request, site, rows, most):
    """Return ``{key: rows that link to it}`` for rows of one model, as linking() says of one.

    Four queries for each kind of texts, however many rows there are.
    """
    found = defaultdict(list)
    keys = {each: row.pk for row, own in addresses_of_each(rows) for each in own}
    if not keys:
        return found
    # Each ends with a slash: one slug is not the beginning of another.
    address = re.compile("|".join(map(re.escape, keys)))
    beginnings = {_up_to_slug(each) for each in keys}
    for pages, texts in _seen(request, site):
        linked = defaultdict(list)
        having = (
            _newest(pages.model, pages.joined)
            .filter(_having(texts, beginnings))
            .values_list("pk", *texts)
        )
        for key, *html in having.iterator():
            for to in {keys[each] for each in address.findall(" ".join(html))}:
                is_itself = key == to and isinstance(rows[0], pages.model)
                if not is_itself and len(found[to]) + len(linked[to]) <= most:
                    linked[to].append(key)
        whole = _newest(pages.model, pages.joined).in_bulk(
            {key for keys_of in linked.values() for key in keys_of}
        )
        for to, keys_of in linked.items():
            found[to] += [whole[key] for key in keys_of if key in whole]
    return found


def found_in_texts(words):
    """Return one of some words that stands in one of the newest texts, or at its head, whoever may see it; or "".

    They are addresses, as of addresses_of_each(), and ends of references, ":code]]". Two queries for each
    kind of texts, however many words.
    """
    if not words:
        return ""
    pattern = re.compile("|".join(map(re.escape, words)))
    beginnings = {_up_to_slug(each) if each.startswith("/") else "[[" for each in words}
    for model, _html in _kinds_with_texts():
        texts = _said_in(model)
        rows = _newest(model).filter(_having(texts, beginnings)).values_list(*texts)
        for row in rows.iterator():
            if found := pattern.search(" ".join(row)):
                return found[0]
    return ""


def _up_to_slug(address):
    return address[: address.rstrip("/").rindex("/") + 1]


def _said_in(model):
    return [each.name for each in model._meta.fields if isinstance(each, (LineField, ProseField))]


def _kinds_with_texts():
    """Yield each kind that has texts, and their names."""
    for model in kinds():
        fields = model._meta.fields
        if texts := [each.name for each in fields if isinstance(each, SanitisedHTMLField)]:
            yield model, texts


def _seen(request, site):
    """Yield the pages of each kind of texts that their reader may see, and the names of the texts."""
    for model, texts in _kinds_with_texts():
        pages = site.get_model_admin(model) if site.is_registered(model) else None
        if pages and pages.has_view_or_change_permission(request):
            yield pages, texts


def _newest(model, joined=()):
    every = model._base_manager.order_by("-pk")
    # Whole: the texts of a row say in which language it is named.
    rows = every.select_related(*joined) if joined else every
    # As a number: of what a query inside says PostgreSQL expects much, and reads the whole table.
    for oldest in every.values_list("pk", flat=True)[LOOKED_THROUGH - 1 : LOOKED_THROUGH]:
        rows = rows.filter(pk__gte=oldest)
    return rows


def _having(texts, words):
    return reduce(or_, (Q((f"{name}__contains", each)) for name in texts for each in words))


def addresses_of(row):
    """Return the paths of the page of a row, by its slugs of today and before, without a language."""
    return next((addresses for _row, addresses in addresses_of_each([row])), [])


def addresses_of_each(rows):
    """Yield each of the rows, of one model, that has a page, with its addresses."""
    before = defaultdict(set)
    if rows and hasattr(rows[0], "slug"):
        versions = type(rows[0]).history.filter(id__in=[row.pk for row in rows]).order_by()
        for key, slug in versions.values_list("id", "slug").distinct():
            if len(before[key]) < MOST_SLUGS:
                before[key].add(slug)
    for row in rows:
        slug = getattr(row, "slug", "")
        if not slug or not hasattr(row, "get_absolute_url"):
            continue
        try:
            with translation.override(LANGUAGES[0]):
                path = row.get_absolute_url()
        except NoReverseMatch:
            continue
        slugs = sorted({slug, *before[row.pk]})
        yield row, [path.replace(f"/{slug}/", f"/{each}/") for each in slugs]
