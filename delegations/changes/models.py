"""The log as it is stored: an entry for each version that says something new about what was so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.models.periods import PERIOD
from delegations.models import Chamber, DatedFact, Parliament
from delegations.models.facts import fact_models


def logged_models():
    """Return the models whose versions are in the log, by kind, in the order of the form."""
    return {model.fact_kind: model for model in (Parliament, Chamber)} | fact_models()


def kind_of(model):
    """Return the kind of a model whose versions are in the log; "" of any other."""
    return model.fact_kind if issubclass(model, (DatedFact, Parliament)) else ""


def steps_home(model):
    """Return how many steps lead from a row to the parliament whose it is; 0 where it is nobody's."""
    home = getattr(model, "home", None)
    return len(home.split("__")) if home else 0


def home_of(model):
    """Return the name of the field that says to what a row belongs, and its kind; "" twice for none."""
    if not steps_home(model):
        return "", ""
    name = model.home.partition("__")[0]
    return name, kind_of(model._meta.get_field(name).related_model)


def logged_names(model):
    """Return the names of what an entry says of a row, in the order of its data."""
    dated = (*PERIOD, "source") if issubclass(model, DatedFact) else ()
    return (*model.value_fields, *dated)


class Change(models.TextChoices):
    """What a version did. ``EVIDENCE``: it follows another source, and says the same."""

    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("End recorded")
    COMPLETED = "completed", _("Completed")
    CORRECTED = "corrected", _("Corrected")
    REMOVED = "removed", _("Removed")
    EVIDENCE = "evidence", _("Source replaced")


class LogEntryQuerySet(models.QuerySet):
    def of(self, parliament):
        """Return the log of one parliament, or the whole where it is None."""
        if parliament is None:
            return self.all()
        logs = ParliamentLog.objects.filter(parliament=parliament.code)
        return self.filter(pk__in=logs.values("entry"))

    def of_pages(self):
        """Return the entries that pages show: all but those that do no more than replace a source."""
        return self.exclude(change=Change.EVIDENCE)

    def of_row(self, kind, object_id):
        """Return the entries of one row, the last first."""
        return self.filter(kind=kind, object_id=object_id).order_by("-number")


class LogEntry(models.Model):
    """What one version of a row changed. Its key orders the whole log: clocks go back.

    ``number`` is that of the version among those of its kind. ``values`` and ``before``, those of
    the version and of the one before it, are by names that never change: rows by their codes, days
    in ISO form. An entry is final.

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
        ]

    def __str__(self):
        return f"{self.kind}-{self.number}"


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
