"""What is due at a moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.models.history import because

PUBLISHED = "published"


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

    def withdraw(self, by=None, reason="", at=None):
        """Take the row from the public, and keep its words. ``at``: the moment at which it was due."""
        self.status, self.expires_at, self._history_user = self.WITHDRAWN, None, by
        if at:
            self._history_date = at
        with because(reason):
            self.save()
