"""Take the content of a person or an article out of the whole database, as a law may demand."""

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models, transaction

from cstopa.management.base import DatabaseCommand
from cstopa.models.codes import Keyed
from cstopa.models.history import because, writing_as
from cstopa.publishing.models import Draft
from cstopa.search.vocabulary import forget_unused
from cstopa.working_copies.models import WorkingCopy

# Of a person the slug and all codes are made of the name; an article keeps its address, which
# answers 410, and its code, by which those who copied it learn that it is gone.
KINDS = {"person": "delegations.person", "article": "news.article"}
NAMED_AFTER = {"person"}


class Command(DatabaseCommand):
    help = (
        "Delete a person with all facts about them, or an article, and empty every text of their "
        "versions. The versions stay, without content: when there was something, who saved it, and "
        "why it was erased. What texts of others say is left to editors."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("slug", help="its slug, of today or of any version")
        parser.add_argument("--reason", required=True, help="who demanded it, and by which paper")

    def handle(self, *, kind, slug, reason, **options):
        model = apps.get_model(KINDS[kind])
        with transaction.atomic(), writing_as("erase"), because(reason):
            rows = model._base_manager.filter(slug=slug)
            former = model.history.filter(slug=slug).order_by("-history_id")
            keys = rows.values_list("pk", flat=True) or former.values_list("id", flat=True)
            if not keys:
                raise CommandError(f"No {kind} has, or had, the slug {slug}.")
            # One that another has by now is not meant: it was its row's before.
            erased = [(model, keys[0])]
            if row := model._base_manager.filter(pk=keys[0]).first():
                erased = [*deleted(row)]
            erased += [pair for each in erased for pair in former_drafts(*each)]
            for each, key in erased:
                forget(each, key, reason, codes=kind in NAMED_AFTER)
            # What repeats words of rows without being a row of theirs.
            forget_unused()
            call_command("rebuild_changes", stdout=self.stdout)
        self.stdout.write(f"Erased: {len(erased)} rows, and the words of their versions.")


def deleted(row):
    """Delete a row and what says something of it, and yield the model and the key of each."""
    for relation in row._meta.related_objects:
        name = relation.field.name
        others = relation.related_model._base_manager.filter(**{name: row})
        if relation.many_to_many:
            for other in others:
                getattr(other, name).remove(row)
        elif issubclass(relation.related_model, Keyed | Draft):
            for other in others:
                yield from deleted(other)
    key = row.pk
    row.delete()
    yield type(row), key


def former_drafts(model, key):
    """Yield the model and the key of each draft over a row, also of those that are public by now."""
    for each in apps.get_models():
        if issubclass(each, Draft) and each._meta.get_field("live").related_model is model:
            for draft in set(each.history.filter(live=key).values_list("id", flat=True)):
                yield each, draft


def forget(model, key, reason, codes):
    """Empty the texts of all versions of a row, and what the desk's own log says of it."""
    versions = model.history.filter(id=key)
    names = {"slug", "code"}
    texts = {
        field.name: f"erased-{key}" if field.name in names else ""
        for field in model.history.model.copied_fields.values()
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (codes or field.name not in names)
    }
    versions.update(**texts, reason="")
    # One of somebody at the desk, too, is none that could be undone any more.
    versions.filter(history_type="-").update(reason=reason, history_change_reason="erase")
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(key))
    entries.update(object_repr=f"erased-{key}", change_message="")
    WorkingCopy.objects.of_row(model, str(key)).delete()
