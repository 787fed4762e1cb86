"""Files are public as long as something public shows them."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from cstopa.models.history import Versions


def published(model):
    """Return the rows of a model that the public sees, none of one of which it sees none."""
    rows = model._default_manager
    return rows.published() if hasattr(rows, "published") else rows.none()


def promised(model):
    """Return those that it sees, or will see although nobody does anything more.

    Of a draft that is a version, see :func:`scheduled`.
    """
    # The rooms of both know this one.
    from cstopa.publishing.models import Expiring

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


def scheduled():
    """Yield models of drafts and those of their versions that go public at a moment."""
    from cstopa.publishing.models import Draft

    for model in apps.get_models():
        if issubclass(model, Draft):
            waiting = model._base_manager.exclude(scheduled_version=None)
            yield model, model.history.filter(pk__in=waiting.values("scheduled_version"))


def scheduled_with(model, key):
    """Yield, as ``scheduled()`` does, those versions that name a row of a model, by its key or an OuterRef of it."""
    for draft, versions in scheduled():
        for field in (*draft._meta.concrete_fields, *draft._meta.many_to_many):
            if field.related_model is not model:
                continue
            name = field.name
            if field.many_to_many:
                kept = Versions.m2m_models[field]._meta.get_field("history").related_query_name()
                name = f"{kept}__{field.m2m_reverse_field_name()}"
            yield draft, versions.filter(**{name: key})


def shown_by_scheduled(model):
    """Return the condition that a row of a model is shown by what goes public at a moment."""
    shown = Q(pk__in=[])
    for _draft, versions in scheduled_with(model, OuterRef("pk")):
        shown |= Q(Exists(versions))
    return shown


def drafts_of(versions):
    """Yield querysets of the drafts of which some versions are: ``(model, versions)``, as of ``scheduled()``."""
    for draft, some in versions:
        yield draft._base_manager.filter(scheduled_version__in=some.values("pk"))
