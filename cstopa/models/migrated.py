"""What follows the last migration of a database."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def is_migrated(using):
    """Return whether a database has every migration."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def has_migrated(apps, plan, using):
    """Return whether a ``plan`` that is done was of some apps, by their labels, and nothing is missing."""
    return any(migration.app_label in apps for migration, _backwards in plan) and is_migrated(using)
