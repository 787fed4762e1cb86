"""Tables that an editor hands in, CSV or XLSX, under a header of fixed names."""

import csv
import datetime as dt
import io
import zipfile
from itertools import zip_longest

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cstopa.models.fields import LONGEST, NOT_TEXT
from cstopa.opendata.responses import as_table
from cstopa.opendata.tables import first_line, lines, unmarked

# Bytes: of a file, and of what is packed in one.
LARGEST_FILE = 1_000_000
LARGEST_CONTENT = 10_000_000
# Characters of a table. It goes with the form, and a request has a size.
LONGEST_TABLE = 2_000_000
MOST_ROWS = 500
# Of a sheet, the blank ones and the blank rows too: a workbook may claim any number of them.
MOST_CELLS = 1_000_000
ERRORS_SHOWN = 20


def csv_text(content):
    """Return the bytes of a file as the text of a CSV table; ValidationError where it is no table."""
    if content.startswith(b"PK\x03\x04"):
        return _text_of_workbook(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("This is no text in UTF-8: save the table as “CSV UTF-8” or as XLSX.")
        ) from error


def _text_of_workbook(content):
    # It is slow to import, and few processes ever need it.
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_CONTENT:
                raise ValidationError(_("The file is too large for a table."))
        # The values, and beside them the formulas: one that was never calculated has no value.
        sheets = [
            openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=data_only
            ).worksheets[0]
            for data_only in (True, False)
        ]
        written = io.StringIO()
        writer = csv.writer(written)
        for sheet in sheets:
            # What it says of its own size may be wrong.
            sheet.reset_dimensions()
        rows = (sheet.iter_rows(values_only=True) for sheet in sheets)
        cells_left = MOST_CELLS
        for number, pair in enumerate(zip(*rows, strict=True), start=1):
            cells_left -= 1 + len(pair[0])
            if cells_left < 0:
                raise ValidationError(
                    _(
                        "The sheet goes on after row %(number)d, if only with blank cells: copy the "
                        "table alone into a new one."
                    )
                    % {"number": number - 1}
                )
            cells = [_cell(number, *each) for each in zip_longest(*pair)]
            writer.writerow(cells if any(cells) else [])
    except ValidationError:
        raise
    # A broken workbook fails in as many ways as it has parts.
    except Exception as error:
        raise ValidationError(
            _("This workbook cannot be read: save it anew, or as CSV.")
        ) from error
    # Blank rows below the table take no place.
    return written.getvalue().rstrip()


def _cell(number, value, formula):
    from openpyxl.cell.cell import ERROR_CODES

    if value in ERROR_CODES or (value is None and formula is not None):
        raise ValidationError(
            _("Row %(number)d: the formula %(formula)s has no value.")
            % {"number": number, "formula": formula}
        )
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time.min else value.replace(microsecond=0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def rows_of(text, columns, required=(), most_rows=MOST_ROWS):
    """Return pairs of a row's number, as a spreadsheet counts, and its ``{column: text}``.

    A column that the header leaves out is in no row. ValidationError tells what is wrong.
    """
    text = normalize_newlines(text).removeprefix("\ufeff")
    if NOT_TEXT.search(text):
        raise ValidationError(_("This is no table: save it as “CSV UTF-8” or as XLSX."))
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    # One cell may be as long as a text of an article. The limit is one for all readers.
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [[unmarked(cell.strip()) for cell in cells] for cells in reader]
    except csv.Error as error:
        raise ValidationError(
            _("Line %(number)d cannot be read: a quotation mark is not closed, or a cell too long.")
            % {"number": reader.line_num}
        ) from error
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if len(filled) < 2:
        raise ValidationError(_("The table has no rows."))
    (_number, names), *filled = filled
    names = [name.casefold() for name in names]
    while not names[-1]:
        del names[-1]
    _check_header(names, columns, required)
    if len(filled) > most_rows:
        raise ValidationError(
            _("The table has more rows than the %(most)d that fit.") % {"most": most_rows}
        )
    for number, cells in filled:
        if any(cells[len(names) :]):
            raise ValidationError(
                _("Row %(number)d has more cells than the header.") % {"number": number}
            )
    return [
        (number, dict(zip(names, [*cells, *[""] * len(names)], strict=False)))
        for number, cells in filled
    ]


def _check_header(names, columns, required):
    errors = [
        *(
            _("There is no column “%(name)s”.") % {"name": name}
            for name in dict.fromkeys(names)
            if name not in columns
        ),
        *(
            _("The column “%(name)s” stands there twice.") % {"name": name}
            for name in columns
            if names.count(name) > 1
        ),
        *(
            _("The column “%(name)s” is missing.") % {"name": name}
            for name in required
            if name not in names
        ),
    ]
    if errors:
        all_of_them = _("The first row names the columns: %(columns)s.")
        raise ValidationError(
            [*errors[:ERRORS_SHOWN], all_of_them % {"columns": ", ".join(columns)}]
        )


def row_error(number, column, words):
    """Return what is wrong with a cell, or with a row where ``column`` is empty."""
    sentence = (
        _("Row %(number)s, %(column)s: %(words)s") if column else _("Row %(number)s: %(words)s")
    )
    return sentence % {"number": number, "column": column, "words": words}


def at_most(errors):
    """Return the first of many errors, and how many more there are."""
    rest = len(errors) - ERRORS_SHOWN
    if rest < 1:
        return errors
    more = ngettext("%(number)d more error.", "%(number)d more errors.", rest)
    return [*errors[:ERRORS_SHOWN], more % {"number": rest}]


def sample(name, columns, rows):
    """Return an answer that downloads a table with a header and some rows, ``{column: text}``."""
    cells = ([row.get(column, "") for column in columns] for row in rows)
    return as_table([first_line(columns), lines(cells)], name)


class TableForm(forms.Form):
    """A form with a table. ``rows`` are those of :func:`rows_of` once the form is clean, or [].

    What was read of the file goes with the form through its preview, so that no worker keeps it.
    """

    columns = ()
    required_columns = ()
    most_rows = MOST_ROWS

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    table = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        self.rows = []
        try:
            if file := cleaned.get("file"):
                if file.size > LARGEST_FILE:
                    raise ValidationError(_("The file is too large for a table."))
                cleaned["table"] = csv_text(file.read())
                if len(cleaned["table"]) > LONGEST_TABLE:
                    raise ValidationError(_("The file is too large for a table."))
                self.data = self.data.copy()
                self.data[self.add_prefix("table")] = cleaned["table"]
            if text := cleaned.get("table"):
                self.rows = rows_of(text, self.columns, self.required_columns, self.most_rows)
        except ValidationError as error:
            self.add_error("file", error)
        if self.rows:
            self["file"].help_text = ngettext(
                "Leave it empty to keep the table of %(rows)d row that you gave before.",
                "Leave it empty to keep the table of %(rows)d rows that you gave before.",
                len(self.rows),
            ) % {"rows": len(self.rows)}
        return cleaned
