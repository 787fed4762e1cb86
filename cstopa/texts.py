"""Words of editors, tidied on every way into the database."""

import re

from django.db import models

# No page may hold them: HTML and XML know no such characters.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\s*[\r\n\t]\s*")


class TidyMixin:
    """A text field that keeps what ``tidied()`` returns of a text.

    The admin, ``save()``, ``bulk_create()``, ``update()`` and ``loaddata`` all pass through it.
    """

    def tidied(self, text):
        return NOT_TEXT.sub(" ", text).strip()

    def to_python(self, value):
        value = super().to_python(value)
        return self.tidied(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        # What is saved is also what the instance shows and its version keeps.
        value = self._kept(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self._kept(value), connection)

    def _kept(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        # Django would make a text of anything later, behind our back.
        return self.tidied(str(value))


class LineField(TidyMixin, models.CharField):
    """A name or a headline: one line."""

    def tidied(self, text):
        return LINE_ENDS.sub(" ", super().tidied(text))


class ProseField(TidyMixin, models.TextField):
    """Plain text of more than one line."""
