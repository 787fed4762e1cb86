from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """The place of one row in the index: see ``cstopa.search.places``.

    Derived, with all else that is here: ``rebuild_search`` makes it again.
    """

    id = models.BigIntegerField(primary_key=True)
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=("model", "object_id"), name="search_one_entry_a_row")
        ]

    def __str__(self):
        return f"{self.model} {self.object_id}"


class EntryText(models.Model):
    """The words of one row in both languages, as ``cstopa.search.words`` reads a query too.

    Each text of the row has a line: its words between spaces, "|" after each of its passages. After
    "||" come once more the passages in which a hyphen joins words, now as one.

    On SQLite a table of FTS5; on PostgreSQL it has a tsvector beside these columns.
    """

    entry = models.OneToOneField(
        Entry,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="text",
    )
    words = models.TextField()
    stems = models.TextField()
    # What no page shows yet, such as half a translation: found at the desk alone.
    unfinished = models.TextField()
    unfinished_stems = models.TextField()

    class Meta:
        verbose_name = _("text of a search entry")
        verbose_name_plural = _("texts of search entries")

    def __str__(self):
        return str(self.entry)


class KnownWord(models.Model):
    """A word that a text has, or had before the last rebuild: what the beginning of a word may begin."""

    word = models.TextField(primary_key=True)
    stem = models.TextField()

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        # Near spellings are looked up by it.
        indexes = [models.Index(fields=("stem",), name="search_knownword_stem")]

    def __str__(self):
        return self.word
