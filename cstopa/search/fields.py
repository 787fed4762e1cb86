"""Words to look for, as a reader sends them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cstopa.search.queries import LONGEST, MOST_TERMS, MOST_UNWANTED, parse

# Beside them, words that are in nearly every text are free.
TOO_MANY = _("Ask for at most %(limit)d words and phrases: these are %(number)d.")
TOO_MANY_UNWANTED = _(
    "Take away at most %(limit)d words and phrases by a minus: these are %(number)d."
)


def readable(text):
    """Return the words without control characters, which would make the page no HTML."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


def refuse_too_many(query):
    """Raise ValidationError where a Query has more terms than one search may ask for."""
    for terms, limit, words in (
        (query.unwanted, MOST_UNWANTED, TOO_MANY_UNWANTED),
        ([*query.wanted, *query.unwanted], MOST_TERMS, TOO_MANY),
    ):
        if (number := sum(term.number for term in terms)) > limit:
            raise ValidationError(words, "number", {"limit": limit, "number": number})


class WordsField(forms.CharField):
    """A query. One that no text could answer is refused with the reason."""

    widget = forms.TextInput(attrs={"type": "search"})
    default_error_messages = {
        "max_length": _("Write at most %(limit_value)d characters: these are %(show_value)d."),
        "signs": _("Write a word or a number: signs alone are not looked for."),
        "unwanted": _("Write a word to look for, too: a minus only takes away from what is found."),
        "common": _("Words like these are in nearly every text. Add one that is not."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **kwargs)

    def to_python(self, value):
        # NUL alone is refused, by the field's own rule: it never came by accident.
        return value if value and "\0" in value else readable(super().to_python(value))

    def clean(self, value):
        words = super().clean(value)
        query = parse(words)
        refuse_too_many(query)
        if not words or any(not term.is_common for term in query.wanted):
            return words
        if query.wanted:
            raise self._refused("common")
        raise self._refused("unwanted" if query.terms else "signs")

    def _refused(self, code):
        return ValidationError(self.error_messages[code], code)

    def bound_data(self, data, initial):
        return readable(data or "")
