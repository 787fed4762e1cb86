"""What could not be made of a file is tried again where a worker runs."""

import datetime as dt
import logging
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils import timezone

from cstopa.publishing.telling import AGAIN

logger = logging.getLogger("django.tasks")


@contextmanager
def tried_again(task, key, tries):
    """Let a task that takes a key and its number of tries begin anew, later, after what may pass."""
    try:
        yield
    except (OSError, ValidationError) as error:
        may_pass = isinstance(error, OSError) or error.code == "busy"
        if not may_pass or tries == len(AGAIN) or not task.get_backend().supports_defer:
            raise
        moment = timezone.now() + dt.timedelta(minutes=AGAIN[tries])
        task.using(run_after=moment).enqueue(key, tries + 1)
        said = "%s of %s failed: %r. It is tried again at %s."
        logger.warning(said, task.name, key, error, f"{moment:%Y-%m-%d %H:%M %Z}")
