"""Dump rows by their natural keys as fixtures state them: without versions."""

from django.apps import apps
from django.core.management.commands import dumpdata
from simple_history.models import HistoricalChanges


class Command(dumpdata.Command):
    """Django's command, which with ``--natural-primary`` leaves out versions unless they are named.

    A version points at its row by the primary key, which such a dump does not carry.
    """

    def handle(self, *app_labels, **options):
        if options["use_natural_primary_keys"]:
            versions = {
                model._meta.label_lower
                for model in apps.get_models()
                if issubclass(model, HistoricalChanges)
            }
            options["exclude"] = [
                *options["exclude"],
                *sorted(versions - {*map(str.lower, app_labels)}),
            ]
        super().handle(*app_labels, **options)
