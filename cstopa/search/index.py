"""Keeps the index: an entry for each row of a model that has ``search_text()``."""

from functools import cache

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_migrate, post_save

from cstopa.search.models import Entry, EntryText
from cstopa.search.places import place_of
from cstopa.search.vocabulary import learn
from cstopa.search.words import BREAK, COMPOUND, Word, words_of

# Rows that are written in one transaction, for which other writers wait.
BATCH = 200
# What ends a passage, and what parts the words as written from those that a hyphen joins as one.
PASSAGE, ONCE_MORE = Word("|", "|"), Word("||", "||")


@cache
def searched_models():
    """Return the models whose rows are found, each once: a proxy shares its model's rows."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "search_text") and not model._meta.proxy
    ]


def label(model):
    """Return the name of the model in the index; a proxy has that of its model."""
    return model._meta.concrete_model._meta.label_lower


def lines(texts):
    """Return the Words of texts, a list for each, in the order in which an EntryText keeps them."""
    for text in texts:
        line, once_more = [], []
        for passage in text.split(BREAK):
            as_written, as_one = [], []
            for compound in COMPOUND.findall(passage):
                words, whole = words_of(compound)
                as_written += words
                as_one += [whole] if whole else words
            line += [*as_written, PASSAGE]
            if as_one != as_written:
                once_more += [*as_one, PASSAGE]
        yield [*line, ONCE_MORE, *once_more] if once_more else line


def kept(lines, name):
    """Return what a column of an EntryText keeps of lines."""
    return " \n".join(
        ["".join(f" {getattr(word, name)}" for word in line) for line in lines] + [""]
    )


def text_of(row):
    """Return ``(columns, words)`` of the row's EntryText: each word with its stem."""
    finished = list(lines(row.search_text()))
    unfinished = list(lines(row.unfinished_text())) if hasattr(row, "unfinished_text") else []
    columns = {
        "words": kept(finished, "folded"),
        "stems": kept(finished, "stem"),
        "unfinished": kept(unfinished, "folded"),
        "unfinished_stems": kept(unfinished, "stem"),
    }
    words = {(word.folded, word.stem) for line in (*finished, *unfinished) for word in line}
    return columns, words


def write(rows):
    """Make the entries of rows of one model anew."""
    if not rows:
        return
    model, texts, words = label(type(rows[0])), [], set()
    for row in rows:
        columns, some = text_of(row)
        texts.append(EntryText(entry_id=place_of(row), **columns))
        words |= some
    with transaction.atomic():
        forget(model, [row.pk for row in rows])
        Entry.objects.bulk_create(
            Entry(id=text.entry_id, model=model, object_id=row.pk)
            for row, text in zip(rows, texts, strict=True)
        )
        EntryText.objects.bulk_create(texts)
        learn(words)


def forget(model, keys):
    """Delete the entries of these rows of a model."""
    rows = Entry.objects.filter(model=model, object_id__in=keys)
    if places := list(rows.values_list("pk", flat=True)):
        EntryText.objects.filter(pk__in=places).delete()
        Entry.objects.filter(pk__in=places).delete()


def refresh(model, keys):
    """Make the entries of these rows again; rows that are gone lose theirs."""
    keys = list(keys)
    rows = model._meta.concrete_model._base_manager.order_by("pk")
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        with transaction.atomic():
            # Whoever saves one of them meanwhile waits, and writes after this.
            found = list(rows.filter(pk__in=some).select_for_update(no_key=True))
            gone = set(some).difference(row.pk for row in found)
            forget(label(model), gone)
            write(found)


def rebuild(progress=lambda model, number: None):
    """Make the whole index again, some rows at a time, and return the number of entries.

    Readers find meanwhile what they found before, and editors save between two batches.
    ``progress`` is told the model and how many of its rows are done.
    """
    is_placed = Exists(Entry.objects.filter(pk=OuterRef("pk")))
    EntryText.objects.filter(~is_placed).delete()
    known = [label(model) for model in searched_models()]
    for model in Entry.objects.exclude(model__in=known).values_list("model", flat=True).distinct():
        forget(model, Entry.objects.filter(model=model).values("object_id"))
    for model in searched_models():
        rows, last, number = model._base_manager.order_by("pk"), 0, 0
        is_there = Exists(rows.order_by().filter(pk=OuterRef("object_id")))
        forget(
            label(model), Entry.objects.filter(~is_there, model=label(model)).values("object_id")
        )
        while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            refresh(model, keys)
            last, number = keys[-1], number + len(keys)
            progress(model, number)
    return Entry.objects.count()


def after_migrations(using, plan=(), **_kwargs):
    """Make the index again where what it keeps has changed, once everything is migrated."""
    if any(migration.app_label == "search" for migration, _backwards in plan):
        executor = MigrationExecutor(connections[using])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            rebuild()


def follow():
    """Keep the entries by the signals of the rows, raw saves included."""
    post_migrate.connect(
        after_migrations, sender=apps.get_app_config("search"), dispatch_uid="search-migrated"
    )
    for model in apps.get_models():
        if hasattr(model, "search_text"):
            post_save.connect(_saved, sender=model, dispatch_uid=f"search-save-{model._meta.label}")
            post_delete.connect(
                _deleted, sender=model, dispatch_uid=f"search-delete-{model._meta.label}"
            )


def _saved(instance, update_fields=None, **_kwargs):
    if update_fields is not None:
        # The instance may say more than was saved.
        refresh(type(instance), [instance.pk])
    else:
        write([instance])


def _deleted(instance, **_kwargs):
    forget(label(type(instance)), [instance.pk])
