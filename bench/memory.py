"""What the workers take after many requests: ``python -m bench.memory --requests 100000``.

It asks the site for every address of the bench, each third time made anew, each third with a word or
a parameter that nobody asked for before, and prints the memory of the bare view and of the site.
"""

import argparse
import sys
import threading
from contextlib import ExitStack
from itertools import count, cycle, islice

from bench.__main__ import ANEW, gunicorn
from bench.databases import DATABASES, FOLDER, addresses, build, python
from bench.load import CLIENTS, Connection, head, memory

STEPS = 10


def requests(port, pages):
    """Yield requests without end, of which a third are never the same."""
    numbers = count()
    for page in cycle(pages.values()):
        yield head(port, page)
        yield head(port, page, **ANEW)
        other = f"{page}{'&' if '?' in page else '?'}nobody={next(numbers)}"
        yield head(port, f"/search/?q=word{next(numbers)}" if page.startswith("/search") else other)


def ask(port, some):
    """Send some requests from several clients at once."""
    lock, failed = threading.Lock(), []

    def taken():
        with lock:
            return next(some, None)

    def client():
        connection = Connection(port)
        while request := taken():
            status, *_answered = connection.ask(request)
            if status >= 500:
                failed.append(f"{status}: {request.decode()}")
        connection.close()

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    if failed:
        sys.exit("\n".join(failed))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=1000, help="number of articles")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        python("sqlite://", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        database = build(DATABASES[asked.database](stack), asked.size)
        every = addresses(database).items()
        pages = {name: address for name, address in every if not name.startswith("desk")}
        port, bare = stack.enter_context(gunicorn("bench.bare"))
        ask(port, islice(requests(port, {"bare": "/"}), 1000))
        port, site = stack.enter_context(gunicorn("cstopa.wsgi", database))
        beside = memory([bare])
        print(f"bare: {beside:.0f} MiB, of the master and two workers", flush=True)
        every = requests(port, pages)
        for step in range(1, STEPS + 1):
            ask(port, islice(every, asked.requests // STEPS))
            taken = memory([site])
            number = asked.requests // STEPS * step
            print(
                f"{number} requests: {taken:.0f} MiB, {taken / beside:.2f} times as much",
                flush=True,
            )


if __name__ == "__main__":
    main()
