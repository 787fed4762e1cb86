"""Ask a server for one address again and again, and count the answers and what they cost it."""

import os
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

CLIENTS = 4
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Answers:
    """What came within some ``seconds``. ``processor``: seconds that the servers' processes took."""

    number: int = 0
    seconds: float = 0
    processor: float = 0
    sizes: set = field(default_factory=set)
    statuses: set = field(default_factory=set)

    @property
    def per_second(self):
        return self.number / self.seconds


def head(port, address, **headers):
    """Return the bytes of a request."""
    lines = [f"GET {address} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """A connection that is kept, as that of a proxy is, and opened again where the server ends it."""

    def __init__(self, port):
        self.port, self.file = port, None

    def ask(self, request):
        """Return ``(status, headers, bytes of the body)``."""
        for is_new in (self.file is None, True):
            if is_new:
                self.open()
            try:
                self.socket.sendall(request)
                if line := self.file.readline():
                    return self._rest(line)
            except ConnectionError:
                pass
        raise ConnectionError("the server ends each connection without an answer")

    def open(self):
        self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        self.file = self.socket.makefile("rb")

    def close(self):
        if self.file:
            self.file.close()
            self.socket.close()
            self.file = None

    def _rest(self, line):
        status, headers = int(line.split()[1]), {}
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.file.readline(), 16):
                body += self.file.read(size)
                self.file.readline()
            self.file.readline()
        elif "content-length" in headers:
            body = self.file.read(int(headers["content-length"]))
        else:
            body = b"" if status == 304 else self.file.read()
        if headers.get("connection", "").lower() == "close":
            self.close()
        return status, headers, body


def load(port, request, seconds, processes):
    """Return the Answers to a request from several clients at once."""
    answers, lock = Answers(), threading.Lock()

    def ask():
        connection, number = Connection(port), 0
        while time.perf_counter() < end:
            status, _headers, body = connection.ask(request)
            number += 1
            with lock:
                answers.sizes.add(len(body))
                answers.statuses.add(status)
        connection.close()
        with lock:
            answers.number += number

    before, started = processor(processes), time.perf_counter()
    end = started + seconds
    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    answers.seconds = time.perf_counter() - started
    answers.processor = processor(processes) - before
    return answers


def processor(processes):
    """Return the seconds of a processor that some processes and their children have taken."""
    return sum(map(_ticks, family(processes))) / TICKS


def memory(processes):
    """Return the proportional memory of some processes and their children, in MiB."""
    total = 0
    for process in family(processes):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def family(processes):
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(_stat(folder.name)[1])
        except OSError:
            continue
    known = {*processes}
    while more := {each for each, parent in parents.items() if parent in known} - known:
        known |= more
    return known


def _ticks(process):
    try:
        _state, _parent, *others = _stat(process)
    except OSError:
        return 0
    return int(others[9]) + int(others[10])


def _stat(process):
    # The name of a program may hold anything, and stands in brackets.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
