"""Everything in one file: all tables, what their columns mean, and the documents."""

import json

from cstopa.opendata.resources import DOCUMENTS, FILES, TABLES
from cstopa.opendata.tables import table_of
from cstopa.opendata.workbooks import Undated

ZIP = "application/zip"


class Sink:
    """What is written and not yet sent. It cannot go back, so that nothing waits for the whole."""

    def __init__(self):
        self.written = []

    def write(self, content):
        self.written.append(bytes(content))
        return len(content)

    def flush(self):
        pass

    def taken(self):
        content, self.written = b"".join(self.written), []
        return content


def archive(package, day):
    """Yield the bytes of the archive, part after part, as of a day, or of any."""
    sink = Sink()
    with Undated(sink, "w") as file:

        def written(name, parts):
            with file.part(name) as member:
                for part in parts:
                    member.write(part.encode())
                    yield sink.taken()

        yield from written("datapackage.json", [as_text(package)])
        for table in TABLES.values():
            yield from written(f"{table}.csv", table_of(table, day if table.is_as_of_day else None))
        for name, parts in FILES.items():
            yield from written(name, parts())
        for document in DOCUMENTS.values():
            yield from written(f"{document.name}.json", [as_text(document.read(day))])
    yield sink.taken()


def as_text(value):
    return json.dumps(value, ensure_ascii=False)
