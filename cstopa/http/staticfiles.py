"""One request for all styles: what the public stylesheet imports is written into it."""

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
STATEMENT = re.compile(r"@import\b[^;]*;")
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\) layer\(([\w-]+)\);')
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Collects the public stylesheet as one file, hashed and compressed like every other.

    A browser reads the sources as they are in development. Here each
    ``@import url("x.css") layer(y);`` becomes ``@layer y { … }``, which says the same. An import
    that is written in another way, or whose file is missing, stops ``collectstatic``.
    """

    # The modules of the desk import one another by their hashed names.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if STYLESHEET in paths and not dry_run:
            whole = InMemoryStorage()
            whole.save(STYLESHEET, ContentFile(in_one_piece(paths)))
            paths = paths | {STYLESHEET: (whole, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)


def in_one_piece(paths):
    """Return the text of the stylesheet with its imports, from a dictionary of name to file."""

    def written_in(statement):
        match = IMPORT.fullmatch(statement[0])
        if not match:
            raise CommandError(
                f"{STYLESHEET} says {statement[0]!r}. An import is written "
                '@import url("x.css") layer(y); and names a file beside it.'
            )
        file, layer = match.groups()
        name = posixpath.join(posixpath.dirname(STYLESHEET), file)
        if name not in paths:
            raise CommandError(f"{STYLESHEET} imports {file}, and there is no {name}.")
        if "@import" in (text := read(paths, name)):
            raise CommandError(f"{name} imports another file: only {STYLESHEET} does that.")
        return f"@layer {layer} {{\n{text}}}\n"

    return STATEMENT.sub(written_in, read(paths, STYLESHEET))


def read(paths, name):
    """Return the text of a collected file, without the comments, which are for who writes it."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return COMMENT.sub("", file.read().decode())
