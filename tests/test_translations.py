"""Every text has its Russian, and what is compiled is what is written."""

import gettext as gettext_module
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).resolve().parent.parent
PO = Path("cstopa/locale/ru/LC_MESSAGES/django.po")
ENGLISH = ROOT / "cstopa/locale/en/LC_MESSAGES/django.po"
# What a number would part from at the end of a line.
PARTED = re.compile(r"%\(\w+\)[ds] [a-z]")


def catalogue(path):
    with path.open("rb") as file:
        texts = gettext_module.GNUTranslations(file)._catalog
    # The header tells when the texts were collected, which is no text.
    return {text: translation for text, translation in texts.items() if text}


@pytest.fixture(scope="module")
def collected(gettext, tmp_path_factory):
    """The texts of the code as it is now, merged with the translations that are committed."""
    tmp_path = tmp_path_factory.mktemp("texts")
    for name in ("cstopa", "delegations", "news", "templates", "manage.py"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "ru", "--no-obsolete"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / PO


def test_every_text_is_translated(collected):
    command = ["msgfmt", "--check", "--statistics", "--output-file=/dev/null", collected]
    done = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C"}, check=False)
    assert done.returncode == 0, done.stderr
    missing = subprocess.run(
        ["msgattrib", "--untranslated", collected], capture_output=True, text=True, check=True
    )
    fuzzy = subprocess.run(
        ["msgattrib", "--only-fuzzy", collected], capture_output=True, text=True, check=True
    )
    assert missing.stdout + fuzzy.stdout == ""


def test_the_scripts_of_the_desk_speak_russian(admin_client):
    admin_client.cookies["django_language"] = "ru"
    scripts = admin_client.get(reverse("admin:jsi18n")).content.decode()
    assert "Today (%(date)s)" in scripts
    assert ascii("Сегодня (%(date)s)")[1:-1] in scripts


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_is_compiled_is_what_is_written(collected, domain):
    written = collected.with_stem(domain)
    compiled = written.with_suffix(".mo")
    subprocess.run(["msgfmt", "--output-file", compiled, written], check=True)
    assert catalogue((ROOT / PO).with_name(compiled.name)) == catalogue(compiled)


def test_no_number_parts_from_its_noun_in_english(collected, tmp_path):
    russian, english = tmp_path / "ru.mo", tmp_path / "en.mo"
    for written, compiled in ((collected, russian), (ENGLISH, english)):
        subprocess.run(["msgfmt", "--output-file", compiled, written], check=True)
    texts = catalogue(english)
    assert catalogue(ENGLISH.with_suffix(".mo")) == texts
    counted = {
        key for key in catalogue(russian) if isinstance(key, tuple) and PARTED.search(key[0])
    }
    assert texts.keys() == {(text, form) for text, _form in counted for form in (0, 1)}
    assert not [text for text in texts.values() if PARTED.search(text)]
