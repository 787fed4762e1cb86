"""The public stylesheet, as it is collected: one file, whole and under the name of its hash."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.templatetags.static import static

SOURCES = settings.BASE_DIR / "static" / "css"
IMPORTS = dict(
    re.findall(r'@import url\("(.+)"\) layer\((.+)\);', (SOURCES / "site.css").read_text())
)


def collected():
    return Path(settings.STATIC_ROOT, static("css/site.css").removeprefix(settings.STATIC_URL))


def test_a_reader_loads_one_compressed_file():
    text = collected().read_text()
    assert "@import" not in text
    assert re.fullmatch(r"site\.[0-9a-f]{12}\.css", collected().name)
    assert collected().with_name(f"{collected().name}.gz").stat().st_size < len(text) / 2


def test_it_holds_every_source_in_its_layer_and_in_order():
    assert {"site.css", *IMPORTS} == {path.name for path in SOURCES.glob("*.css")}
    text = collected().read_text()
    order = re.search(r"@layer ([\w, ]+);", text)[1].split(", ")
    assert set(order) == set(IMPORTS.values())
    assert re.findall(r"^@layer (\w+) \{$", text, re.MULTILINE) == list(IMPORTS.values())
    for name in IMPORTS:
        uncommented = re.sub(r"/\*.*?\*/\n?", "", (SOURCES / name).read_text())
        assert uncommented.rpartition("\n\n")[2] in text, name
    assert text.count("{") == text.count("}")


@pytest.fixture
def collect(settings, tmp_path):
    """Collect a folder with the given stylesheet and one more beside it."""

    def collect(stylesheet):
        folder = tmp_path / "sources" / "css"
        folder.mkdir(parents=True)
        (folder / "site.css").write_text(stylesheet)
        (folder / "colours.css").write_text("a {\n  color: red;\n}\n")
        (folder / "nested.css").write_text('@import url("colours.css");\n')
        settings.STATICFILES_DIRS = [folder.parent]
        settings.STATIC_ROOT = tmp_path / "collected"
        call_command("collectstatic", interactive=False, verbosity=0)
        [written] = (tmp_path / "collected" / "css").glob("site.?*.css")
        return written.read_text()

    return collect


def test_an_import_becomes_a_layer(collect):
    text = collect('@layer tokens;\n\n/* Why. */\n@import url("colours.css") layer(tokens);\n')
    assert text == "@layer tokens;\n\n@layer tokens {\na {\n  color: red;\n}\n}\n\n"


@pytest.mark.parametrize(
    ("stylesheet", "sentence"),
    [
        (
            '@import url("gone.css") layer(tokens);',
            "css/site.css imports gone.css, and there is no css/gone.css.",
        ),
        ('@import url("colours.css");', "An import is written"),
        ('@import "colours.css" layer(tokens);', "An import is written"),
        ('@import url("nested.css") layer(tokens);', "css/nested.css imports another file"),
    ],
)
def test_an_import_that_cannot_be_written_in_stops_the_collection(collect, stylesheet, sentence):
    with pytest.raises(CommandError, match=sentence):
        collect(stylesheet)
