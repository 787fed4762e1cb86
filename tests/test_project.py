"""The project itself: its locks, its tree, its commands."""

import ast
import os
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
    "requirements-bootstrap.txt": PROJECT["dependency-groups"]["bootstrap"],
}
# Run in a process of its own, by tests/delegations/test_invented_fact.py.
PLACES = ROOT / "tests" / "invented" / "places.py"
GENERATED = {".git", "var", "__pycache__"}
# The brackets keep these lines from finding themselves.
HOSTS = r"pyp[i]\.org|pythonhoste[d]\.org|registry\.npmj[s]\.org"
FOLDERS = r"(?<![\w.~-])/(?:roo[t]|wor[k]|opt/wheel[s]|home/\w+|Users/\w+)/"
PRIVATE = re.compile(f"{HOSTS}|{FOLDERS}".encode())


def locked(name):
    """Return ``{package: version}``; one without an exact version and a hash is an error."""
    versions = {}
    for entry in re.split(r"\n(?=[a-zA-Z])", (ROOT / name).read_text()):
        if entry.startswith("#"):
            continue
        package, version = re.match(r"([\w.-]+)==([\w.]+)", entry).groups()
        assert "--hash=sha256:" in entry, f"{package} in {name} has no hash"
        versions[canonicalize_name(package)] = version
    return versions


def tree():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = set(folders) - GENERATED
        yield from (Path(folder) / name for name in files)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_satisfies_every_requirement(lock):
    versions = locked(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{requirement}, but {version} in {lock}"


def test_locks_name_one_version_of_a_package():
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    shared = runtime.keys() & development.keys()
    assert {name: runtime[name] for name in shared} == {name: development[name] for name in shared}


def test_tree_names_no_registry_and_no_folder_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in tree()
        if (match := PRIVATE.search(path.read_bytes()))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["https://p|ypi.org/simple", "cd /w|ork/main", "HOME=/r|oot/", "/h|ome/anna/site"],
)
def test_a_registry_or_such_a_folder_would_be_found(line):
    assert PRIVATE.search(line.replace("|", "").encode())


def finds(path):
    return ROOT / "tests" in path.parents and path.name.startswith("test_")


def test_every_test_is_in_a_file_that_the_runner_finds():
    lost = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in tree()
        if path.suffix == ".py" and not finds(path) and path != PLACES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert lost == []


def make(*arguments):
    # Not as a part of the make that may have started these tests.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_run_says_that_the_port_is_in_use(address):
    with socket.create_server((address, 0)) as listener:
        port = listener.getsockname()[1]
        refused = make("run", f"PORT={port}")
    assert refused.returncode
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"Port {port} is in use: choose another one")
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["", "0", "65536", "eight", "8000; ls", "-1"])
def test_run_says_what_a_port_is(port):
    refused = make("run", f"PORT={port}")
    assert refused.returncode
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"PORT is a number from 1 to 65535, and {port!r} is not")


def test_help_gives_the_reason_of_every_target():
    told = make("help")
    for target in ("run", "manage", "test", "lint", "format", "lock", "messages"):
        assert f"make {target} : " in told.stdout
