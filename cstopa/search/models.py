from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.search.queries import SHORTEST_BEGINNING


class EntryQuerySet(models.QuerySet):
    def answering(self, query, unfinished=False):
        """Return the entries that hold all that a Query wants, and nothing that it does not.

        ``unfinished``: for the desk, also words that no page shows yet, and of a word that somebody
        is still typing any beginning.
        """
        entries = self
        for term in query.wanted:
            entries = entries.filter(holds(term, unfinished))
        for term in query.unwanted:
            entries = entries.exclude(holds(term, unfinished))
        return entries


class Entry(models.Model):
    """The words of one row in both languages, as ``cstopa.search.words`` reads a query too.

    Each text of the row has a line: its words between spaces, "|" after each of its passages. After
    "||" come once more the passages in which a hyphen joins words, now as one.

    Derived: ``rebuild_search`` makes all of it again.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    words = models.TextField()
    stems = models.TextField()
    # What no page shows yet, such as half a translation: found at the desk alone.
    unfinished = models.TextField()
    unfinished_stems = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=("model", "object_id"), name="search_one_entry_a_row")
        ]

    def __str__(self):
        return f"{self.model} {self.object_id}"


def holds(term, unfinished):
    """Return the condition that an entry holds a Term."""
    columns = [("words", "stems")]
    shortest = SHORTEST_BEGINNING
    if unfinished:
        columns.append(("unfinished", "unfinished_stems"))
        shortest = 1

    def holds_word(word):
        found = Q()
        for words, stems in columns:
            found |= Q(**{f"{stems}__contains": f" {word.stem} "})
            if term.may_begin(word, shortest):
                found |= Q(**{f"{words}__contains": f" {word.folded}"})
        return found

    def holds_words(words):
        if term.is_phrase:
            phrase = " ".join(word.stem for word in words)
            conditions = [(f"{stems}__contains", f" {phrase} ") for _words, stems in columns]
            return Q(*conditions, _connector=Q.OR)
        return Q(*map(holds_word, words))

    return reduce(or_, map(holds_words, term.readings))
