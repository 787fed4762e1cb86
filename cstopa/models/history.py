"""Versions: every model keeps what it said before, who changed it and when."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import apps
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record, pre_create_historical_record

from cstopa.http.kept.rows import until_written
from cstopa.models.reasons import reason_in_words

# Why a version was written that undoes the one before it.
UNDO = "undo"

_writer = ContextVar("writer", default=None)
# The reason, and whether it is known that what is written corrects.
_correction = ContextVar("correction", default=("", None))
# The keys of the versions that the transaction has written, by model and key of the row.
_open_versions = ContextVar("open_versions", default=None)


@contextmanager
def writing_as(name):
    """Give the versions written inside the name of the command that writes them."""
    token = _writer.set(name)
    try:
        yield
    finally:
        _writer.reset(token)


@contextmanager
def because(reason, corrects=None):
    """Give the corrections written inside their reason, and so what is written of no fact.

    ``corrects``: whether they are corrections, for who knows already; else each row is asked.
    """
    token = _correction.set((reason, corrects))
    try:
        yield
    finally:
        _correction.reset(token)


def changing():
    """Save what is inside as changes: none of its versions is a correction."""
    return because("", corrects=False)


class Version(models.Model):
    """What a version says beside the row: whether it mends what had been wrong all along, and why.

    ``reason`` is also that of a deletion.
    """

    is_correction = models.BooleanField(default=False, editable=False)
    reason = models.TextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def reason_in_words(self):
        return reason_in_words(self.reason)


def of_version(model, column, order="-history_id", **conditions):
    """Return the expression of a column of one version of each row: the last one by its number.

    The moment of a version orders nothing: clocks go back. The rows are those of the model, or
    versions of it. ``conditions`` choose among the versions before the first of ``order`` is taken.
    """
    versions = model._meta.concrete_model.history.filter(id=OuterRef("id"), **conditions)
    return Subquery(versions.order_by(order).values(column)[:1])


def author_of(versions):
    """Return the expression of who wrote the last of the versions, an account or a command."""
    who = Coalesce("history_user__username", "history_change_reason")
    return Subquery(versions.order_by("-history_id").values(who=who)[:1])


def with_changed_at(rows):
    """Return the rows, each with the moment of its last version, or None, as ``changed_at``."""
    return rows.annotate(changed_at=of_version(rows.model, "history_date"))


class LastChangeField(models.DateTimeField):
    """The moment of the last version of a row, by which its list is ordered; of a subquery there is no index."""

    # No version has it, nor any file.
    is_derived = True
    defaults = {"default": timezone.now, "editable": False, "serialize": False}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **self.defaults | kwargs)
        self.followed = []

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {each: kwargs[each] for each in kwargs if each not in self.defaults},
        )

    def follow(self, model, key):
        """Follow the versions of a model of which an attribute, ``key``, names the row of this field."""
        rows = self.model._base_manager

        def changed(instance, history_instance, **_kwargs):
            moment = {self.name: history_instance.history_date}
            rows.filter(pk=getattr(instance, key)).update(**moment)

        self.followed.append((model, key))
        uid = f"last-change-{self}-{model._meta.label}"
        version = model.history.model
        post_create_historical_record.connect(changed, version, weak=False, dispatch_uid=uid)

    def rebuild(self):
        """Take the moments from the versions again, and return the number of rows that had another."""
        last = {}
        for number, (model, key) in enumerate(self.followed):
            name = "id" if key == "pk" else key
            versions = model.history.filter(**{name: OuterRef("pk")}).order_by("-history_id")
            last[f"last_{number}"] = Subquery(versions.values("history_date")[:1])
        rows = self.model._base_manager.order_by()
        found = rows.annotate(**last).values_list("pk", self.name, *last)
        changed = {
            key: max(moments)
            for key, stored, *several in found.iterator()
            if (moments := list(filter(None, several))) and max(moments) != stored
        }
        for key, moment in changed.items():
            rows.filter(pk=key).update(**{self.name: moment})
        return len(changed)


def rebuild_last_changes():
    """Make every LastChangeField again, and return the number of rows that said something else."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    with transaction.atomic():
        return sum(each.rebuild() for each in fields if isinstance(each, LastChangeField))


def last_change():
    """Return the moment of the last version that the public can tell, or None.

    Of most models it can tell each; one with ``told_by_public(versions)`` says which, and of the rows
    of its own which are public. Where it is None, no version is told.
    """
    moments, last = _last_changes()
    for version in last:
        # Mostly the last one is told, and to find which else is takes as long as to read a page.
        if version.history_type != "-" and version.instance.is_public:
            moments = [*moments, version.history_date]
        else:
            told = version.instance_type.told_by_public(type(version)._base_manager.order_by())
            moments = [*moments, *_newest(told)]
    return max(moments, default=None)


@until_written(size=1)
def _last_changes():
    """Return the moment of the last version of each model of which the public can tell all, and the
    last version of each other.
    """
    first, *others = map(_newest, _versions(are_all_told=True))
    last = [rows.order_by("-pk").first() for rows in _versions(are_all_told=False)]
    return list(first.union(*others, all=True).order_by()), list(filter(None, last))


def _versions(are_all_told):
    models = (model for model in apps.get_models() if issubclass(model, Version))
    return [
        model._base_manager.order_by()
        for model in models
        if callable(told := getattr(model.instance_type, "told_by_public", True)) or told
        if callable(told) is not are_all_told
    ]


def _newest(rows):
    # By its key, which the database has in order.
    newest = Subquery(rows.order_by("-pk").values("pk")[:1])
    found = rows.model._base_manager.order_by().filter(pk=newest)
    return found.values_list("history_date", flat=True)


class VersionManager(HistoryManager):
    """simple-history's, of which it makes a class each time that ``row.history`` is read: here once."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Versions(HistoricalRecords):
    """History in which one save is one version, many-to-many values included.

    simple-history writes a version for the row and one more for each many-to-many field. Here the
    values that are set in the transaction of the save go into the version of the save.

    A model with ``corrects(before)`` says which of its versions are corrections.
    """

    def __init__(self, **kwargs):
        super().__init__(bases=[Version], history_manager=VersionManager, **kwargs)

    def get_meta_options(self, model):
        # The version before another is asked for by thousands at a time. Without this PostgreSQL
        # may look for each from the newest version of all.
        index = models.Index(fields=("id", "-history_id"))
        return super().get_meta_options(model) | {"indexes": [index]}

    def fields_included(self, model):
        # What the database sorts by repeats what a version says.
        fields = super().fields_included(model)
        return [field for field in fields if not getattr(field, "is_derived", False)]

    def get_extra_fields(self, model, fields):
        # What a version's ``instance`` is made of: see ``add_field``.
        return super().get_extra_fields(model, fields) | {"copied_fields": fields}

    @classmethod
    def add_field(cls, model, name, field):
        """Add a field to a model whose class is there already, and to its versions."""
        model.add_to_class(name, field)
        version = model.history.model
        version.add_to_class(name, cls().copy_fields(model)[name])
        version.copied_fields[name] = version._meta.get_field(name)
        version.tracked_fields.append(field)

    def finalize(self, sender, **kwargs):
        # The schema editor of SQLite makes a passing model with the bases of the one that it alters.
        if sender._meta.apps is not apps:
            return
        super().finalize(sender, **kwargs)
        # Of an abstract model each that inherits it has versions of its own.
        if issubclass(sender, self.cls):
            pre_create_historical_record.connect(
                _say_why,
                sender=sender.history.model,
                dispatch_uid=f"why-{sender._meta.label}",
            )

    def get_change_reason_for_object(self, instance, history_type, using):
        return super().get_change_reason_for_object(instance, history_type, using) or _writer.get()

    def create_historical_record_m2ms(self, history_instance, instance):
        # A row that has just been inserted has no values yet.
        if history_instance.history_type != "+":
            super().create_historical_record_m2ms(history_instance, instance)
        if history_instance._history_m2m_fields:
            if _open_versions.get() is None:
                _open_versions.set({})
            _open_versions.get()[self.cls, instance.pk] = history_instance.pk
            # Outside a transaction this runs at once: each change is then a version of its own.
            transaction.on_commit(lambda: _open_versions.set(None))

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **kwargs):
        if reverse:
            self._changed_from_the_other_side(action, pk_set, attr, **kwargs)
        elif action in {"post_add", "post_remove", "post_clear"}:
            # One that was rolled back is not there.
            versions = instance.history.model._base_manager.only("pk")
            number = (_open_versions.get() or {}).get((self.cls, instance.pk))
            version = versions.filter(pk=number, id=instance.pk).first()
            if version is None:
                super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
            else:
                field = type(instance)._meta.get_field(attr)
                self.m2m_models[field]._base_manager.filter(history=version).delete()
                self.copy_values(field, {instance.pk: version})

    @classmethod
    def copy_values(cls, field, versions):
        """Write what rows have in a many-to-many field now into ``{key of a row: its version}``."""
        through, copies, name = (
            field.remote_field.through,
            cls.m2m_models[field],
            field.m2m_field_name(),
        )
        key = through._meta.get_field(name).attname
        rows = through._base_manager.filter(**{f"{name}__in": versions})
        copies._base_manager.bulk_create(
            copies(
                history=versions[getattr(row, key)],
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


def write_first_versions(rows):
    """Write the versions of rows of one model that were just made in bulk, with what they refer to."""
    history = type(rows[0]).history
    made = history.bulk_history_create(rows, default_change_reason=_writer.get())
    versions = {version.id: version for version in made}
    for field in history.model._history_m2m_fields:
        Versions.copy_values(field, versions)


def _say_why(instance, history_instance, **_kwargs):
    reason, corrects = _correction.get()
    if history_instance.history_type == "-" or not hasattr(instance, "corrects"):
        history_instance.reason = reason
    elif history_instance.history_type == "~":
        if corrects is None:
            versions = type(history_instance)._base_manager.filter(id=instance.pk)
            before = versions.order_by("-history_id").first()
            corrects = before is not None and instance.corrects(before)
        if corrects:
            history_instance.is_correction, history_instance.reason = True, reason
