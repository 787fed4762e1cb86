"""The widget of a formatted text: a textarea, of which a script makes an editor."""

import json

from django.conf.locale import LANG_INFO
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import Script
from django.forms.utils import flatatt
from django.template.loader import render_to_string

from cstopa.library import galleries, picking
from cstopa.pasting import docx


class EditorWidget(AdminTextareaWidget):
    """A textarea with the parts of the editor beside it, which only static/desk/editor/ shows.

    ``language`` is that of the text, or "".
    """

    class Media:
        css = {"all": ["desk/editor.css"]}
        js = [
            Script("desk/editor/editor.js", type="module"),
            Script("desk/paste.js", type="module"),
        ]

    def __init__(self, language=""):
        super().__init__({"lang": language} if language else None)

    def use_required_attribute(self, initial):
        # A browser could not show where it is missing.
        return False

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(
            "admin/widgets/editor.html",
            {
                "textarea": super().render(name, value, attrs, renderer),
                "picker": flatatt(picking.told()),
                "pictures": json.dumps(galleries.words_of(value or "")),
                "languages": " ".join(code for code in LANG_INFO if "-" not in code),
                "largest_word_file": docx.LARGEST,
                "too_large_word_file": docx.refused("too_large").messages[0],
            },
        )
