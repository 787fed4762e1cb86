from django.db import models, transaction
from django.db.models import Q

from cstopa.search.index import label, refresh
from cstopa.search.models import Entry
from cstopa.search.words import fold


class SearchedQuerySet(models.QuerySet):
    """Rows that are found by their words; bulk calls, which send no signals, keep the index too."""

    def matching(self, query, unfinished=False):
        """Return the rows in which each word of ``query`` begins a word, in either language.

        ``unfinished``: also words that no page shows yet, for the desk.
        """
        # Once each: a query of one word said often is no longer than it needs to be.
        words = dict.fromkeys(fold(query))
        if not words:
            return self.none()
        entries = Entry.objects.filter(model=label(self.model))
        for word in words:
            found = Q(words__contains=f" {word}")
            if unfinished:
                found |= Q(unfinished__contains=f" {word}")
            entries = entries.filter(found)
        return self.filter(pk__in=entries.values("object_id"))

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(self.db):
            rows = super().bulk_create(objs, *args, **kwargs)
            # By the natural key: a row that was left out or replaced has no other here.
            key = self.model.natural_key_field
            written = {f"{key}__in": [getattr(row, key) for row in rows]}
            stored = self.model._base_manager.filter(**written)
            self._refresh_entries(stored.values_list("pk", flat=True))
        return rows

    def update(self, **kwargs):
        # bulk_update() comes through here as well.
        with transaction.atomic(self.db):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**kwargs)
            self._refresh_entries(keys)
        return count

    update.alters_data = True

    def _refresh_entries(self, keys):
        refresh(self.model, keys)
