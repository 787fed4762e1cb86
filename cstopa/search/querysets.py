from django.db import models, transaction
from django.db.models import Q

from cstopa.search.index import refresh
from cstopa.search.lookup import Asked, entries
from cstopa.search.queries import Query, parse


class SearchedQuerySet(models.QuerySet):
    """Rows that are found by their words; bulk calls, which send no signals, keep the index too."""

    def matching(self, query, unfinished=False):
        """Return the rows in whose words, of both languages, a query is answered.

        ``query`` is a text, or a Query that was read from one. ``unfinished``: as of ``entries()``.
        """
        query = query if isinstance(query, Query) else parse(query)
        if not query.wanted:
            return self.none()
        return self._answering(query, unfinished)

    def _answering(self, query, unfinished):
        found = entries(Asked(query.wanted, query.unwanted, unfinished), self.model)
        return self.filter(pk__in=found.values("object_id"))

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


class NamedQuerySet(SearchedQuerySet):
    """Rows that are found by any name they ever had: their ``names``, each of which has an entry.

    Readers also find them by what they are, and what more the model says ``of_kind``.
    """

    def _answering(self, query, unfinished):
        rows = self
        for term in query.wanted:
            rows = rows.filter(self._holding(term, unfinished))
        for term in query.unwanted:
            rows = rows.exclude(self._holding(term, unfinished))
        return rows

    def _holding(self, term, unfinished):
        # At the desk one letter would be the beginning of a kind, and find all of it.
        named = self.named(term, unfinished)
        return named if unfinished else named | self.of_kind(term)

    def named(self, term, unfinished):
        """Return the condition that a name, or another word of the row's entry, holds a Term."""
        names = self.model._meta.get_field("names")
        asked = Asked([term], unfinished=unfinished)
        own = entries(asked, self.model).values("object_id")
        theirs = entries(asked, names.related_model).values("object_id")
        named = names.related_model.objects.filter(pk__in=theirs)
        return Q(pk__in=own) | Q(pk__in=named.values(names.field.attname))

    def of_kind(self, term):
        """Return the condition that a Term says of what kind a row is."""
        raise NotImplementedError
