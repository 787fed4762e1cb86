"""The site as the public has it: gunicorn, in a process that ends with the tests.

This module is gunicorn's configuration too, so it imports nothing of Django at its start.
"""

import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import time_machine

# As docs/operations.md starts it, but for threads: Chromium opens a second connection ahead.
COMMAND = [sys.executable, "-m", "gunicorn", "cstopa.wsgi", "--config=python:tests.server"]
public = runpy.run_path(Path(__file__).parents[1] / "gunicorn.conf.py")
worker_class = public["worker_class"]
limit_request_line = public["limit_request_line"]
threads = 2
control_socket_disable = True
graceful_timeout = 2
# No heartbeat, which a worker at another time would miss.
timeout = 0


def post_worker_init(worker):
    """Keep the time of MOMENT, know the passwords of the tests, and stop when they end."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if moment := os.environ.get("MOMENT"):
        time_machine.travel(moment).start()
    threading.Thread(target=_stop_with_the_tests, args=[worker.ppid], daemon=True).start()


def pre_request(worker, request):
    """Forget the numbers of content types, which change when a test empties the database."""
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()


def _stop_with_the_tests(gunicorn):
    # Their end of the pipe closes with their process, however it ends.
    os.read(sys.stdin.fileno(), 1)
    os.kill(gunicorn, signal.SIGTERM)


@dataclass
class Server:
    """A server that runs: where it answers, and what it has told."""

    url: str
    log: Path


@contextmanager
def serving(log, **environment):
    """Yield a ``Server`` on a free port; ``environment`` is what it knows beside the tests'."""
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = subprocess.Popen(
            [*COMMAND, f"--bind=fd://{listener.fileno()}"],
            pass_fds=[listener.fileno()],
            env=os.environ | {"SITE_URL": url} | environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_for(url, process, log)
        yield Server(url, log)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _wait_for(url, process, log):
    # The listener is open already, so the first question waits until gunicorn takes it.
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=60):
            pass
    except OSError as error:
        raise RuntimeError(f"gunicorn does not answer: {error}\n{log.read_text()}") from error
