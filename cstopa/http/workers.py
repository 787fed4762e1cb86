"""How gunicorn serves clients that are slow, or pretend to be. Nothing here knows Django."""

import io
import re
import socket
import time
from collections import deque
from functools import partial
from operator import attrgetter
from selectors import EVENT_READ

from gunicorn import util
from gunicorn.http import get_parser
from gunicorn.workers.gthread import ThreadWorker

from cstopa.http import LARGEST_OF_ANYBODY

# Seconds in which a request has to arrive, however it trickles; of silence in what is larger, in both
# directions; and after an answer until the other side has to close, too.
REQUEST_TIMEOUT = 20
SILENCE = 10
LINGER = 2
# Seconds for which the rest of what no page has read is waited for.
REST = 0.02
LONGEST_HEAD = 64 * 1024
END_OF_HEAD = b"\r\n\r\n"
# The parser refuses another spelling, and a second one; and the site what has more digits.
LENGTH_OF_BODY = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)


def is_whole(arrived):
    """Return whether a thread may have what has arrived of a request.

    Of what is larger than anybody may send, the head is enough: the site knows whose it is.
    """
    end = arrived.find(END_OF_HEAD)
    if end < 0:
        return False
    stated = LENGTH_OF_BODY.search(arrived, 0, end + 2)
    length = int(stated[1]) if stated else 0
    return length > LARGEST_OF_ANYBODY or len(arrived) >= end + len(END_OF_HEAD) + length


class PatientWorker(ThreadWorker):
    """Gives a connection one of its threads when a whole request has arrived, or the head of a large one.

    gunicorn's own gives it one for the first byte, so that as many half requests as there are threads
    stop a site; and its loop, which accepts every connection, waits two seconds for each client that
    does not close its side. Here the loop waits for all of them at once.
    """

    def enqueue_req(self, conn):
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
        conn.timeout = time.monotonic() + REQUEST_TIMEOUT
        self._go_on(conn)

    def on_pending_socket_readable(self, conn, client):
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self._go_on(conn)

    def _go_on(self, conn):
        is_open, arrived = self._collect(conn)
        if is_whole(arrived) or not is_open:
            conn.data_ready = True
            super().enqueue_req(conn)
        elif len(arrived) > LONGEST_HEAD and END_OF_HEAD not in arrived:
            util.write_error(conn.sock, 431, "Request Header Fields Too Large", "")
            self._linger(conn)
        else:
            self._wait(conn, self.on_pending_socket_readable)

    def _collect(self, conn):
        """Put what has arrived where the parser reads first.

        Return whether more may come, and all that is there.
        """
        conn.sock.setblocking(False)
        arrived = conn.parser.unreader.buf
        arrived.seek(0, io.SEEK_END)
        try:
            data = conn.sock.recv(LONGEST_HEAD)
        except BlockingIOError:
            return True, arrived.getvalue()
        except OSError:
            data = b""
        arrived.write(data)
        return bool(data), arrived.getvalue()

    def _wait(self, conn, callback):
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(callback, conn))

    def murder_pending(self):
        # It looks at the first alone, and who trickles stands last again.
        self.pending_conns = deque(sorted(self.pending_conns, key=attrgetter("timeout")))
        super().murder_pending()

    def handle_request(self, req, conn):
        conn.sock.settimeout(SILENCE)
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn, keepalive):
        return bool(keepalive and conn.parser.finish_body(deadline=time.monotonic() + REST))

    def finish_request(self, conn, fs):
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self._linger(conn)

    def _linger(self, conn):
        """Say that nothing follows, and let what still arrives run out: a client reads its answer first."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
        except OSError:
            self._close(conn)
            return
        conn.timeout = time.monotonic() + LINGER
        self._wait(conn, self._run_out)

    def _run_out(self, conn, client):
        try:
            if client.recv(LONGEST_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self._close(conn)

    def _close(self, conn):
        self.nr_conns -= 1
        conn.close()
