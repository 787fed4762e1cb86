"""Keeps the index: an entry for each row of a model that has ``search_text()``."""

from functools import cache

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from cstopa.search.models import Entry
from cstopa.search.words import fold

BATCH = 500


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


def folded(texts):
    """Return the folded words of texts, a space before each, so that a word's start is found."""
    return "".join(f" {word}" for word in fold(" ".join(texts)))


def words_of(row):
    """Return the columns of the row's entry."""
    unfinished = row.unfinished_text() if hasattr(row, "unfinished_text") else ()
    return {"words": folded(row.search_text()), "unfinished": folded(unfinished)}


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


def follow():
    """Keep the entries by the signals of the rows, raw saves included."""
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
    Entry.objects.update_or_create(
        model=label(type(instance)), object_id=instance.pk, defaults=words_of(instance)
    )


def _deleted(instance, **_kwargs):
    Entry.objects.filter(model=label(type(instance)), object_id=instance.pk).delete()
