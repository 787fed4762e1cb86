"""One request for all styles, and one for the scripts of a form: what a file imports is written in."""

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
# In no layer: what a layer says gives way to Django's own styles, which are in none.
OF_DESK = ("desk/desk.css", "desk/form.css")
SCRIPT = "desk/form.js"
STATEMENT = re.compile(r"@import\b[^;]*;")
LAYERED = re.compile(r'@import url\("(?P<file>[\w-]+\.css)"\) layer\((?P<layer>[\w-]+)\);')
UNLAYERED = re.compile(r'@import url\("(?P<file>[\w./-]+\.css)"\);')
MODULE = re.compile(r'^import "\./([\w-]+\.js)";\n', re.MULTILINE)
ADDRESS = re.compile(r"""url\((["']?)(?![/#]|\w+:)([^"')]+)\1\)""")
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Collects a stylesheet as one file, hashed and compressed like every other.

    A browser reads the sources as they are in development. Here each
    ``@import url("x.css") layer(y);`` of the public one becomes ``@layer y { … }``, which says the
    same, and each ``@import url("x.css");`` of the desk's becomes what it imports; so does each
    ``import "./x.js";`` of the script of its forms, whose modules give nothing to one another. An
    import that is written in another way, or whose file is missing, stops ``collectstatic``.
    """

    # The modules of the desk import one another by their hashed names.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            whole = InMemoryStorage()
            for name in {STYLESHEET, *OF_DESK, SCRIPT} & paths.keys():
                whole.save(name, ContentFile(in_one_piece(paths, name)))
                paths = paths | {name: (whole, name)}
        yield from super().post_process(paths, dry_run, **options)


def in_one_piece(paths, name):
    """Return the text of a file with its imports, from a dictionary of name to file."""
    if name == SCRIPT:
        return MODULE.sub(
            lambda match: read(paths, _beside(paths, name, match[1])), read(paths, name)
        )
    pattern, example = (
        (LAYERED, '@import url("x.css") layer(y); and names a file beside it.')
        if name == STYLESHEET
        else (UNLAYERED, '@import url("x.css");')
    )

    def written_in(statement):
        match = pattern.fullmatch(statement[0])
        if not match:
            raise CommandError(f"{name} says {statement[0]!r}. An import is written {example}")
        file = _beside(paths, name, match["file"])
        text = read(paths, file)
        if "@import" in text:
            raise CommandError(f"{file} imports another file: only {name} does that.")
        if pattern is LAYERED:
            return f"@layer {match['layer']} {{\n{text}}}\n"
        return ADDRESS.sub(lambda address: f'url("{_seen_from(name, file, address[2])}")', text)

    return STATEMENT.sub(written_in, read(paths, name))


def _beside(paths, name, file):
    """Return the name of a file that another one imports."""
    imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), file))
    if imported not in paths:
        raise CommandError(f"{name} imports {file}, and there is no {imported}.")
    return imported


def _seen_from(name, file, address):
    """Return an address that a file has, as another one writes it that has taken it in."""
    target = posixpath.join(posixpath.dirname(file), address)
    return posixpath.relpath(target, posixpath.dirname(name))


def read(paths, name):
    """Return the text of a collected file, without the comments, which are for who writes it."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return COMMENT.sub("", file.read().decode())
