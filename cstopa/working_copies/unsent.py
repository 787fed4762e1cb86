"""The fields of a form that its editor left without saving, and the form that shows them once more."""

import hashlib
import json
import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import QueryDict

# Names of the form's own, beside those of the fields: which open form it is, how far it is written,
# and whose it is.
TOKEN, STEP, ACCOUNT = "working_copy", "working_copy_step", "working_copy_account"
A_TOKEN = re.compile(r"[0-9a-f]{32}")


class Unsent(QueryDict):
    """What a form holds that was not sent: it is shown as it was left, and nothing of it is checked yet."""

    def as_new(self):
        """Return it for the form of a new row: what it says of rows that are on record is left out."""
        new = type(self)(mutable=True)
        for name, values in self.lists():
            if name.endswith("-INITIAL_FORMS"):
                new[name] = "0"
            elif not name.endswith(("seen_version", "-id")):
                new.setlist(name, values)
        return new


_unsent = ContextVar("unsent", default=None)


@contextmanager
def showing(unsent):
    """Let the forms that are made inside hold what was left, if anything was."""
    token = _unsent.set(unsent)
    try:
        yield
    finally:
        _unsent.reset(token)


def shown():
    """Return the fields that the forms of this moment hold, or None."""
    return _unsent.get()


def token_of(sent, name=TOKEN):
    """Return which open form it is, or "" where it does not say."""
    token = sent.get(name, "")
    return token if A_TOKEN.fullmatch(token) else ""


def fields_of(sent):
    """Return ``[name, value]`` of what an editor has written, of all that a browser sends."""
    return [
        [name, value]
        for name, values in sent.lists()
        # Buttons, and what the desk's own pop-ups say of themselves, begin so.
        if not name.startswith((TOKEN, "_", "csrfmiddlewaretoken"))
        for value in values
    ]


def packed(fields):
    """Return fields as one text, of which no database refuses a sign."""
    return json.dumps(fields, ensure_ascii=False)


def unpacked(text):
    """Return them as a form takes them."""
    unsent = Unsent(mutable=True)
    for name, value in json.loads(text):
        unsent.appendlist(name, value)
    return unsent


def digest(fields):
    """Return what tells fields from all others."""
    return hashlib.sha256(packed(fields).encode()).hexdigest()
