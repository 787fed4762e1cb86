"""What links to a row: the texts in which its address stands, also an earlier one of it."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import NoReverseMatch
from django.utils import translation

from cstopa.languages import LANGUAGES
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
    for model in kinds() if addresses else ():
        texts = [
            field.name for field in model._meta.fields if isinstance(field, SanitisedHTMLField)
        ]
        pages = site.get_model_admin(model) if site.is_registered(model) else None
        if not texts or not pages or not pages.has_view_or_change_permission(request):
            continue
        # Each ends with a slash: one slug is not the beginning of another.
        conditions = (Q((f"{name}__contains", address)) for name in texts for address in addresses)
        every = model._base_manager.order_by("-pk")
        rows = every.filter(reduce(or_, conditions))
        # As a number: of what a query inside says PostgreSQL expects much, and reads the whole table.
        for oldest in every.values_list("pk", flat=True)[LOOKED_THROUGH - 1 : LOOKED_THROUGH]:
            rows = rows.filter(pk__gte=oldest)
        if isinstance(row, model):
            rows = rows.exclude(pk=row.pk)
        # Whole: the texts of a row say in which language it is named.
        if pages.joined:
            rows = rows.select_related(*pages.joined)
        found += rows[: most + 1 - len(found)]
    return found


def addresses_of(row):
    """Return the paths of the page of a row, by its slugs of today and before, without a language."""
    slug = getattr(row, "slug", "")
    if not slug or not hasattr(row, "get_absolute_url"):
        return []
    try:
        with translation.override(LANGUAGES[0]):
            path = row.get_absolute_url()
    except NoReverseMatch:
        return []
    before = type(row).history.filter(id=row.pk).order_by().values_list("slug", flat=True)
    slugs = sorted({slug, *before.distinct()[:MOST_SLUGS]})
    return [path.replace(f"/{slug}/", f"/{each}/") for each in slugs]
