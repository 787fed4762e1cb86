"""The pages that one process keeps."""

import threading
from collections import OrderedDict
from contextlib import contextmanager

from django.db import Error
from django.utils import timezone

from cstopa.http.kept.moments import next_moment
from cstopa.http.kept.version import current

# What an entry takes beside its bytes, about.
OVERHEAD = 3_000
# Of its shelf; a larger answer would drive out too many.
LARGEST = 1 / 8
# How long one waits for another who makes the same answer, in seconds.
PATIENCE = 1


class Shelf:
    """Answers by key, at most ``size`` bytes of them: those go first that nobody asked for longest."""

    def __init__(self, size):
        self._size = self._free = size
        self._answers = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            if answer := self._answers.get(key):
                self._answers.move_to_end(key)
            return answer

    def put(self, key, answer):
        needed = len(answer.content) + OVERHEAD
        if needed > self._size * LARGEST:
            return
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._free -= needed
            while self._free < 0:
                _key, oldest = self._answers.popitem(last=False)
                self._free += len(oldest.content) + OVERHEAD


class Edition:
    """What is kept of one version of the site, from one moment up to the next that changes a page.

    What answers a question has a quarter of the memory: of questions there is no end.
    """

    def __init__(self, token, size):
        self.token = token
        self.since = timezone.now()
        self.until = next_moment(self.since)
        self._pages, self._answers = Shelf(size * 3 // 4), Shelf(size // 4)
        self._lock = threading.Lock()
        self._being_made = {}

    def is_of_now(self):
        return self.since <= timezone.now() < self.until

    def get(self, key):
        return self._shelf(key).get(key)

    def keep(self, key, answer):
        # One that took long may have begun before a moment and ended after it.
        if self.is_of_now():
            self._shelf(key).put(key, answer)

    def _shelf(self, key):
        return self._answers if key.query else self._pages

    @contextmanager
    def one_at_a_time(self, key):
        """Let one make an answer; who wants the same waits for it, though not for ever."""
        mine = threading.Event()
        with self._lock:
            made = self._being_made.setdefault(key, mine)
        if made is not mine:
            made.wait(PATIENCE)
            yield
            return
        try:
            yield
        finally:
            del self._being_made[key]
            mine.set()


class Memory:
    """The Edition of now, and no older one."""

    def __init__(self, size):
        self._size = size
        self._edition = None

    def edition(self):
        """Return the Edition whose answers are right, or None where none can be known to be."""
        token = current()
        if token is None:
            return None
        edition = self._edition
        if edition is None or edition.token != token or not edition.is_of_now():
            try:
                edition = self._edition = Edition(token, self._size)
            except Error:
                return None
        return edition
