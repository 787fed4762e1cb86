"""Keeps the index: an entry for each row of a model that has ``search_text()``."""

from functools import cache

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_delete, post_migrate, post_save

from cstopa.search.models import Entry
from cstopa.search.words import BREAK, Word, closed, compounds

BATCH = 500
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
    """Return ``(words, stems)`` of texts, a line for each, as an Entry keeps them."""
    words, stems = [], []
    for text in texts:
        line, once_more = [], []
        for passage in text.split(BREAK):
            together = list(compounds(passage))
            as_written, as_one = [word for some in together for word in some], closed(together)
            line += [*as_written, PASSAGE]
            if as_one != as_written:
                once_more += [*as_one, PASSAGE]
        line += [ONCE_MORE, *once_more] if once_more else []
        words.append("".join(f" {word.folded}" for word in line))
        stems.append("".join(f" {word.stem}" for word in line))
    return " \n".join([*words, ""]), " \n".join([*stems, ""])


def words_of(row):
    """Return the columns of the row's entry."""
    unfinished = row.unfinished_text() if hasattr(row, "unfinished_text") else ()
    words, stems = lines(row.search_text())
    unfinished_words, unfinished_stems = lines(unfinished)
    return {
        "words": words,
        "stems": stems,
        "unfinished": unfinished_words,
        "unfinished_stems": unfinished_stems,
    }


def refresh(model, keys):
    """Make the entries of these rows again; rows that are gone lose theirs."""
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        with transaction.atomic():
            Entry.objects.filter(model=label(model), object_id__in=some).delete()
            Entry.objects.bulk_create(
                Entry(model=label(model), object_id=row.pk, **words_of(row))
                for row in model._meta.concrete_model._base_manager.filter(pk__in=some)
            )


def rebuild():
    """Make the whole index again and return the number of entries."""
    with transaction.atomic():
        Entry.objects.all().delete()
        for model in searched_models():
            keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
            refresh(model, keys.iterator(chunk_size=BATCH))
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
        return
    words = words_of(instance)
    Entry.objects.bulk_create(
        [Entry(model=label(type(instance)), object_id=instance.pk, **words)],
        update_conflicts=True,
        unique_fields=["model", "object_id"],
        update_fields=words,
    )


def _deleted(instance, **_kwargs):
    Entry.objects.filter(model=label(type(instance)), object_id=instance.pk).delete()
