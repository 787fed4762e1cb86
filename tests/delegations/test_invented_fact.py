"""A new kind of dated fact is one model: each place that the documents name has it by itself."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = ROOT / "tests/invented/places.py"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATABASE"))
} | {"DJANGO_SETTINGS_MODULE": "tests.invented.settings", "DATABASE_URL": "sqlite:///"}


def run(*arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def places():
    """Return the words of each place that is tried: "desk form"."""
    names = [each.name for each in ast.parse(PLACES.read_text()).body if hasattr(each, "name")]
    return {
        name.removeprefix("test_").replace("_", " ") for name in names if name.startswith("test_")
    }


def documented():
    """Return the places that the document names in its table, and the model that it shows."""
    document = (ROOT / "docs/architecture.md").read_text()
    section = document.partition("## A dated fact\n")[2].partition("\n## ")[0]
    table = re.findall(r"^\| `(\w[\w ]+)` \|", section, re.MULTILINE)
    return set(table), re.search(r"```python\n(.*?)```", section, re.DOTALL)[1]


def test_the_document_names_the_places_that_are_tried():
    table, _model = documented()
    assert table == places()


def test_the_document_shows_the_whole_declaration():
    _table, model = documented()
    assert model.strip() in (ROOT / "tests/invented/models.py").read_text()


def test_an_invented_fact_is_in_each_place():
    code, told = run("-m", "pytest", "--noconftest", "-q", str(PLACES))
    assert code == pytest.ExitCode.OK, told


def test_it_takes_one_migration_and_a_column_for_its_further_sources():
    code, told = run("manage.py", "makemigrations", "--dry-run", "--no-color")
    assert code == 0, told
    headings = re.findall(r"^Migrations for '(\w+)'", told, re.MULTILINE)
    assert sorted(headings) == ["delegations", "invented"], told
    of_delegations = told.partition("Migrations for 'delegations'")[2].partition("Migrations for")[
        0
    ]
    changes = {each.strip() for each in re.findall(r"^ {4}(.+)$", of_delegations, re.MULTILINE)}
    for kind in ("committee_membership", "due", "remit", "spokesperson"):
        assert f"+ Add field {kind} to furthersource" in changes
        assert f"+ Add field {kind} to historicalfurthersource" in changes
    assert all("furthersource" in each for each in changes), changes
