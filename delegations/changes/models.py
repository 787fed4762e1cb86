"""The log as it is stored: an entry for each version that says something new about what was so."""

from functools import cache

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.models.periods import PERIOD
from delegations.models import Chamber, DatedFact, Parliament
from delegations.models.facts import fact_models

# The end of the name of a day of a period as far as it is known, beside the one to the day.
EDTF = "_edtf"
# What a fact is known by beside its own dates.
EVIDENCE = ("source", "checked_on")


@cache
def logged_models():
    """Return the models whose versions are in the log, by kind, in the order of the form."""
    return {model.fact_kind: model for model in (Parliament, Chamber)} | fact_models()


@cache
def named_models():
    """Return the models that facts name, by kind: the log keeps their versions, and pages leave them
    out.
    """
    relations = (
        model._meta.get_field(name).related_model
        for model in fact_models().values()
        for name in (*model.value_fields, "source")
        if model._meta.get_field(name).is_relation
    )
    others = {each for each in relations if not issubclass(each, (DatedFact, Parliament))}
    return {each._meta.model_name: each for each in sorted(others, key=lambda each: each.__name__)}


@cache
def every_model():
    """Return all models whose versions are in the log, by kind: what is named before what names it."""
    return named_models() | logged_models()


@cache
def kind_of(model):
    """Return the kind of a model whose versions are in the log; "" of any other."""
    return next((kind for kind, each in every_model().items() if each is model), "")


@cache
def steps_home(model):
    """Return how many steps lead from a row to the parliament whose it is; 0 where it is nobody's."""
    home = getattr(model, "home", None)
    return len(home.split("__")) if home else 0


@cache
def home_of(model):
    """Return the name of the field that says to what a row belongs, and its kind; "" twice for none."""
    if not steps_home(model):
        return "", ""
    name = model.home.partition("__")[0]
    return name, kind_of(model._meta.get_field(name).related_model)


@cache
def logged_names(model):
    """Return the names of what an entry says of a row, in the order of its data."""
    if kind_of(model) in named_models():
        # Not what is derived, of which versions say nothing.
        names = [field.name for field in model.history.model.tracked_fields]
        return tuple(name for name in names if name not in {"id", "code", "slug"})
    dated = (*PERIOD, *EVIDENCE) if issubclass(model, DatedFact) else ()
    return (*model.value_fields, *dated, *detail_fields(model))


def detail_fields(model):
    """Return the names of what pages show of a row and no correction is told of."""
    return {Parliament: ("slug",), Chamber: ("website", "website_language")}.get(model, ())


def named_by(entry):
    """Return ``{(kind, code)}`` of the people and sources, and the like, that an entry names."""
    model = every_model()[entry.kind]
    fields = (model._meta.get_field(name) for name in entry.values)
    named = {
        (kind_of(field.related_model), entry.values[field.name])
        for field in fields
        if field.is_relation
    }
    return {(kind, code) for kind, code in named if kind in named_models() and code}


def published(values):
    """Return values of an entry for whoever takes them away: days of a period are whole days or None,
    and beside each stands how far it is known.
    """
    if not values or PERIOD[0] not in values:
        return values
    told = {}
    for name, value in values.items():
        if name in ("valid_from", "valid_to"):
            told[name] = value if value is None or len(value) == len("2005-03-14") else None
            name += EDTF
        told[name] = value
    return told


class Change(models.TextChoices):
    """What a version did. ``EVIDENCE``: it says the same, by another source or after a check.
    ``DETAIL``: it says so too, and shows something else beside it.
    """

    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("End recorded")
    COMPLETED = "completed", _("Completed")
    CORRECTED = "corrected", _("Corrected")
    REMOVED = "removed", _("Removed")
    EVIDENCE = "evidence", _("Source or check")
    DETAIL = "detail", _("Detail changed")

    @classmethod
    def of_pages(cls):
        return [change for change in cls if change not in {cls.EVIDENCE, cls.DETAIL}]


class LogEntryQuerySet(models.QuerySet):
    def of(self, parliament):
        """Return the log of one parliament, or the whole where it is None."""
        if parliament is None:
            return self.all()
        logs = ParliamentLog.objects.filter(parliament=parliament.code)
        return self.filter(pk__in=logs.values("entry"))

    def of_pages(self):
        """Return the entries that pages show: all of facts but those that do no more than replace a
        source or change a detail.
        """
        return self.of_facts().filter(change__in=Change.of_pages())

    def of_facts(self):
        return self.exclude(kind__in=named_models())

    def removed(self):
        """Return the removals of what has not come back."""
        return self.filter(change=Change.REMOVED, replaced_in=None)

    def of_row(self, kind, object_id):
        """Return the entries of one row, the last first."""
        return self.filter(kind=kind, object_id=object_id).order_by("-number")

    def standing(self, version):
        """Return what each row said last in a version of the record, and nothing of what was removed."""
        return self.filter(
            Q(replaced_in=None) | Q(replaced_in__gt=version), pk__lte=version
        ).exclude(change=Change.REMOVED)

    def version_before(self, moment):
        """Return the greatest number of a version that has this moment or an earlier one, or 0.

        Of a clock that was put right the moments go back. The numbers say what was recorded first, and
        what precedes an entry was on record by the moment of that one, whatever moment it has itself: so
        no entry is missing of which the log says that it was recorded by then.
        """
        numbers = self.filter(recorded_at__lte=moment).order_by("-pk").values_list("pk", flat=True)
        return numbers.first() or 0


class LogEntry(models.Model):
    """What one version of a row changed. Its key orders the whole log: clocks go back.

    ``number`` is that of the version among those of its kind. ``values`` and ``before``, those of
    the version and of the one before it, are by names that never change: rows by their codes, days
    in ISO form. An entry is final.

    The record has a version for each entry, told by its key: what all entries up to that one say.
    ``replaced_in`` is the first version in which a later entry of the row says something else.
    ``decision`` is the key of the first entry that was recorded at once with it, by one ``author``,
    of whom no page tells.

    Derived: ``rebuild_changes`` makes all of it again, and keeps the keys.
    """

    kind = models.CharField(max_length=60)
    number = models.BigIntegerField()
    object_id = models.BigIntegerField()
    code = models.CharField(max_length=120)
    change = models.CharField(max_length=10, choices=Change)
    recorded_at = models.DateTimeField()
    values = models.JSONField()
    before = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    author = models.CharField(max_length=120, blank=True, default="")
    decision = models.BigIntegerField(null=True)
    replaced_in = models.BigIntegerField(null=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the log of changes")
        verbose_name_plural = _("entries of the log of changes")
        default_permissions = ()
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("kind", "number"), name="changes_one_entry_a_version")
        ]
        indexes = [
            models.Index(fields=("kind", "object_id", "-number"), name="changes_of_row"),
            models.Index(fields=("kind", "code"), name="changes_of_code"),
            models.Index(fields=("recorded_at", "id"), name="changes_of_moment"),
            models.Index(fields=("decision", "id"), name="changes_of_decision"),
            models.Index(fields=("change", "id"), name="changes_of_change"),
        ]

    def __str__(self):
        return f"{self.kind}-{self.number}"

    @property
    def version(self):
        return self.pk


class ParliamentLog(models.Model):
    """That an entry stands in the log of a parliament, by its code: the row is of that parliament, or
    was in any version. A correction that moves a row adds the whole row to a further log.
    """

    parliament = models.CharField(max_length=120)
    entry = models.ForeignKey(LogEntry, on_delete=models.CASCADE, related_name="logs")

    class Meta:
        verbose_name = _("entry of the log of a parliament")
        verbose_name_plural = _("entries of the logs of parliaments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("parliament", "entry"), name="changes_once_in_a_log_of_a_parliament"
            )
        ]

    def __str__(self):
        return f"{self.parliament}: {self.entry_id}"
