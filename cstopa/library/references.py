"""References to pictures in texts: ``[[picture:code]]``, in a paragraph of its own.

What is said of a picture stands in its row, and in no text.
"""

import re
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NAME = "picture"
OPENING = f"[[{NAME}:"
PARAGRAPH = re.compile(r"<p>\[\[picture:([-a-zA-Z0-9_]{1,120})\]\]</p>")

# A sanitised text has its attributes in double quotes.
MARKUP = re.compile(r'(<(?:"[^"]*"|[^">])*>)')


def tag(code):
    return f"{OPENING}{code}]]"


def paragraph(code):
    """Return the paragraph in which a text has a picture."""
    return f"<p>{tag(code)}</p>"


def codes_in(*texts):
    """Return the codes of the pictures in sanitised texts, in their order, each once."""
    return list(
        dict.fromkeys(
            code for text in texts if OPENING in (text or "") for code in PARAGRAPH.findall(text)
        )
    )


def left_out(html):
    """Return a sanitised text without its pictures."""
    return PARAGRAPH.sub("", html) if OPENING in html else html


def among_words(html, pattern, shown):
    """Return sanitised HTML with ``shown(match, in_link)`` for what matches a pattern, but in no tag of it."""
    parts, in_link = [], False
    for part in MARKUP.split(html):
        if part.startswith("<"):
            in_link = part.startswith(("<a ", "<a>")) or (in_link and part != "</a>")
            parts.append(part)
        else:
            parts.append(pattern.sub(partial(shown, in_link=in_link), part))
    return "".join(parts)


def misplaced():
    return _("A picture stands in the body, in a paragraph of its own: [[picture:…]].")


def check(texts):
    """Raise a ValidationError for ``{field: text}`` where a picture stands among words."""
    wrong = {
        name: ValidationError(misplaced(), "picture")
        for name, text in texts.items()
        if OPENING in left_out(text or "")
    }
    if wrong:
        raise ValidationError(wrong)
