"""Labels that name the language: one row has the same field once for each. And what Django says of a kind of row."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_noop

from cstopa.languages import IN_LANGUAGE, LANGUAGES, language_of

# Sentences of Django's that name a kind of row, which Russian would have to inflect: our catalogue has
# them anew, so that the name stands for itself.
SENTENCES = [
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Pagination %(name)s"),
    gettext_noop("Pagination %(name)s entries"),
    gettext_noop("Added {name} “{object}”."),
    gettext_noop("Deleted {name} “{object}”."),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
    gettext_noop("Cannot delete %(name)s"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("Successfully deleted %(count)d %(items)s."),
    gettext_noop(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects and "
        "their related items will be deleted:"
    ),
    gettext_noop(
        "Deleting the selected %(objects_name)s would require deleting the following protected related objects:"
    ),
    gettext_noop(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your account "
        "doesn't have permission to delete the following types of objects:"
    ),
    gettext_noop(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected "
        "related objects:"
    ),
    gettext_noop(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, but your "
        "account doesn't have permission to delete the following types of objects:"
    ),
]


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
