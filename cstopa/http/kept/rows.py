"""What is read from rows for many pages is read once, until any row changes."""

from collections import OrderedDict
from functools import wraps
from threading import Lock

from cstopa.http.kept.version import current
from cstopa.models.periods import today


class Kept:
    """The last ``size`` values that were read, each as of one version of the site."""

    def __init__(self, size):
        self.size, self.values, self.lock = size, OrderedDict(), Lock()

    def find(self, version, keys):
        """Return ``{key: value}`` of those of the keys that are kept as of a version."""
        with self.lock:
            found = {}
            for key in keys:
                if key in self.values and self.values[key][0] == version:
                    self.values.move_to_end(key)
                    found[key] = self.values[key][1]
            return found

    def keep(self, version, values):
        with self.lock:
            for key, value in values.items():
                self.values[key] = version, value
                self.values.move_to_end(key)
            while len(self.values) > self.size:
                self.values.popitem(last=False)


def edition():
    """Return the version of the site and the day, or None where nobody knows the version."""
    version = current()
    return None if version is None else (version, today())


def until_written(size):
    """Let a function of hashable arguments, which reads rows, read them once for a version of the site.

    What it returned last for ``size`` of its arguments is kept until the next day comes, on which what
    nothing dates holds, and shared by all who ask: nobody changes it. Inside a transaction that has
    written it reads each time.
    """

    def decorate(read):
        kept = Kept(size)

        @wraps(read)
        def answer(*args):
            version = edition()
            if version is None:
                return read(*args)
            if found := kept.find(version, [args]):
                return found[args]
            value = read(*args)
            kept.keep(version, {args: value})
            return value

        return answer

    return decorate


def each_until_written(size):
    """The same for a function ``(keys, *args)`` that returns ``{key: value}``: it reads those not kept."""

    def decorate(read):
        kept = Kept(size)

        @wraps(read)
        def answer(keys, *args):
            version = edition()
            if version is None:
                return read(keys, *args)
            found = {
                key: value
                for (key, *_), value in kept.find(version, [(key, *args) for key in keys]).items()
            }
            if missing := [key for key in keys if key not in found]:
                values = read(missing, *args)
                kept.keep(version, {(key, *args): value for key, value in values.items()})
                found |= values
            return found

        return answer

    return decorate
