"""Take the content of a person or an article out of the whole database, as a law may demand."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from cstopa.management.base import DatabaseCommand
from cstopa.models.codes import Keyed
from cstopa.models.forgetting import forget, former_drafts
from cstopa.models.history import because, writing_as
from cstopa.publishing.models import Draft
from cstopa.search.vocabulary import forget_unused

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
                forget(each, key, reason, by="erase", codes=kind in NAMED_AFTER)
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
