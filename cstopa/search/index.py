"""Keeps the index: an entry for each row of a model that has ``search_text()``."""

from functools import cache, lru_cache

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_migrate, post_save

from cstopa.models.migrated import has_migrated
from cstopa.search.models import Entry, EntryText
from cstopa.search.places import place_of
from cstopa.search.vocabulary import forget_unused, learn
from cstopa.search.words import BREAK, COMPOUND, words_of

# Rows that are written in one transaction, for which other writers wait.
BATCH = 200
COLUMNS = ("words", "stems", "unfinished", "unfinished_stems")
# Parts the words as written from those that a hyphen joins as one.
ONCE_MORE = " ||"
# Of all words of a row with their stems: a tsvector of PostgreSQL takes 1 MB.
MOST_BYTES = 1_000_000


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
    """Return ``[words, stems]`` of each text, the lines that it has in an EntryText."""
    found = []
    for text in texts:
        passages = [_passage(each) for each in text.split(BREAK)]
        if as_one := [each[2:] for each in passages if each[0] != each[2]]:
            passages += [[ONCE_MORE, ONCE_MORE], *as_one]
        found.append(["".join(each[at] for each in passages) for at in (0, 1)])
    return found


def _passage(text):
    """Return the words and the stems of a passage, then both with each compound as one word."""
    columns = zip(*map(_compound, COMPOUND.findall(text)), strict=True)
    return [f"{''.join(each)} |" for each in columns] or [" |"] * 4


# The texts of a site have most of their words in common.
@lru_cache(maxsize=20_000)
def _compound(text):
    words, whole = words_of(text)
    return [
        "".join(f" {getattr(word, name)}" for word in some)
        for some in (words, [whole] if whole else words)
        for name in ("folded", "stem")
    ]


def fitting(lines):
    """Return the lines of a row; the longest loses words at its end while there is no room for all."""
    while sum(map(_size, lines)) > MOST_BYTES:
        longest = max(lines, key=_size)
        half = longest[0].count(" ") // 2
        longest[:] = ["".join(f" {word}" for word in each.split()[:half]) for each in longest]
    return lines


def _size(line):
    return sum(len(each.encode()) for each in line)


def text_of(row):
    """Return ``(columns, words)`` of the row's EntryText: each word with its stem."""
    finished = lines(row.search_text())
    unfinished = lines(row.unfinished_text()) if hasattr(row, "unfinished_text") else []
    every = fitting([*finished, *unfinished])
    columns = (
        "".join(f"{line[at]} \n" for line in some)
        for some in (finished, unfinished)
        for at in (0, 1)
    )
    words = {pair for line in every for pair in zip(*map(str.split, line), strict=True)}
    return dict(zip(COLUMNS, columns, strict=True)), words


def write(rows):
    """Make the entries of rows of one model anew."""
    if not rows:
        return
    model, texts, words = label(type(rows[0])), [], set()
    for row in rows:
        columns, some = text_of(row)
        texts.append(EntryText(entry_id=place_of(row), **columns))
        words |= some
    with transaction.atomic(savepoint=False):
        there = forget(model, [row.pk for row in rows], {text.entry_id for text in texts})
        Entry.objects.bulk_create(
            Entry(id=text.entry_id, model=model, object_id=row.pk)
            for row, text in zip(rows, texts, strict=True)
            if text.entry_id not in there
        )
        EntryText.objects.bulk_create(texts)
        learn(words)


def forget(model, keys, stay=frozenset()):
    """Delete the entries of these rows of a model, and return their places.

    An entry at one of the places that ``stay`` loses its text alone.
    """
    rows = Entry.objects.filter(model=model, object_id__in=keys)
    places = set(rows.values_list("pk", flat=True))
    if places:
        EntryText.objects.filter(pk__in=places).delete()
    if gone := places - stay:
        Entry.objects.filter(pk__in=gone).delete()
    return places


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
    forget_unused()
    return Entry.objects.count()


def after_migrations(using, plan=(), **_kwargs):
    """Make the index again where what it keeps has changed, once everything is migrated."""
    if has_migrated({"search"}, plan, using):
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
