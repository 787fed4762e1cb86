"""Files are public as long as something public shows them."""

from django.db.models import Exists, OuterRef, Q


def shown_by_public(model):
    """Return the condition that a row of a model is shown by one of another that has ``published()``.

    No row where nothing can show one.
    """
    shown = Q(pk__in=[])
    for relation in model._meta.related_objects:
        rows = relation.related_model._default_manager
        if hasattr(rows, "published"):
            of_row = {relation.field.name: OuterRef("pk")}
            shown |= Q(Exists(rows.published().filter(**of_row)))
    return shown
