"""Files are public as long as something public shows them."""

from django.db.models import Exists, OuterRef, Q


def published(model):
    """Return the rows of a model that the public sees, none of one of which it sees none."""
    rows = model._default_manager
    return rows.published() if hasattr(rows, "published") else rows.none()


def promised(model):
    """Return those that it sees, or will see although nobody does anything more."""
    # The rooms of both know this one.
    from cstopa.publishing.models import Draft, Expiring

    if issubclass(model, Draft):
        return model._default_manager.filter(goes_public_at__isnull=False)
    if issubclass(model, Expiring):
        return model._default_manager.filter(status="published")
    return published(model)


def shown_by(model, rows_of=published):
    """Return the condition that a row of a model is shown by one that ``rows_of`` another returns.

    No row where nothing can show one.
    """
    shown = Q(pk__in=[])
    for relation in model._meta.related_objects:
        of_row = {relation.field.name: OuterRef("pk")}
        shown |= Q(Exists(rows_of(relation.related_model).filter(**of_row)))
    return shown
