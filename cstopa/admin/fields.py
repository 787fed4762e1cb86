"""The fields and widgets of the forms of the desk that are not Django's own."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from cstopa.admin.hardening import is_key
from cstopa.models.fields import LineField, refuse_endless
from cstopa.models.richtext import TAGS, formatted


class FoundByTyping:
    """Has no option for a forged key. A script, without a library, makes a combobox of the select."""

    # That of every form has it.
    media = forms.Media()

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {
            "class": "found-by-typing",
            "data-url": self.get_url(),
            # Translators: %s is the name of what was chosen.
            "data-remove": _("Remove: %s"),
            # Translators: %s is a number.
            "data-found": _("Found: %s."),
            "data-more": _("There are more: type more letters."),
            "data-nothing": _("Nothing was found."),
            "data-unchosen": _("Nothing is chosen yet: choose a row, or empty the field."),
        }

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if is_key(self.choices.queryset.model, key)]
        return super().optgroups(name, keys, attr)


class SafeAutocompleteSelect(FoundByTyping, AutocompleteSelect):
    pass


class SafeAutocompleteSelectMultiple(FoundByTyping, AutocompleteSelectMultiple):
    pass


class TidyLineField(forms.CharField):
    """A line that no row of its own tidies: of signs that nobody sees it is empty."""

    def to_python(self, value):
        return LineField().tidied(super().to_python(value))


class NormalisedTextField(forms.CharField):
    """Text of several lines, whose ends a browser sends in another way than they are stored."""

    def to_python(self, value):
        text = normalize_newlines(super().to_python(value))
        # Before any rule of the row reads it.
        refuse_endless(text)
        return text


class SanitisedHTMLFormField(NormalisedTextField):
    """Formatted text; the rules of its row look at what will be left of it."""

    def __init__(self, **kwargs):
        help_text = _(
            "An empty line starts a paragraph, unless tags make the paragraphs. Of HTML "
            "these tags stay: %(tags)s."
        ) % {"tags": ", ".join(sorted(TAGS))}
        super().__init__(**kwargs | {"help_text": help_text})

    def clean(self, value):
        return formatted(super().clean(value))
