from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """The words of one row, folded as ``cstopa.search.words`` folds a query, in both languages.

    Derived: ``rebuild_search`` makes all of it again.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    words = models.TextField()
    # What no page shows yet, such as half a translation: found at the desk alone.
    unfinished = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=("model", "object_id"), name="search_one_entry_a_row")
        ]

    def __str__(self):
        return f"{self.model} {self.object_id}"
