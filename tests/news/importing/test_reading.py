"""An old archive that comes as a table."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import make
from tests.news.importing.test_import_articles import article, line

pytestmark = pytest.mark.django_db


def as_csv(delimiter, **fields):
    record = line(**fields)
    head, row = (delimiter.join(f'"{each}"' for each in part) for part in (record, record.values()))
    return f"{head}\r\n{row}\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_table_is_read_whatever_parts_its_cells(load, delimiter, encoding):
    make.topic("laws"), make.topic("visits")
    text = as_csv(delimiter, headline_en="Слово", body_en="A\n\nB", topics="laws|visits", source="")
    options = {"encoding": encoding} if encoding == "cp1251" else {}
    text = f"\ufeff{text}" if encoding == "utf-8-sig" else text
    load(text, name="a.csv", **options)
    row = article()
    assert (row.headline_en, row.body_en.count("<p>"), row.topics.count()) == ("Слово", 2, 2)


def test_a_line_of_a_table_is_the_one_where_it_begins(load, refused):
    rows = 'key,headline_en,published_at,body_en\n1,A,2003-12-05,"a\nb"\n\n2,B,x,b\n3,C,2003-12-05,b,c\n4,"D"d,,\n'
    said = [words[:25] for words in refused(rows, name="a.csv")]
    assert said == [
        "line 2: new: /news/a/",
        "line 5: wrong: published_",
        "line 6: wrong: There are ",
        "line 7: wrong: This is no",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key,title,id\n1,2,3", "There are no such columns: title, id."),
        ("key,key\n1,2", "The first line names each column once."),
        ("", "The first line names each column once."),
    ],
)
def test_a_table_names_its_columns(load, text, words):
    with pytest.raises(CommandError, match=words):
        load(text, name="a.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_another_encoding_is_named(tmp_path, capsys, name):
    file = tmp_path / name
    text = (
        as_csv(",", headline_en="Слово")
        if name == "a.csv"
        else json.dumps(line(headline_en="Слово"), ensure_ascii=False)
    )
    file.write_bytes(text.encode("cp1251"))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_articles", file)
    assert "wrong: It is in another encoding: name that with --encoding" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no encoding klingon"):
        call_command("import_articles", file, encoding="klingon")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_articles", file, encoding="utf-16")
