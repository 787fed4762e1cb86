"""Tables as XLSX, for those whose spreadsheet takes commas for no separators."""

import datetime as dt
import shutil
import tempfile
import zipfile

from cstopa.models.periods import today
from cstopa.opendata.tables import columns, parts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook is made before any of it is sent. A longer table is there as CSV.
MOST_ROWS = 20_000
WIDTH = 20
# How many bytes are sent at a time.
CHUNK = 65_536


def workbook_of(resource, day, notes):
    """Yield the bytes of a workbook with the table of a resource, and what its columns mean on a second
    sheet, below ``notes``, which are pairs of words.
    """
    with tempfile.TemporaryFile() as file:
        write(file, resource, day, notes)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def write(file, resource, day, notes):
    """Write it, row by row, of which a part is in memory."""
    # It is slow to import, and few processes ever need it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter
    from openpyxl.writer.excel import ExcelWriter

    book, header = Workbook(write_only=True), columns(resource.schema)

    def sheet(title, names):
        made = book.create_sheet(title)
        made.freeze_panes = "A2"
        for number, _name in enumerate(names, 1):
            made.column_dimensions[get_column_letter(number)].width = WIDTH
        made.append([*names])
        return made

    def cell(sheet, value):
        if not isinstance(value, str):
            return value
        text = WriteOnlyCell(sheet, value)
        # What begins with = is a text, and no formula.
        text.data_type = "s"
        return text

    rows = sheet(resource.name, [column.name for column in header])
    for part in parts_of(resource, day):
        for values in part:
            rows.append([cell(rows, value) for value in values])
    about = sheet("about", ["name", "meaning", "unit"])
    for pair in notes:
        about.append([cell(about, str(words)) for words in pair])
    for column in header:
        about.append([column.name, cell(about, column.description), column.schema.get("unit")])
    book.properties.created = book.properties.modified = dt.datetime.combine(today(), dt.time.min)
    ExcelWriter(book, Undated(file, "w", zipfile.ZIP_DEFLATED)).save()


class Undated(zipfile.ZipFile):
    """An archive whose parts have no moment, so that it is the same until its content is another."""

    def writestr(self, name, data):
        super().writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)

    def part(self, name):
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED
        return self.open(about, "w", force_zip64=True)

    def write(self, path, name):
        with open(path, "rb") as source, self.part(name) as part:
            shutil.copyfileobj(source, part)
