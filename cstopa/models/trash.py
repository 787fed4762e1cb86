"""The trash: rows that were deleted and can come back. Of no table: their versions say it all."""

from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cstopa.admin.values import row_in_words
from cstopa.models.forgetting import forget, former_drafts
from cstopa.models.history import UNDO, Version
from cstopa.publishing.models import Draft, Expiring

DAYS = 30
# What went with a row was deleted in the same moment, as far as a clock can say.
AT_ONCE = timedelta(seconds=10)


def kinds():
    """Return the models whose deleted rows can come back."""
    return [each.instance_type for each in apps.get_models() if issubclass(each, Version)]


def deletions(model):
    """Return the versions of the deletions that can be undone.

    What went with another row comes back with that one, and is not among them.
    """
    versions = _deletions(model).filter(history_date__gte=_first_moment())
    for field in _owners(model):
        owner = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
        versions = versions.filter(Q((f"{field.attname}__isnull", True)) | Exists(owner))
    return versions


def purged_kinds():
    """Return the kinds whose texts are emptied in the end: the public log repeats those of facts."""
    return [model for model in kinds() if issubclass(model, (Draft, Expiring))]


def overdue(model):
    """Return the versions of the deletions that can be undone no more, and have their texts."""
    return _deletions(model).filter(history_date__lt=_first_moment())


def purge(version):
    """Empty the texts of a deleted row, and of the drafts that were ever over it."""
    model, reason = version.instance_type, version.reason
    for each, key in [(model, version.id), *former_drafts(model, version.id)]:
        forget(each, key, reason, by="purge_trash")


def _deletions(model):
    """Return the versions by which somebody deleted a row of a model that is not there again.

    What was added and undone is among them, what a command deleted is not, nor what ended otherwise, such
    as a draft that went public: such a version has its reason.
    """
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    rows = model._base_manager.filter(pk=OuterRef("id"))
    by_hand = Q(history_change_reason=None) | Q(history_change_reason=UNDO)
    versions = model.history.order_by().filter(by_hand, history_type="-")
    return versions.filter(~Exists(later.order_by()), ~Exists(rows))


def _first_moment():
    return timezone.now() - timedelta(days=DAYS)


def row_of(version):
    """Return the row as it was, not saved. ``version.instance`` would ask for it each time."""
    fields = version.copied_fields.values()
    row = version.instance_type(
        **{field.attname: getattr(version, field.attname) for field in fields}
    )
    # Until it was found, nobody has asked for it.
    row._state.adding = True
    return row


def restore(version, by):
    """Write the row of a deletion anew, with its key, its code and its relations, and what went with it.

    Return the rows, its own first. ValidationError where something is in the way; nothing is
    written then.
    """
    with transaction.atomic():
        row, related = row_of(version), _related(version)
        _refuse_what_is_gone(row, related)
        if hasattr(row, "comes_back"):
            row.comes_back(version)
        row.full_clean()
        row._history_user = by
        row.save(force_insert=True)
        for field, keys in related.items():
            getattr(row, field.name).set(keys)
        others = [restore(each, by) for each in list(_gone_with(version))]
        return [row, *(each for rows in others for each in rows)]


def _owners(model):
    """Return the relations to rows with which those of the model are deleted."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model in kinds()
    ]


def _gone_with(version):
    for model in kinds():
        for field in _owners(model):
            if field.related_model is version.instance_type:
                yield from deletions(model).filter(
                    **{field.attname: version.id},
                    history_date__gte=version.history_date - AT_ONCE,
                    history_date__lte=version.history_date + AT_ONCE,
                )


def _related(version):
    """Return ``{many-to-many field: keys}`` of the row: in the version of a deletion they are gone."""
    model = version.instance_type
    before = model.history.filter(id=version.id, history_id__lt=version.history_id)
    before = before.order_by("-history_id").first()
    return {
        model._meta.get_field(field.name): set(
            getattr(before, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
        )
        for field in (before._history_m2m_fields if before else ())
    }


def _refuse_what_is_gone(row, related):
    named = [
        (field, {getattr(row, field.attname)} - {None})
        for field in row._meta.concrete_fields
        if field.is_relation
    ]
    errors = {}
    for field, keys in [*named, *related.items()]:
        rows = field.related_model._base_manager.filter(pk__in=keys)
        if gone := keys - set(rows.values_list("pk", flat=True)):
            errors[field.name] = [_gone(field.related_model, key) for key in sorted(gone)]
    if errors:
        raise ValidationError(errors)


def _gone(model, key):
    model = model._meta.concrete_model
    last = model.history.filter(id=key).order_by("-history_id").first()
    words = row_in_words(row_of(last)) if last else key
    if deletions(model).filter(id=key).exists():
        return _("“%(row)s” is in the trash: restore it first.") % {"row": words}
    return _("“%(row)s” was deleted.") % {"row": words}
