"""The lines of a file, JSON Lines or CSV, as records."""

import csv
import json
import re
from functools import partial

from django.core.exceptions import ValidationError

# Characters of a line, or of a cell.
LONGEST = 10_000_000
DELIMITERS = ",;\t"
# What stands for a byte that the encoding does not know, and what parts the names of a list.
UNKNOWN_BYTE = re.compile("[\udc80-\udcff]")
BETWEEN = re.compile(r"[|;\n]")


class Header(ValueError):
    """The names of the columns are none that can be read."""


def records(path, encoding, names, lists):
    """Yield pairs of the number of a line and its record, or the ValidationError of one that has none.

    A file whose name ends in .csv is CSV, any other JSON Lines. ``names`` are those that a record may
    have, ``lists`` those of them whose values are lists. Raises OSError, UnicodeError, and
    Header.
    """
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as text:
        is_csv = path.suffix.lower() == ".csv"
        found = of_csv(text, names, lists) if is_csv else of_json_lines(text)
        for number, record in found:
            if isinstance(record, dict) and (unknown := record.keys() - names):
                record = ValidationError(dict.fromkeys(unknown, "There is no such field."))
            yield number, record


def of_json_lines(text):
    for number, line in enumerate(lines(text), 1):
        if line is None:
            yield number, ValidationError(f"A line has at most {LONGEST} characters.")
        elif line.strip():
            try:
                yield number, of_json(line)
            except ValidationError as error:
                yield number, error
            except (ValueError, RecursionError) as error:
                yield number, ValidationError(f"This is no JSON: {error}.")


def of_json(line):
    refuse_unknown_bytes(line)
    record = json.loads(line, object_pairs_hook=stated_once)
    if not isinstance(record, dict):
        raise ValidationError("A line is an object.")
    return {name: value for name, value in record.items() if value is not None}


def stated_once(pairs):
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValidationError("A field is stated twice.")
    return record


def lines(text):
    """Yield the lines of a text, and None for one that is not read for its length."""
    while line := text.readline(LONGEST):
        is_whole = ends(line)
        yield line if is_whole else None
        while not is_whole:
            is_whole = ends(text.readline(LONGEST))


def ends(line):
    return len(line) < LONGEST or line.endswith("\n")


def of_csv(text, names, lists):
    csv.field_size_limit(LONGEST)
    first = text.readline(LONGEST)
    delimiter = max(DELIMITERS, key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if unknown := [name for name in header if name not in names]:
        raise Header(f"There are no such columns: {', '.join(unknown)}.")
    if not header or len(set(header)) < len(header):
        raise Header("The first line names each column once.")
    pieces = iter(partial(text.readline, LONGEST), "")
    rows, number = csv.reader(pieces, delimiter=delimiter, strict=True), 2
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, ValidationError(f"This is no CSV: {error}.")
        else:
            if any(cells):
                yield number, of_cells(header, cells, lists)
        # A row may go on over many lines.
        number = rows.line_num + 2


def of_cells(header, cells, lists):
    try:
        if len(cells) > len(header):
            raise ValidationError("There are more cells than columns.")
        refuse_unknown_bytes("".join(cells))
    except ValidationError as error:
        return error
    stated = {name: cell for name, cell in zip(header, cells, strict=False) if cell.strip()}
    return {
        name: [*filter(None, map(str.strip, BETWEEN.split(cell)))] if name in lists else cell
        for name, cell in stated.items()
    }


def refuse_unknown_bytes(text):
    if UNKNOWN_BYTE.search(text):
        raise ValidationError("It is in another encoding: name that with --encoding, as cp1251.")
