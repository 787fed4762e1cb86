"""Measure: ``python -m bench --sizes 1000,100000 --databases sqlite,postgresql``.

Every figure is a ratio: what an address costs, beside the bare Django view in the same round.
"""

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit, urlunsplit

from bench.load import Connection, head, load, memory
from tests import postgres

BASE = Path(__file__).resolve().parent.parent
FOLDER = BASE / "var" / "bench"
# Whoever carries a session has each page made anew; it need not be a true one.
ANEW = {"Cookie": "sessionid=0"}
PLAIN = {
    "article": None,
    "list": "/news/",
    "list by topic": "/topics/sessions/",
    "search, rare": None,
    "search, every second": None,
    "search, absent": None,
    "feed": "/news/feed.atom",
}


@dataclass(frozen=True)
class Target:
    """One address of one server. ``of`` names the server, ``page`` and ``way`` the row of the table."""

    of: str
    page: str
    way: str
    port: int
    request: bytes
    processes: tuple


def environment(database, **others):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cstopa.settings",
        "DEBUG": "",
        "SECRET_KEY": "for the bench, which signs nothing that anyone trusts",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "STATIC_ROOT": str(FOLDER / "static"),
        "DATABASE_URL": database,
        **others,
    }


def python(database, *command, check=True, **others):
    """Run a command on a database, and return whether it was done."""
    command = [sys.executable, *command]
    done = subprocess.run(command, cwd=BASE, env=environment(database, **others))
    if check and done.returncode:
        sys.exit(f"Not measured: {' '.join(command)} failed.")
    return done.returncode == 0


@contextmanager
def gunicorn(application, database="sqlite://", **others):
    """Yield ``(port, number of the process)`` of a server as the docs start it, with two workers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", application, "--workers=2"),
                *(f"--bind=fd://{listener.fileno()}", "--max-requests=0"),
            ],
            cwd=BASE,
            env=environment(database, **others),
            pass_fds=[listener.fileno()],
            stderr=(FOLDER / "gunicorn.log").open("ab"),
        )
        port = listener.getsockname()[1]
    # The server has the socket now, and it alone: if it fails to start, nobody waits for it.
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


class SQLite:
    """Databases that are files."""

    def __init__(self, stack):
        self.processes = ()

    def address(self, name):
        return f"sqlite:///{FOLDER / name}.sqlite3"

    def has(self, name):
        return (FOLDER / f"{name}.sqlite3").exists()

    def copy(self, source, name):
        shutil.copy(FOLDER / f"{source}.sqlite3", FOLDER / f"{name}.sqlite3")

    def create(self, name):
        (FOLDER / f"{name}.sqlite3").unlink(missing_ok=True)


class PostgreSQL:
    """Databases of a server that ends with the bench."""

    def __init__(self, stack):
        import psycopg

        self.parts = urlsplit(stack.enter_context(postgres.server()))
        self.connection = psycopg.connect(urlunsplit(self.parts), autocommit=True)
        folder = Path(self.parts.query.partition("=")[2])
        self.processes = (int((folder / "data/postmaster.pid").read_text().split()[0]),)

    def address(self, name):
        return urlunsplit(self.parts._replace(path=f"/{name}"))

    def has(self, name):
        return bool(
            self.connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        )

    def copy(self, source, name):
        self.connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}")

    def create(self, name):
        self.connection.execute(f"CREATE DATABASE {name}")


DATABASES = {"sqlite": SQLite, "postgresql": PostgreSQL}


def build(databases, size):
    """Return the address of a database with so many articles, made where it is not there."""
    if not databases.has("facts"):
        databases.create("facts_begun")
        python(databases.address("facts_begun"), "manage.py", "migrate", "--verbosity=0")
        python(databases.address("facts_begun"), "-m", "bench.corpus", "facts")
        databases.copy("facts_begun", "facts")
    name = f"articles_{size}"
    if not databases.has(name):
        databases.copy("facts", f"{name}_begun")
        address = databases.address(f"{name}_begun")
        python(address, "-m", "bench.corpus", str(size))
        python(address, "-m", "bench.plain.fill", DJANGO_SETTINGS_MODULE="bench.plain.settings")
        databases.copy(f"{name}_begun", name)
    elif not python(databases.address(name), "manage.py", "migrate", "--check", check=False):
        sys.exit(f"The corpora under {FOLDER} are of other migrations: delete them.")
    return databases.address(name)


def addresses(database):
    """Return ``{name: address}`` of what is measured there."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.corpus", "addresses"],
        cwd=BASE,
        env=environment(database),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def targets(of, port, processes, pages, is_plain=False):
    """Yield the Targets of a server, each asked for once before: what fails stops the bench."""
    connection = Connection(port)
    for page, address in pages.items():
        ways = {"anew": {}} if is_plain else {"anew": ANEW, "kept": {}}
        for way, headers in ways.items():
            request = head(port, address, **headers)
            status, answered, _body = connection.ask(request)
            if status != 200:
                sys.exit(f"{of}: {address} answers {status}")
            yield Target(of, page, way, port, request, processes)
        if not is_plain and (etag := answered.get("etag")):
            request = head(port, address, If_None_Match=etag)
            yield Target(of, page, "304", port, request, processes)
    connection.close()


def measure(all_targets, bare, rounds, seconds):
    """Return for each Target a dictionary for each round.

    ``answers`` is the ratio of answers a second to those of ``bare``, ``processor`` that of the time
    of a processor, the database's included; ``ms`` is that time of one answer.
    """
    measured = {target: [] for target in all_targets}
    for number in range(rounds):
        for target in all_targets:
            beside = load(bare.port, bare.request, seconds / 2, bare.processes)
            answers = load(target.port, target.request, seconds, target.processes)
            cost = answers.processor / answers.number
            measured[target].append(
                {
                    "answers": answers.per_second / beside.per_second,
                    "processor": beside.processor / beside.number / cost if cost else None,
                    "ms": 1000 * cost,
                    "bytes": max(answers.sizes),
                    "statuses": sorted(answers.statuses),
                }
            )
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return measured


def table(measured, name):
    """Print a line for each page, a column for each server and way, by answers or by processor."""
    columns = list(dict.fromkeys((each.of, each.way) for each in measured))
    rows = list(dict.fromkeys(each.page for each in measured))
    ratios = {
        (each.page, each.of, each.way): median(row[name] for row in some)
        for each, some in measured.items()
    }
    print("| page |", *(f"{of} {way} |" for of, way in columns))
    print("| --- |", *("--- |" for _ in columns))
    for page in rows:
        cells = (ratios.get((page, *column)) for column in columns)
        print(f"| {page} |", *("– |" if cell is None else f"{cell:.3f} |" for cell in cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,20000", help="numbers of articles")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument(
        "--pages", default="", help="only pages whose name begins with one of these"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument(
        "--by",
        default="answers",
        choices=["answers", "processor"],
        help="the ratio to print: of answers a second, or, where the machine does other work, of a "
        "processor's time",
    )
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    chosen = tuple(asked.pages.split(","))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        python("sqlite://", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        port, process = stack.enter_context(gunicorn("bench.bare"))
        bare = Target("bare", "", "", port, head(port, "/"), (process,))
        Connection(port).ask(bare.request)
        every, servers = [], {"bare": (process,)}
        for kind in asked.databases.split(","):
            databases = DATABASES[kind](stack)
            for size in sizes:
                database = build(databases, size)
                pages = {
                    name: address
                    for name, address in addresses(database).items()
                    if name.startswith(chosen)
                }
                name = f"{kind} {size}"
                port, process = stack.enter_context(gunicorn("cstopa.wsgi", database))
                servers[name] = (process,)
                both = (process, *databases.processes)
                every += targets(name, port, both, pages)
                plain = {
                    page: PLAIN[page] or address for page, address in pages.items() if page in PLAIN
                }
                port, process = stack.enter_context(
                    gunicorn(
                        "bench.plain.wsgi",
                        database,
                        DJANGO_SETTINGS_MODULE="bench.plain.settings",
                    )
                )
                servers[f"plain {name}"] = (process,)
                both = (process, *databases.processes)
                every += targets(f"plain {name}", port, both, plain, is_plain=True)
        measured = measure(every, bare, asked.rounds, asked.seconds)
        table(measured, asked.by)
        memories = {name: round(memory(some)) for name, some in servers.items()}
        print("\nMemory of the master and two workers, MiB:", memories)
    write(measured, memories)


def write(measured, memories):
    found = {
        "date": dt.date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "memory": memories,
        "measured": [
            {
                "server": target.of,
                "page": target.page,
                "way": target.way,
                "rounds": rounds,
            }
            for target, rounds in measured.items()
        ],
    }
    file = FOLDER / f"{dt.datetime.now():%Y-%m-%dT%H%M}.json"
    file.write_text(json.dumps(found, indent=1))
    print(f"Written to {file.relative_to(BASE)}", file=sys.stderr)


if __name__ == "__main__":
    main()
