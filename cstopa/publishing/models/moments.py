"""What is due at a moment."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cstopa.models.history import because
from cstopa.publishing.models.versions import PUBLISHED, not_before


def this_minute():
    """Return now as the forms of the desk write it."""
    return timezone.now().replace(second=0, microsecond=0)


def in_order(column):
    """Return the index by which the next of a model's moments is found."""
    return models.Index(
        fields=[column],
        name=f"%(app_label)s_%(class)s_{column.partition('_')[0]}",
        condition=models.Q((f"{column}__isnull", False)),
    )


class Expiring(models.Model):
    """A row that the public sees while its ``status`` is PUBLISHED, up to a moment, if one is set."""

    # The status in which the public does not see it.
    WITHDRAWN = None

    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("The moment at which the public ceases to see it. Mostly there is none."),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if not self.expires_at:
            return
        if self.status != PUBLISHED:
            text = _("Only what is public expires: publish it, or leave this empty.")
            raise ValidationError({"expires_at": text})
        # What is on record may have become past since.
        if self.expires_at <= timezone.now() and self.expires_at != self._expires_on_record():
            text = _("This moment is past: write one that lies ahead, or withdraw it now.")
            raise ValidationError({"expires_at": text})

    def _expires_on_record(self):
        rows = type(self)._base_manager.filter(pk=self.pk)
        return rows.values_list("expires_at", flat=True).first()

    def withdraw(self, by=None, reason="", at=None):
        """Take the row from the public, and keep its words. ``at``: the moment at which it was due."""
        self.status, self.expires_at, self._history_user = self.WITHDRAWN, None, by
        if at:
            self._history_date = not_before(self, at)
        with because(reason):
            self.save()
