"""Words of editors, tidied on every way into the database."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# No page may hold them: HTML and XML know no such characters.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Signs that nobody sees, by which a text is shown in another order than it is stored.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What no text starts or ends with: spaces, and the signs without a width.
ENDS = (
    "".join(filter(str.isspace, map(chr, range(0x10000)))) + "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
LINE_ENDS = re.compile(r"\s*[\r\n\t]\s*")


# Some sixty printed pages.
LONGEST = 200_000


def readable(text):
    """Return ``text`` without the characters that are no words and that hide some."""
    return REORDERING.sub("", NOT_TEXT.sub(" ", text))


def refuse_endless(text):
    """Raise ValidationError for a text that nobody would read and that takes a machine too long."""
    if len(text) > LONGEST:
        raise ValidationError(
            _("Write at most %(longest)d characters, tags included: these are %(length)d."),
            code="too_long",
            params={"longest": LONGEST, "length": len(text)},
        )


class TidyMixin:
    """A text field that keeps what ``tidied()`` returns of a text.

    The admin, ``save()``, ``bulk_create()``, ``update()`` and ``loaddata`` all pass through it.
    """

    def tidied(self, text):
        return readable(text).strip(ENDS)

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
    """Plain text of more than one line; ValidationError for one that is endless."""

    def tidied(self, text):
        refuse_endless(text)
        return super().tidied(text)


class ProtectingManyToManyField(models.ManyToManyField):
    """Links to rows that cannot be deleted from under what names them.

    Django gives the table of such a field CASCADE on both sides, and has no option to say
    otherwise; one with a model of its own is no field of a form of the admin.
    """

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract and not cls._meta.swapped:
            through = self.remote_field.through
            # The second of the two: the first is the row that names the others.
            through._meta.local_fields[-1].remote_field.on_delete = models.PROTECT
