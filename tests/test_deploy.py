"""The units of systemd: what they start is there, and systemd takes them."""

import configparser
import re
import shlex
import shutil
import subprocess
from importlib.metadata import entry_points
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from cstopa.library import embedded
from cstopa.pasting import docx

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted(DEPLOY.iterdir())
PROGRAMS = "/srv/assembly/var/venv/bin/"
# What a unit may call that is the system's.
OF_SYSTEM = {"/bin/kill"}


def read(unit):
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    return parser


def commands(unit):
    service = dict(read(unit)["Service"]) if unit.suffix == ".service" else {}
    return [shlex.split(service[name]) for name in service if name.startswith("Exec")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_there(unit):
    installed = {each.name for each in entry_points(group="console_scripts")}
    for program, *arguments in commands(unit):
        if program in OF_SYSTEM:
            continue
        assert program.startswith(PROGRAMS)
        name = program.removeprefix(PROGRAMS)
        if name == "python":
            file, command, *_options = arguments
            assert (settings.BASE_DIR / file).is_file()
            load_command_class(get_commands()[command], command)
        else:
            assert name in installed
            assert find_spec(arguments[0])


def test_a_site_and_a_worker_are_started():
    started = [" ".join(each) for unit in UNITS for each in commands(unit)]
    assert f"{PROGRAMS}gunicorn cstopa.wsgi" in started
    assert f"{PROGRAMS}python manage.py db_worker" in started


def test_the_units_name_one_another_and_the_documents_name_each():
    names = {unit.name for unit in UNITS}
    for unit in UNITS:
        for key in ("Requires", "Wants"):
            assert {*read(unit)["Unit"].get(key, "").split()} <= names
    said = (settings.BASE_DIR / "docs/operations.md").read_text()
    assert not [name for name in names if f"deploy/{name}" not in said]


def test_a_proxy_waits_longer_than_the_desk_and_the_desk_than_a_document_takes():
    said = (settings.BASE_DIR / "docs/operations.md").read_text()
    [proxy] = re.findall(r"^ +proxy_read_timeout (\d+)s;", said, re.MULTILINE)
    script = (settings.BASE_DIR / "static/desk/paste.js").read_text()
    [desk] = re.findall(r"LONG_WAIT = (\d+)_000;", script)
    # A quarter as long each waits for another.
    assert int(proxy) > int(desk) > docx.SECONDS * 1.25 + embedded.SECONDS


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_them(tmp_path):
    for unit in UNITS:
        # The programs of this machine, for it asks whether they can be started.
        here = unit.read_text().replace("/srv/assembly", str(settings.BASE_DIR))
        (tmp_path / unit.name).write_text(here)
    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in said.stderr.splitlines() if "assembly" in line] == []
    assert said.returncode == 0
