"""A page as it is read: parsed without mercy, and asked for the words that a reader sees."""

import csv
import io
import zipfile

import html5lib


def text(response):
    """Return all that an answer says: of an archive, as which a workbook is sent too, what is in it."""
    content = b"".join(response)
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def table(response):
    """Return the rows of an answer in CSV, each by the names of the columns."""
    assert response.status_code == 200
    lines = io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, strict=True))


def parsed(response):
    """Return the tree of a page; a parse error of HTML is an error here."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def spaced(text):
    """Return a text with its white space folded, the spaces that do not break too."""
    return " ".join(str(text).split())


def words(element):
    """Return the text of an element, its white space folded."""
    return spaced("".join(element.itertext()))


def main(response):
    """Return the words of what is in ``<main>``."""
    return words(parsed(response).find(".//main"))


def by_id(response, key):
    """Return the words of the one element with this id, or None."""
    found = [each for each in parsed(response).iter() if each.get("id") == key]
    assert len(found) < 2, f"{key} is the id of {len(found)} elements"
    return words(found[0]) if found else None


def links(response):
    """Return ``{address: words}`` of the links in ``<main>``."""
    return {a.get("href"): words(a) for a in parsed(response).find(".//main").iter("a")}


def without_language(element, language):
    """Yield the texts of an element that no ``lang`` says to be in ``language``."""
    if element.get("lang") == language or element.tag in {"script", "style"}:
        return
    yield element.text or ""
    for child in element:
        yield from without_language(child, language)
        yield child.tail or ""
