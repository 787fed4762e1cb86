"""A table that an editor hands in, read whole or refused with a sentence."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from cstopa.admin.tables import csv_text, rows_of

COLUMNS = ("name", "day", "number", "words")


def read(content, **options):
    return rows_of(csv_text(content), COLUMNS, **options)


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def refused(content, **options):
    with pytest.raises(ValidationError) as error:
        read(content, **options)
    return " ".join(error.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_as_any_spreadsheet_writes_it(encoding, delimiter, end):
    lines = (("Name", "number", "", ""), ("", "", "", ""), (' "Ёж, Ёж;\t"', "7", "", ""))
    text = end.join(delimiter.join(cells) for cells in lines).replace(' "', '"') + end
    assert read(text.encode(encoding)) == [(3, {"name": "Ёж, Ёж;", "number": "7"})]


def test_a_workbook_gives_days_numbers_and_texts_as_csv_does():
    rows = read(
        workbook(
            ["name", "day", "number", None],
            ["Ann", dt.date(2026, 3, 1), 7.0],
            [None, None, None],
            [" Ёж\nЁж ", dt.datetime(2026, 3, 1, 10, 30), 1.5],
            [True, None, "007"],
        )
    )
    assert rows == [
        (2, {"name": "Ann", "day": "2026-03-01", "number": "7"}),
        (4, {"name": "Ёж\nЁж", "day": "2026-03-01 10:30:00", "number": "1.5"}),
        (5, {"name": "True", "day": "", "number": "007"}),
    ]


def test_a_formula_is_its_value_and_never_nothing():
    assert "Row 2: the formula =1+1 has no value." in refused(workbook(["number"], ["=1+1"]))
    content = workbook(["number"], ["=1+1"])
    calculated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(calculated, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                assert b"<v></v>" in text or b"<v />" in text or b"<v/>" in text
                for empty in (b"<v></v>", b"<v />", b"<v/>"):
                    text = text.replace(empty, b"<v>2</v>")
            new.writestr(part, text)
    assert read(calculated.getvalue()) == [(2, {"number": "2"})]
    assert "has no value" in refused(workbook(["number"], ["#REF!"]))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf\n\nname;day\n\nAnn;2026-03-01",
        b";\n;\nname;day\n;\nAnn;2026-03-01",
        b"\t\n\t\nname\tday\n\t\nAnn\t2026-03-01\n\n",
        workbook([], [None, None], ["name", "day"], [], ["Ann", dt.date(2026, 3, 1)]),
    ],
)
def test_blank_rows_count_as_a_spreadsheet_counts_them(content):
    assert read(content) == [(5, {"name": "Ann", "day": "2026-03-01"})]


def test_blank_rows_take_no_place():
    rows = [row for _number in range(500) for row in ([None], ["Ann"])]
    assert len(read(workbook(["name"], *rows))) == 500


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no rows"),
        (b"name\n\n,\n", "no rows"),
        (b"name,king\nAnn,", "There is no column “king”."),
        (b"name,name\nAnn,", "stands there twice"),
        (b"day\n2026-03-01", "The column “name” is missing."),
        (b"name,day\nAnn,,x", "Row 2 has more cells"),
        (b'name\n"Ann\nBob', "Line 3 cannot be read"),
        (b"name\n" + b"x" * 200_001, "Line 2 cannot be read: a quotation mark is not closed, or a"),
        (b"name\nA\x01", "This is no table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text in UTF-8"),
        ("name\nЁж".encode("cp1251"), "no text in UTF-8"),
        ("name\nЁж".encode("utf-16"), "no text in UTF-8"),
        (b"PK\x03\x04 and nothing else", "This workbook cannot be read"),
        (b"name\n" + b"Ann\n" * 501, "more rows than the 500"),
        (workbook(["name"], *[["Ann"]] * 501), "more rows than the 500"),
        (workbook(["king"], ["Ann"]), "There is no column “king”."),
    ],
)
def test_what_is_no_table_gets_a_sentence(content, words):
    assert words in refused(content, required=("name",))


def test_five_hundred_rows_fit():
    assert len(read(b"name\n" + b"Ann\n" * 500)) == 500
    assert len(read(workbook(["name"], *[["Ann"]] * 500))) == 500


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_cell_is_as_long_as_a_text_of_an_article(quote):
    [(_number, row)] = read(b"words\n" + quote + b"x" * 200_000 + quote)
    assert len(row["words"]) == 200_000


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 31_000_000)
    assert len(file.getvalue()) < 100_000
    assert "too large" in refused(file.getvalue())


def last_row_at(number):
    """Return a workbook whose second row stands elsewhere, and that says it fills a whole sheet."""
    content = workbook(["name"], ["Ann"])
    edited = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(edited, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                text = text.replace(b'<row r="2"', b'<row r="%d"' % number).replace(b'r="A2"', b"")
                text = text.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            new.writestr(part, text)
    return edited.getvalue()


def test_a_row_below_a_long_gap_is_read():
    assert read(last_row_at(50_000)) == [(50_000, {"name": "Ann"})]


def test_a_sheet_that_does_not_end_is_refused():
    assert "The sheet goes on after row 999999" in refused(last_row_at(10**12))


def test_blank_cells_below_a_table_are_no_part_of_it():
    rows = [[""] * 26 for _number in range(2_000)]
    assert csv_text(workbook(["name"], ["Ann"], *rows)) == "name\r\nAnn"
