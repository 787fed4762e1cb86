"""Makes documents of Word, as Word packs them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = {
    "Title": "Title",
    "1": "heading 1",
    "2": "heading 2",
    "Quote": "Quote",
    "a3": "List Paragraph",
    "FootnoteText": "footnote text",
}
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="1" descr="photo"/><a:graphic><a:graphicData>'
    '<pic:pic><pic:blipFill><a:blip r:embed="rId2"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def run(text, looks=""):
    looks = "".join(f"<w:{each}/>" for each in looks.split())
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, style="", level=None, number=1):
    """Return a paragraph; strings that are no XML are runs. ``level`` makes it an item."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        style += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{style}</w:pPr>{inner}</w:p>"


def table(*rows, heads=1):
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            f"<w:tr>{head if number < heads else ''}"
            + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row)
            + "</w:tr>"
            for number, row in enumerate(rows)
        )
    )


def document(*blocks, files=None):
    """Return the bytes of a .docx with these blocks; ``files`` are added or put in the place of its own."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in STYLES.items()
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3)
        )
        + "</w:abstractNum>"
        for number, kind in ((1, "bullet"), (2, "decimal"))
    ) + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in (1, 2)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="png" ContentType="image/png"/></Types>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "image", "media/image1.png"),
            ("rId3", "numbering", "numbering.xml"),
            ("rId4", "hyperlink", "https://example.org/programme?page=2&amp;utm_source=word"),
            ("rId5", "footnotes", "footnotes.xml"),
            ("rId6", "comments", "comments.xml"),
        ),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        "word/footnotes.xml": f'<w:footnotes {NAMESPACES}><w:footnote w:id="1">'
        f"{p('a note', style='FootnoteText')}</w:footnote></w:footnotes>",
        "word/comments.xml": f'<w:comments {NAMESPACES}><w:comment w:id="0" w:initials="AE">'
        f"{p('is it so?')}</w:comment></w:comments>",
        "word/media/image1.png": b"\x89PNG" + bytes(100),
    } | (files or {})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                is_text = isinstance(content, str)
                archive.writestr(name, DECLARATION + content if is_text else content)
    return packed.getvalue()


def relationships(*each):
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"'
        f"{' TargetMode="External"' if kind == 'hyperlink' else ''}/>"
        for id_, kind, target in each
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
