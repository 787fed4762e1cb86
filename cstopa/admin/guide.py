"""The guide of the editors, ``docs/editors.md``, as a page of the desk in the language of its reader."""

import re
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib import admin
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

GUIDES = {"en": "editors.md", "ru": "editors.ru.md"}
# Where the pictures of the guide are among the static files.
PICTURES = "guide"
NO_WORD = re.compile(r"[^\w\s-]")


def anchor(heading):
    """Return the name by which the texts of the docs link to a heading: that of most readers of Markdown."""
    return NO_WORD.sub("", heading.strip().lower()).replace(" ", "-")


def _tokens(markdown, text):
    """Return the tokens of a guide: its headings are named."""
    tokens = markdown.parse(text)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", f"guide-{anchor(following.content)}")
        elif token.type == "inline":
            for child in token.children:
                _lead_here(child)
    return tokens


def _lead_here(token):
    """Change where a picture is, or a link leads: from the docs to the page of the desk."""
    if token.type == "image":
        name = PurePosixPath(token.attrs["src"]).relative_to("pictures")
        token.attrSet("src", static(f"{PICTURES}/{name}"))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open" and token.attrs["href"].startswith("#"):
        token.attrSet("href", f"#guide-{token.attrs['href'][1:]}")


@cache
def guide(language):
    """Return the HTML of the guide in a language, without its beginning, and ``[anchor, heading, parts]`` of each part."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # What is wider than a telephone scrolls in a box of its own, with the keyboard too.
    label = _("Table")
    markdown.add_render_rule(
        "table_open",
        lambda *_rest: (
            f'<div class="guide__table" role="group" aria-label="{label}" tabindex="0"><table>'
        ),
    )
    markdown.add_render_rule("table_close", lambda *_rest: "</table></div>")
    text = (settings.BASE_DIR / "docs" / GUIDES[language]).read_text(encoding="utf-8")
    # The first paragraph leads to other documents, which are not at the desk.
    _title, _documents, text = text.split("\n\n", 2)
    tokens = _tokens(markdown, text)
    parts = []
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            of_part = parts[-1][-1] if token.tag == "h3" else parts
            of_part.append((token.attrs["id"], following.content, []))
    html = markdown.renderer.render(tokens, markdown.options, {})
    # A file of the code, in which HTML is text.
    return mark_safe(html), parts


def view(request):
    html, parts = guide(get_language())
    context = {
        **admin.site.each_context(request),
        "title": _("Guide"),
        "guide": html,
        "parts": parts,
    }
    return TemplateResponse(request, "admin/guide.html", context)


def register():
    admin.site.register_page("guide/", view, "guide", gettext_lazy("Guide"))
