"""Tables: a resource as CSV, one row of header, and its description for CSV on the Web.

A header says ``name [unit]``. It is the only line that is no row, since spreadsheets and programs
take every other one for data; whatever is longer to say stands in the description beside it.
"""

import csv
import io


def header(column):
    return f"{column.name} [{column.unit}]" if column.unit else column.name


def table(resource, rows):
    """Return the text of a table of rows that ``Record.json()`` gave."""
    # Excel takes the mark for UTF-8, without which it garbles Cyrillic letters.
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(map(header, resource.kind.columns()))
    writer.writerows(map(resource.kind.cells, rows))
    return text.getvalue()


def description(resource, address):
    """Return the metadata of the table at an address."""

    def described(column):
        found = {
            "name": column.name,
            "titles": header(column),
            "dc:description": column.description,
            "datatype": column.type,
        }
        return found | ({"separator": column.separator} if column.separator else {})

    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "dc:description": str(resource.description),
        "tableSchema": {
            "columns": [described(column) for column in resource.kind.columns()],
            "primaryKey": "code",
        },
    }
