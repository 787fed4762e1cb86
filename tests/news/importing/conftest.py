import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def load(tmp_path, capsys):
    """Import lines, and return what the command says on standard output, line by line."""

    def load(*lines, apply=True, name="articles.jsonl", **options):
        file = tmp_path / name
        texts = (each if isinstance(each, str) else json.dumps(each) for each in lines)
        file.write_text("\n".join(texts), encoding=options.get("encoding"))
        capsys.readouterr()
        call_command("import_articles", file, apply=apply, **options)
        return capsys.readouterr().out.splitlines()

    return load


@pytest.fixture
def refused(load, capsys):
    """Import lines with mistakes, and return what the command says of them."""

    def refused(*lines, **options):
        with pytest.raises(CommandError, match="Nothing was imported"):
            load(*lines, **options)
        return [words for words in capsys.readouterr().out.splitlines() if ": note: " not in words]

    return refused
