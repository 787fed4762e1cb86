"""Words to look for, as a reader sends them."""

from django import forms


def readable(text):
    """Return the words without control characters, which would make the page no HTML."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


class WordsField(forms.CharField):
    def to_python(self, value):
        # NUL alone is refused, by the field's own rule: it never came by accident.
        return value if value and "\0" in value else readable(super().to_python(value))

    def bound_data(self, data, initial):
        return readable(data or "")
