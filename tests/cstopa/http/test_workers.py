"""gunicorn as the docs start it: slow clients, forged headers, and a stop that refuses nobody."""

import http.client
import os
import runpy
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from selectors import DefaultSelector
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.workers import gthread

from cstopa.http import LARGEST_OF_ANYBODY, workers
from tests.conftest import database_url

# Where no test of a run asks for the database, nothing makes the one that the site reads.
pytestmark = pytest.mark.django_db

COMMAND = [sys.executable, "-m", "gunicorn", "cstopa.wsgi"]
HOST = b"Host: 127.0.0.1\r\n"
# All that is asked of a form before it is read.
POST = (
    b"POST /admin/login/ HTTP/1.1\r\n"
    + HOST
    + b"X-Forwarded-Proto: https\r\nOrigin: https://127.0.0.1\r\n"
    + b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken="
    + b"x" * 32
    + b"\r\n"
)
FORM = b"username=a&password=b&csrfmiddlewaretoken=" + b"x" * 32


@contextmanager
def started(listener, log, **environment):
    """Run the site on a socket that stays open, as one of systemd does."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*COMMAND, f"--bind=fd://{listener.fileno()}"],
            cwd=Path(__file__).parents[3],
            pass_fds=[listener.fileno()],
            env=os.environ
            | {"SITE_URL": "https://127.0.0.1", "DATABASE_URL": database_url()}
            | environment,
            stdout=output,
            stderr=output,
        )
    try:
        ask(listener, "/healthz")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def listener():
    with socket.create_server(("127.0.0.1", 0), backlog=500) as listener:
        yield listener


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("gunicorn") / "log"


@pytest.fixture(scope="module")
def site(listener, log, files, django_db_setup):
    with started(listener, log):
        yield listener


def ask(listener, address, **headers):
    connection = http.client.HTTPConnection(*listener.getsockname(), timeout=60)
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, dict(response.getheaders()), body


def send(listener, data):
    client = socket.create_connection(listener.getsockname(), timeout=60)
    client.sendall(data)
    return client


def is_waiting(client):
    """Return whether nothing has come back yet, no end either."""
    client.setblocking(False)
    try:
        client.recv(1)
    except BlockingIOError:
        return True
    except ConnectionResetError:
        pass
    return False


# Who signs in has it counted, so that a test's own transaction would keep the site waiting.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sent", "waiting"),
    [
        (b"", 200),
        (b"GET /news/ HTTP/1.1\r\n" + HOST + b"X-Half: ", 200),
        (b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\nGET /news/ HTTP/1.1\r\n", 0),
        (b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 0),
        (POST + b"Content-Length: %d\r\n\r\na=b" % LARGEST_OF_ANYBODY, 200),
        (POST + b"content-length:\t00%d \r\n\r\na=b" % LARGEST_OF_ANYBODY, 200),
        (POST + b"Content-Length: %d\r\n\r\na=b" % (LARGEST_OF_ANYBODY + 1), 0),
        (POST + b"Content-Length: 200000000\r\n\r\na=b", 0),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", 0),
    ],
    ids=["nothing", "head", "second head", "no end", "form", "zeros", "more", "file", "chunk"],
)
def test_half_requests_hold_nobody_up(site, sent, waiting):
    with ExitStack() as stack:
        clients = [stack.enter_context(send(site, sent)) for _ in range(200)]
        assert ask(site, "/healthz")[0] == 200
        # Whoever signs in sends it piece by piece, too.
        with send(site, POST + b"Content-Length: %d\r\n\r\n" % len(FORM)) as desk:
            desk.sendall(FORM)
            assert desk.recv(15) == b"HTTP/1.1 200 OK"
        # Before the site has given up any that it waits for, which takes it twenty seconds.
        assert sum(map(is_waiting, clients)) >= waiting


@pytest.mark.parametrize("head", [b"", POST + b"Content-Length: 1000\r\n\r\n"])
def test_who_trickles_is_given_up(monkeypatch, head):
    clock = SimpleNamespace(monotonic=lambda: second)
    monkeypatch.setattr(gthread, "time", clock)
    monkeypatch.setattr(workers, "time", clock)
    config = Config()
    worker = workers.PatientWorker(0, 0, [], None, 0, config, None)
    with DefaultSelector() as worker.poller, closing(worker.tmp), ExitStack() as stack:

        def connected():
            client, served = map(stack.enter_context, socket.socketpair())
            worker.enqueue_req(gthread.TConn(config, served, "", ""))
            return client

        second = 0
        slow = connected()
        slow.sendall(head)
        while second <= workers.REQUEST_TIMEOUT:
            assert is_waiting(slow)
            # It is not the first to be looked at, whoever is.
            connected()
            slow.sendall(b"a")
            worker.wait_for_and_dispatch_events(0)
            worker.murder_pending()
            second += 1
        assert not is_waiting(slow)


def test_what_is_too_long_is_refused_and_not_kept(site, log):
    line = b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\n" + HOST
    for sent, status in (
        (line + b"\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: 1\r\n" * 100 + b"\r\n", b"431"),
        (b"GET / " + b"x" * 5_000 + b"\r\n\r\n", b"400"),
    ):
        with send(site, sent) as client:
            assert client.recv(100).split(b" ")[1] == status
    assert max(map(len, log.read_text().splitlines())) <= 501


def test_nobody_says_where_the_site_begins(site):
    address = "/robots.txt"
    forged = {"SCRIPT_NAME": "/forged", "Script-Name": "/forged", "X-Forwarded-Proto": "https"}
    status, _headers, body = ask(site, address, **forged)
    assert status == 200
    assert "forged" not in body


def test_a_stop_refuses_nobody_who_waits_and_a_proxy_is_believed_where_it_is_named(
    files, django_db_setup, log
):
    """The socket is the operator's: between two of the site's processes connections wait in it."""
    with socket.create_server(("127.0.0.1", 0), backlog=500) as listener:
        https = {"X-Forwarded-Proto": "https"}
        answers, stopped = [], threading.Event()

        def keep_asking():
            while not stopped.is_set():
                answers.append(ask(listener, "/healthz")[0])

        askers = [threading.Thread(target=keep_asking) for _ in range(4)]
        with started(listener, log):
            assert ask(listener, "/robots.txt")[0] == 301
            assert ask(listener, "/robots.txt", **https)[0] == 200
            for asker in askers:
                asker.start()
        # Nobody answers now, and nobody is refused.
        with started(listener, log, FORWARDED_ALLOW_IPS="192.0.2.1"):
            stopped.set()
            for asker in askers:
                asker.join()
            assert ask(listener, "/robots.txt", **https)[0] == 301
        assert len(answers) >= 4
        assert set(answers) == {200}


def test_what_threads_have_freed_is_given_back_now_and_then():
    conf, given_back = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py")), []
    conf["glibc"].malloc_trim = given_back.append
    for _answer in range(2 * conf["TRIMMED_EACH"]):
        conf["post_request"](None, None, None, None)
    assert len(given_back) == 2
