"""Records of fixtures for tests, and what ``loaddata`` says to them."""

import json
from io import StringIO
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

SOURCE = ("delegations.source", {"code": "decision", "title_en": "Decision"})
UTOPIA = (
    "delegations.parliament",
    {"slug": "utopia", "state_en": "Utopia", "name_en": "Diet of Utopia"},
)
HOUSE = (
    "delegations.chamber",
    {"code": "utopia-house", "source": ["decision"], "parliament": ["utopia"], "name_en": "House"},
)
SEATS = (
    "delegations.seatallocation",
    {"code": "utopia-house-1", "source": ["decision"], "chamber": ["utopia-house"], "seats": 7},
)
ARTICLE = (
    "news.article",
    {
        "slug": "session",
        "headline_en": "Session",
        "summary_en": "A session.",
        "body_en": "<p>A session.</p>",
        "published_at": "2021-05-21T00:00:00+03:00",
        "status": "published",
    },
)


def changed(record, **fields):
    model, before = record
    return model, {name: value for name, value in (before | fields).items() if value is not ...}


def as_json(*records):
    return json.dumps(
        [
            {"model": record[0], "fields": record[1]} if isinstance(record, tuple) else record
            for record in records
        ]
    )


def rows():
    """Return what every table holds, the versions too."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def load(*records, **options):
    """Load records from the standard input, and return what the command says."""
    out = StringIO()
    with mock.patch("sys.stdin", StringIO(as_json(*records))):
        call_command("loaddata", "-", format="json", stdout=out, **options)
    return out.getvalue()


def complaints(*records, **options):
    """Load records that cannot be loaded, and return the lines that say why."""
    before = rows()
    with pytest.raises(CommandError) as refusal:
        load(*records, **options)
    assert rows() == before
    first, *lines = str(refusal.value).split("\n")
    assert first == "Nothing was loaded."
    return lines
