"""What gunicorn reads where it is started in this folder, as docs/operations.md starts it."""

import ctypes
import os
from itertools import count

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "cstopa.http.workers.PatientWorker"
# Each has a connection to the database of its own.
threads = 4
# Of the whole worker; a query is cut off by the database.
timeout = 30
graceful_timeout = 30
keepalive = 5
control_socket_disable = True
# A worker is made anew now and then, not both at once.
max_requests = 10_000
max_requests_jitter = 2_000

# The longest that it knows: 200 signs of a search are 2,400 bytes at most.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

# Believed of those alone whom FORWARDED_ALLOW_IPS names, or else of this machine.
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
# Nobody says where in an address the site begins.
forwarder_headers = ""

logconfig_dict = {
    "formatters": {
        "generic": {
            "class": "cstopa.http.logs.BoundedFormatter",
            "format": "%(asctime)s [%(process)d] [%(levelname)s] %(message)s",
            "datefmt": "[%Y-%m-%d %H:%M:%S %z]",
        }
    },
    # With a configuration of its own gunicorn would write a line for each request as well.
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["error_console"], "propagate": False},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
    },
    "root": {"level": "WARNING", "handlers": []},
}

# glibc keeps for each thread what it has freed, in an arena of its own, and gives little of it back: of a
# worker that is 15 MB. One is enough where one thread at a time runs Python.
M_ARENA_MAX = -8
TRIMMED_EACH = 300
glibc = ctypes.CDLL(None)
answered = count(1)

if hasattr(glibc, "malloc_trim"):
    glibc.mallopt(M_ARENA_MAX, 1)

    def post_request(worker, req, environ, resp):
        if next(answered) % TRIMMED_EACH == 0:
            glibc.malloc_trim(0)
