"""Measure: ``python -m bench --sizes 1000,100000 --databases sqlite,postgresql``.

Every figure is a ratio: what an address costs, beside the bare Django view in the same round.
"""

import argparse
import datetime as dt
import json
import os
import platform
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from operator import truediv
from statistics import median

from bench.corpus import SESSION
from bench.databases import BASE, DATABASES, FOLDER, addresses, build, environment, python
from bench.load import Connection, head, load, memory

# Whoever carries a session has each page made anew; it need not be a true one.
ANEW = {"Cookie": "sessionid=0"}
DESK = {"Cookie": f"sessionid={SESSION}"}
WAYS = ("anew", "growth", "kept", "304", "plain")
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
    """One address of one server: ``page`` and ``way`` are a row and a column of the table."""

    kind: str
    size: int
    page: str
    way: str
    port: int
    request: bytes
    processes: tuple


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


def targets(kind, size, port, processes, pages, ways):
    """Yield the Targets of a server, each asked for once before: what fails stops the bench."""
    connection = Connection(port)
    for page, address in pages.items():
        headers = {"anew": DESK} if page.startswith("desk") else {"anew": ANEW, "kept": {}}
        if "304" in ways and "kept" in headers:
            _status, answered, _body = connection.ask(head(port, address))
            if etag := answered.get("etag"):
                headers["304"] = {"If_None_Match": etag}
        for way in ways:
            if way in {*headers, "plain"}:
                request = head(port, address, **headers.get(way, {}))
                status, _answered, _body = connection.ask(request)
                if status != (304 if way == "304" else 200):
                    sys.exit(f"{kind} {size}: {address} answers {status}, {way}")
                yield Target(kind, size, page, way, port, request, processes)
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
    """Print a table for each database, by answers or by processor: a line for each page.

    A cell has the ratio of each size. ``growth``: how many times as long a page that is made anew
    takes at the last size as at the first, in the same round.
    """
    found = {
        (each.kind, each.page, each.way, each.size): [row[name] for row in rounds]
        for each, rounds in measured.items()
    }
    kinds, pages, ways, sizes = (list(dict.fromkeys(some)) for some in zip(*found, strict=True))
    columns = [way for way in WAYS if way in {*ways, "growth"}]

    def cell(kind, page, way):
        every = [
            found.get((kind, page, "anew" if way == "growth" else way, size)) for size in sizes
        ]
        if None in every:
            return "–"
        if way == "growth":
            return f"{median(map(truediv, every[0], every[-1])):.2f}"
        return " / ".join(f"{median(rounds):.3f}" for rounds in every)

    for kind in kinds:
        print(f"\n{kind}, {' / '.join(f'{size:,}' for size in sizes)} articles:\n")
        print("| page |", *(f"{way} |" for way in columns))
        print("| --- |", *("--- |" for _ in columns))
        for page in pages:
            print(f"| {page} |", *(f"{cell(kind, page, way)} |" for way in columns))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,20000", help="numbers of articles")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument(
        "--pages", default="", help="only pages whose name begins with one of these"
    )
    parser.add_argument("--ways", default=",".join(WAYS), help="only these columns")
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
    chosen = asked.ways.split(",")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        python("sqlite://", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        port, process = stack.enter_context(gunicorn("bench.bare"))
        bare = Target("bare", 0, "", "", port, head(port, "/"), (process,))
        Connection(port).ask(bare.request)
        every, servers = [], {"bare": (process,)}

        def serve(application, ways, pages, **others):
            port, process = stack.enter_context(gunicorn(application, database, **others))
            servers[f"{kind} {size}, {application}"] = (process,)
            both = (process, *databases.processes)
            return targets(kind, size, port, both, pages, [way for way in ways if way in chosen])

        for kind in asked.databases.split(","):
            databases = DATABASES[kind](stack)
            for size in sizes:
                database = build(databases, size)
                pages = {
                    name: address
                    for name, address in addresses(database).items()
                    if name.startswith(tuple(asked.pages.split(",")))
                }
                every += serve("cstopa.wsgi", ("anew", "kept", "304"), pages)
                plain = {page: PLAIN[page] or pages[page] for page in PLAIN if page in pages}
                settings = {"DJANGO_SETTINGS_MODULE": "bench.plain.settings"}
                every += serve("bench.plain.wsgi", ("plain",), plain, **settings)
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
                "database": target.kind,
                "articles": target.size,
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
