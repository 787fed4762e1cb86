"""Links inside the site that lead nowhere by now: of what is public, and of what will be at its moment."""

from functools import cache

from django.apps import apps

from cstopa.hyperlinks.inside import follow
from cstopa.models.history import Version
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.publishing.checks import Links
from cstopa.publishing.models import Draft, Expiring
from cstopa.publishing.models.moments import PUBLISHED
from cstopa.publishing.models.versions import version_of


def dead_links():
    """Yield the row, a draft for the words that wait, and a Finding of each link that leads nowhere."""
    # Where many lead is looked at once.
    follow_once = cache(follow)
    for model in apps.get_models():
        texts = (isinstance(field, SanitisedHTMLField) for field in model._meta.fields)
        if issubclass(model, Version) or not any(texts):
            continue
        for row in _shown(model).order_by("pk").iterator():
            for finding in Links(_as_read(row), follow=follow_once).errors:
                yield row, finding


def _shown(model):
    """Return the rows that readers see, or will at a moment that is chosen."""
    rows = model._base_manager.all()
    if issubclass(model, Draft):
        return rows.filter(goes_public_at__isnull=False).select_related("live")
    return rows.filter(status=PUBLISHED) if issubclass(model, Expiring) else rows


def _as_read(row):
    if not isinstance(row, Draft):
        return row
    # What goes public is one version of it.
    version = version_of(row, row.scheduled_version)
    for field in row.content() if version else ():
        if not field.many_to_many:
            setattr(row, field.attname, getattr(version, field.attname))
    return row.as_live()
