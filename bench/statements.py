"""What a page asks of its database: ``python -m bench.statements --database postgresql --size 100000``.

It prints how many statements each page takes that is made anew, and the slowest of them in ms.
"""

import argparse
import os
import time
from contextlib import ExitStack

import django
from django.db import connection

from bench import corpus
from bench.databases import DATABASES, FOLDER, build, environment, python

ROUNDS = 3


def timed(taken):
    """Return a wrapper that notes ``(ms, statement)``, until the last row is read."""

    def wrapper(execute, sql, params, many, context):
        started = time.perf_counter()
        answer = execute(sql, params, many, context)
        connection.finish(context["cursor"])
        taken.append((1000 * (time.perf_counter() - started), sql))
        return answer

    return wrapper


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000, help="number of articles")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        python("sqlite://", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        database = build(DATABASES[asked.database](stack), asked.size)
        os.environ |= environment(database)
        django.setup()
        from django.test import Client

        corpus.sign_in()
        print("| page | statements | slowest, ms | which |\n| --- | --- | --- | --- |")
        for page, address in corpus.addresses().items():
            client, rounds = Client(SERVER_NAME="127.0.0.1"), []
            client.cookies["sessionid"] = corpus.SESSION if page.startswith("desk") else "0"
            for _ in range(ROUNDS):
                rounds.append([])
                with connection.execute_wrapper(timed(rounds[-1])):
                    client.get(address)
            # The round in which nothing else delayed it.
            slowest, sql = min(max(statements, default=(0, "–")) for statements in rounds)
            print(f"| {page} | {len(rounds[-1])} | {slowest:.1f} | {' '.join(sql[:60].split())} |")
        connection.close()


if __name__ == "__main__":
    main()
