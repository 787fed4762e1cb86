"""What is read from rows for many pages is read once, until any row changes."""

from collections import OrderedDict
from functools import wraps
from threading import Lock

from cstopa.http.kept.version import current


def until_written(size):
    """Let a function of hashable arguments, which reads rows, read them once for a version of the site.

    What it returned last for ``size`` of its arguments is kept, and shared by all who ask: nobody
    changes it. Inside a transaction that has written it reads each time.
    """

    def decorate(read):
        kept, lock = OrderedDict(), Lock()

        @wraps(read)
        def answer(*args):
            version = current()
            if version is None:
                return read(*args)
            with lock:
                if args in kept and kept[args][0] == version:
                    kept.move_to_end(args)
                    return kept[args][1]
            value = read(*args)
            with lock:
                kept[args] = version, value
                kept.move_to_end(args)
                if len(kept) > size:
                    kept.popitem(last=False)
            return value

        return answer

    return decorate
