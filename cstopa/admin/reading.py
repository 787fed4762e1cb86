"""What a text says, in the form of who may read it alone: as readers see it, not as it is stored."""

from django.contrib import admin
from django.forms import Media
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cstopa.admin.history_admin import EMPTY
from cstopa.admin.labels import label
from cstopa.languages import language_of
from cstopa.library.galleries import Gallery
from cstopa.models.richtext import SanitisedHTMLField

# A text looks as it does in the editor.
LOOK = Media(css={"all": ["desk/editor.css"]})


class WithTextsToRead:
    """Pages of a model; ``texts_as_read`` names its fields beside the formatted ones that are stored in another way."""

    texts_as_read = ()

    def text_as_read(self, row, field):
        """Return what readers see of a text, as HTML where it is formatted."""
        return getattr(row, field.name)

    def to_read(self, fieldsets):
        """Return the fieldsets, with such texts in the place of their fields."""
        fields = {
            field.name: self._read_alone(field)
            for field in self.model._meta.fields
            if isinstance(field, SanitisedHTMLField) or field.name in self.texts_as_read
        }
        return [
            (title, {**rest, "fields": [fields.get(each, each) for each in rest["fields"]]})
            for title, rest in fieldsets
        ]

    def _read_alone(self, field):
        is_formatted = isinstance(field, SanitisedHTMLField)

        @admin.display(description=label(field))
        def shown(row):
            # What it says of its pictures and documents is in its own language.
            with translation.override(language_of(field) or translation.get_language()):
                text = self.text_as_read(row, field)
                if text and is_formatted:
                    text = Gallery(text, is_public=False).in_page(text)
            if not (text and is_formatted):
                return text or EMPTY
            # It was sanitised on its way in.
            return format_html(
                '<div class="editor"><div class="editor__text editor__text--read" lang="{}">{}</div></div>',
                language_of(field),
                mark_safe(text),
            )

        shown.__name__ = field.name
        return shown
