"""Labels that name the language: one row has the same field once for each."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import capfirst, format_lazy

from cstopa.languages import IN_LANGUAGE, LANGUAGES, language_of


def label(field):
    """Return the label of a field of a model; that of a translated one names the language."""
    words, language = capfirst(field.verbose_name), language_of(field)
    return format_lazy("{} ({})", words, IN_LANGUAGE[language]) if language else words


def labels(model):
    """Return ``{field: label}`` for the translated fields of a model."""
    return {field.name: label(field) for field in model._meta.fields if language_of(field)}


def one_row(name):
    """Return the fields of a translated field, for one line of a form."""
    return tuple(f"{name}_{language}" for language in LANGUAGES)


def column(name, label):
    """Return the column of a list of the desk that shows a field under a label of its own."""

    @admin.display(description=label, ordering=name)
    def shown(row):
        return getattr(row, name) or None

    shown.__name__ = name
    return shown


def by_language(*names):
    """Return a fieldset for each language, with its field of each name. They stand side by side."""
    return [
        (
            capfirst(title),
            {
                "fields": [f"{name}_{language}" for name in names],
                "classes": ("words", f"words--{language}"),
            },
        )
        for language, title in settings.LANGUAGES
    ]
