import sys

from django.apps import apps
from django.core.management.base import BaseCommand

from cstopa.http.as_of import speaking_of
from cstopa.management.records import in_one_line
from cstopa.models.codes import Keyed
from cstopa.models.fields import TidyMixin
from cstopa.models.richtext import SanitisedHTMLField
from delegations.chronicle import Chronicle
from delegations.models import FurtherSource
from news.models import Article
from news.prose import findings

BATCH = 100


def written(model):
    """Return the fields of a model in which an editor writes in words of our own."""
    # What another source says is told with the number that it says.
    quoted = ("says_en", "says_ru") if model is FurtherSource else ()
    return [
        field
        for field in model._meta.fields
        if isinstance(field, TidyMixin) and field.name not in quoted
    ]


class Command(BaseCommand):
    help = (
        "Finds numbers of seats and deputies that are typed in texts, drafts included, and names the"
        " references that state them. A line for each, and then the exit code is 1."
    )

    def handle(self, *args, **options):
        number = 0
        with speaking_of(None):
            chronicle = Chronicle.of_this_page()
            for model in apps.get_models():
                if issubclass(model, Keyed) and not model._meta.proxy:
                    for line in self._lines(model, chronicle):
                        self.stdout.write(line)
                        number += 1
        if number:
            sys.exit(1)

    def _lines(self, model, chronicle):
        fields = written(model)
        key = model.natural_key_field
        rows = model._base_manager.order_by(key).only(key, *(field.name for field in fields))
        for row in rows.iterator(chunk_size=BATCH) if fields else ():
            for field in fields:
                text, is_html = getattr(row, field.name), isinstance(field, SanitisedHTMLField)
                for finding in findings(text, chronicle, is_html=is_html):
                    offers = " or ".join(finding.offers)
                    if model is not Article:
                        offers = f"leave the number out: no reference is read here ({offers})"
                    yield in_one_line(
                        f"{model._meta.label_lower} {getattr(row, key)}, {field.name}: "
                        f"“{finding.phrase}” → {offers}"
                    )
