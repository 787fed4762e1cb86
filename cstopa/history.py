"""Versions: every model keeps what it said before, who changed it and when."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from simple_history.models import HistoricalRecords

_writer = ContextVar("writer", default=None)


@contextmanager
def writing_as(name):
    """Give the versions written inside the name of the command that writes them."""
    token = _writer.set(name)
    try:
        yield
    finally:
        _writer.reset(token)


class Versions(HistoricalRecords):
    """History in which one save is one version, many-to-many values included.

    simple-history writes a version for the row and one more for each many-to-many field. Here the
    values that are set in the transaction of the save go into the version of the save.
    """

    def get_change_reason_for_object(self, instance, history_type, using):
        return super().get_change_reason_for_object(instance, history_type, using) or _writer.get()

    def create_historical_record_m2ms(self, history_instance, instance):
        super().create_historical_record_m2ms(history_instance, instance)
        instance._open_version = history_instance
        # Outside a transaction this runs at once: each change is then a version of its own.
        transaction.on_commit(lambda: setattr(instance, "_open_version", None))

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **kwargs):
        if reverse:
            self._changed_from_the_other_side(action, pk_set, attr, **kwargs)
        elif action in {"post_add", "post_remove", "post_clear"}:
            version = getattr(instance, "_open_version", None)
            if version is None or not type(version)._base_manager.filter(pk=version.pk).exists():
                super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
            else:
                field = type(instance)._meta.get_field(attr)
                self.m2m_models[field]._base_manager.filter(history=version).delete()
                self._copy(field, version, instance)

    def _copy(self, field, version, instance):
        through = field.remote_field.through
        rows = through._base_manager.filter(**{field.m2m_field_name(): instance})
        self.m2m_models[field]._base_manager.bulk_create(
            self.m2m_models[field](
                history=version,
                **{each.attname: getattr(row, each.attname) for each in through._meta.fields},
            )
            for row in rows
        )

    def _changed_from_the_other_side(self, action, pk_set, attr, model, **kwargs):
        if action == "pre_clear":
            raise TypeError(
                f"Set {attr} on {self.cls._meta.object_name}, which keeps versions of it."
            )
        if action in {"post_add", "post_remove"}:
            for instance in model._default_manager.filter(pk__in=pk_set):
                self.m2m_changed(instance, action, attr, None, reverse=False)
