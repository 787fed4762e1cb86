"""What could not be made of a file is tried again where a worker runs."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError

from cstopa.publishing.telling import put_off


@contextmanager
def deferring(task, key, tries):
    """Put off a task, that takes a key and the number of tries before, after what may pass."""
    try:
        yield
    except (OSError, ValidationError) as error:
        said = f"{task.name} of {key} failed: {error!r}"
        may_pass = isinstance(error, OSError) or error.code == "busy"
        if not (may_pass and put_off(task, key, tries=tries, said=said)):
            raise
