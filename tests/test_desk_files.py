"""The styles and the script of the desk, as they are collected: each in one piece."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.templatetags.static import static

SOURCES = settings.BASE_DIR / "static" / "desk"


def collected(name):
    return Path(settings.STATIC_ROOT, static(name).removeprefix(settings.STATIC_URL))


@pytest.mark.parametrize("name", ["desk/desk.css", "desk/form.css"])
def test_a_stylesheet_of_the_desk_holds_what_it_imports_and_finds_its_pictures(name):
    file = collected(name)
    text = file.read_text()
    assert "@import" not in text
    for imported in re.findall(r'@import url\("(.+)"\);', (SOURCES / Path(name).name).read_text()):
        assert collected(f"desk/{imported}".replace("desk/../", "")).is_file()
    pictures = re.findall(r"url\(\"?([^)\"]+)", text)
    assert pictures
    for picture in pictures:
        assert re.search(r"\.[0-9a-f]{12}\.", picture)
        assert (file.parent / picture).resolve().is_file(), picture


def test_the_script_of_the_forms_holds_its_modules():
    text = collected("desk/form.js").read_text()
    assert not re.search(r"^import ", text, re.MULTILINE)
    for name in re.findall(r'import "\./(.+)";', (SOURCES / "form.js").read_text()):
        source = (SOURCES / name).read_text()
        # Nothing is given from one to another.
        assert "export" not in source
        assert source.rpartition("\n\n")[2] in text, name


@pytest.mark.parametrize(
    ("stylesheet", "sentence"),
    [
        (
            '@import url("gone.css");',
            "desk/desk.css imports gone.css, and there is no desk/gone.css.",
        ),
        ('@import url("form.css") layer(x);', "An import is written"),
        ('@import url("nested.css");', "desk/nested.css imports another file"),
    ],
)
def test_what_cannot_be_written_in_stops_the_collection(settings, tmp_path, stylesheet, sentence):
    folder = tmp_path / "sources" / "desk"
    folder.mkdir(parents=True)
    (folder / "desk.css").write_text(stylesheet)
    (folder / "nested.css").write_text('@import url("form.css");\n')
    settings.STATICFILES_DIRS = [folder.parent]
    settings.STATIC_ROOT = tmp_path / "collected"
    with pytest.raises(CommandError, match=sentence):
        call_command("collectstatic", interactive=False, verbosity=0)
