"""Releases: the migrations that are out, and a filled database of each.

``python -m tests.releases record NAME`` keeps the migrations of today and the rows of a filled
database in ``tests/released/NAME.json.gz``. ``python -m tests.releases upgrade NAME`` makes that
database again in DATABASE_URL, where there is nothing, and brings it to the migrations of today.
"""

import gzip
import json
import os
import sys
import tempfile
from hashlib import sha256
from itertools import chain
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "tests" / "released"
# What a migration since a release has changed, and why: a model, a column of it, or an address.
# All else that was released is there as it was.
CHANGED = {
    "search.entry": "The index is made again with each migration of its app.",
    "changes.logentry.values": "The log keeps more of a row since versions of the record are shown.",
    "changes.logentry.before": "The same of the version before.",
    "changes.parliamentlog.id": "The logs are made again with each migration of what they are of.",
    "auth.group_permissions": "Facts are the keepers' alone, and editors and publishers are keepers too.",
}


def names():
    return sorted(file.name.removesuffix(".json.gz") for file in RELEASED.iterdir())


def read(name):
    """Return what was recorded: migrations, their last nodes, rows and addresses."""
    return json.loads(gzip.decompress((RELEASED / f"{name}.json.gz").read_bytes()))


def digests():
    """Return ``{file: digest}`` of the migrations."""
    return {
        str(file.relative_to(ROOT)): sha256(file.read_bytes()).hexdigest()
        for app in ("cstopa", "delegations", "news")
        for file in (ROOT / app).rglob("migrations/[0-9]*.py")
    }


def models_at(nodes):
    """Return ``{label: model}`` as these migrations leave the models."""
    state = MigrationLoader(connection).project_state(nodes)
    return {
        model._meta.label_lower: model
        for model in state.apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def rows_of(model):
    """Return ``{column: value}`` of each row, as JSON has it."""
    return [
        {
            field.attname: None
            if field.value_from_object(row) is None
            else field.value_to_string(row)
            for field in model._meta.concrete_fields
        }
        for row in model._base_manager.order_by("pk")
    ]


def answer(address):
    """Return the status of an address, or of the one to which it leads."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    response = client.get(address, follow=True)
    response.close()
    return response.status_code


def record(name):
    from tests import site
    from tests.public import addresses

    call_command("migrate", verbosity=0)
    fill()
    nodes = sorted(MigrationLoader(connection).graph.leaf_nodes())
    rows = {label: rows_of(model) for label, model in models_at(nodes).items()}
    if empty := [label for label, some in rows.items() if not some]:
        sys.exit(f"Nothing is recorded: fill() makes no row of {', '.join(empty)}.")
    every = {*site.pages(), site.GONE, *chain.from_iterable(addresses().values())}
    release = {
        "migrations": digests(),
        "nodes": nodes,
        "rows": rows,
        "addresses": {address: answer(address) for address in every},
    }
    text = json.dumps(release, ensure_ascii=False, sort_keys=True).encode()
    # Never over one that is there.
    with (RELEASED / f"{name}.json.gz").open("xb") as file:
        file.write(gzip.compress(text, mtime=0))


def fill():
    """Make rows of every model: the small site, an editor, and a correction at the desk."""
    from django.contrib.auth.models import Group, Permission, User

    from delegations.models import SeatAllocation
    from tests import site
    from tests.cstopa.admin.rows import page
    from tests.forms import corrected, filled

    site.fill()
    call_command("loaddata", "pages", verbosity=0)
    editor = User.objects.create_superuser("editor")
    editor.groups.set(Group.objects.all())
    editor.user_permissions.set(Permission.objects.filter(codename="publish_article"))
    client = Client(headers={"host": "localhost"})
    client.force_login(editor)
    address = page(SeatAllocation.objects.get(seats=8), "change")
    client.post(address, filled(client.get(address), seats=9, **corrected()))


def upgrade(name):
    release = read(name)
    nodes = [tuple(node) for node in release["nodes"]]
    MigrationExecutor(connection).migrate(nodes)
    insert(release["rows"], models_at(nodes))
    call_command("migrate", verbosity=0)
    if lost := [*lost_rows(release["rows"]), *lost_addresses(release["addresses"])]:
        sys.exit("\n".join(lost))


def insert(rows, models):
    with transaction.atomic():
        # auth's own migrations make those of the proxies that are there by then.
        models["contenttypes.contenttype"]._base_manager.all().delete()
        for label, some in rows.items():
            fields = {field.attname: field for field in models[label]._meta.concrete_fields}
            for row in some:
                values = {column: fields[column].to_python(row[column]) for column in row}
                # Raw: a moment of saving stays what it was.
                models[label](**values).save_base(raw=True, force_insert=True)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models.values()):
            cursor.execute(sql)


def lost_rows(released):
    """Yield a line for each released row that is not there, or not as it was."""
    for label, rows in released.items():
        if label in CHANGED:
            continue
        model = apps.get_model(label)
        columns = [column for column in rows[0] if f"{label}.{column}" not in CHANGED]
        if gone := set(columns) - {field.attname for field in model._meta.concrete_fields}:
            yield f"{label} has no {', '.join(sorted(gone))} any more"
            continue
        there = {text_of(row, columns) for row in rows_of(model)}
        for text in (text_of(row, columns) for row in rows):
            if text not in there:
                yield f"{label} has no row {text} any more"


def text_of(row, columns):
    # Sorted: PostgreSQL keeps the names within a JSON value in an order of its own.
    stated = {column: row[column] for column in columns}
    return json.dumps(stated, ensure_ascii=False, sort_keys=True)


def lost_addresses(released):
    """Yield a line for each released address that answers otherwise."""
    for address, status in released.items():
        if address not in CHANGED and (now := answer(address)) != status:
            yield f"{address} answers {now}, and not {status} any more"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cstopa.settings")
    with tempfile.TemporaryDirectory(prefix="cstopa-") as folder:
        if sys.argv[1] == "record":
            os.environ |= {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        django.setup()
        {"record": record, "upgrade": upgrade}[sys.argv[1]](sys.argv[2])
