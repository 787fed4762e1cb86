"""Files are looked into by a process of their own, which bounds its memory and its time itself."""

import subprocess
import sys
import threading
import time

from django.utils.translation import gettext_lazy as _

# Bytes of a file.
LARGEST = 20 * 1024 * 1024
TOO_LARGE = _("The file is larger than %(largest)s: save it smaller.")
# Of a clock, waiting for another included; each process has as many of a processor.
SECONDS = 60
# One after another in each worker: their memory is not the worker's.
processes = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another file is being read, and does not end soon."""


class TooMuch(Exception):
    """It ended without a word: it took more than it may."""


def answer_of(process, content, *arguments, seconds=SECONDS):
    """Return what a program, given by its path, says of the bytes of a file, within so many seconds."""
    ends = time.monotonic() + seconds
    if not processes.acquire(timeout=seconds / 4):
        raise Busy
    try:
        done = subprocess.run(
            [sys.executable, "-I", process, *map(str, arguments)],
            input=content,
            capture_output=True,
            timeout=ends - time.monotonic(),
            # Each thread of a decoder would take an arena of addresses, which are bounded.
            env={"MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    finally:
        processes.release()
    if done.returncode or not done.stdout:
        raise TooMuch
    return done.stdout
