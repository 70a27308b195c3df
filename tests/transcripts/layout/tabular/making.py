"""Tables of an invented interview, as four programs write them."""

import textwrap
import zipfile

from tests.transcripts.making import reading_of
from textlien.study.options import LabelsOptions
from textlien.transcripts import read

TURNS = [
    ("Enquêtrice", "Depuis quand tenez-vous cette épicerie ?"),
    ("M. Ferrand", "Depuis dix-neuf ans, et avant moi c'était ma tante."),
    ("Enquêtrice", "Et la rue, elle a changé ?"),
    ("M. Ferrand", "Oui. Les bureaux ont fermé, il reste la pharmacie et nous."),
    ("Enquêtrice", "Qui vient encore chez vous ?"),
    ("M. Ferrand", "Les anciens du quartier, et les étudiants le soir."),
    ("Enquêtrice", "La ville vous a-t-elle aidé ?"),
    ("M. Ferrand", "Une fois, pour la vitrine, je ne vais pas me plaindre."),
    ("Enquêtrice", "Vous pensez rester ?"),
    ("M. Ferrand", "Tant que les jambes tiennent."),
]
"""Speaker and words of each turn."""

ROLES = {"Enquêtrice": "interviewer", "M. Ferrand": "interviewee"}
EXPECTED = [(ROLES[speaker], text) for speaker, text in TURNS]


def spoken(reading):
    """Role and words of each turn of a reading, its lines as one."""
    pairs = zip(reading.turns.role, reading.turns.text, strict=True)
    return [(role, " ".join(text.split())) for role, text in pairs]


def told(reading):
    """Identifiers of what makes a reading less than « ok », but that it is short."""
    ids = [problem.id for problem in reading.problems if problem.severity != "note"]
    return [name for name in ids if name != "transcripts.few-words"] + [
        label for label, role in reading.roles.items() if not role.sure
    ]


def docx_cell(cell):
    """A cell of a Word table: a text, None where it is merged with the one above, ("text", n)."""
    properties = ""
    if cell is None:
        properties, cell = "<w:vMerge/>", ""
    elif isinstance(cell, tuple):
        cell, span = cell
        properties = f'<w:gridSpan w:val="{span}"/>' if span else '<w:vMerge w:val="restart"/>'
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in cell.split("\n")
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def docx_table(rows):
    """A Word table."""
    cells = ("".join(map(docx_cell, row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(folder, *tables):
    """The reading of a Word document of these tables."""
    return reading_of(folder, *map(docx_table, tables))


def html(folder, rows):
    """The reading of a page; None is a cell of the row above that spans two."""
    lines = []
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        cells = [
            f'<td rowspan="{2 if at < len(below) and below[at] is None else 1}">{cell}</td>'
            for at, cell in enumerate(row)
            if cell is not None
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return _read(folder / "entretien.html", f"<table>{''.join(lines)}</table>")


def rtf(folder, rows):
    """The reading of a rich text."""
    lines = []
    for row in rows:
        marks = "".join(
            f"{chr(92)}clvmrg{chr(92)}cellx{at}" if cell is None else f"{chr(92)}cellx{at}"
            for at, cell in enumerate(row, start=1)
        )
        texts = "".join(f"{_rtf(cell or '')}\\cell " for cell in row)
        lines.append(f"\\trowd{marks}\\pard\\intbl {texts}\\row\n")
    return _read(folder / "entretien.rtf", f"{{\\rtf1\\ansi {''.join(lines)}\\pard\\par}}")


def _rtf(text):
    """A text in rich text."""
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)


def odt(folder, rows):
    """The reading of an OpenDocument text."""
    file = folder / "entretien.odt"
    body = "".join(
        "<table:table-row>"
        + "".join(
            "<table:covered-table-cell/>"
            if cell is None
            else f"<table:table-cell{_spanned(rows, number, at)}><text:p>{cell}</text:p>"
            "</table:table-cell>"
            for at, cell in enumerate(row)
        )
        + "</table:table-row>"
        for number, row in enumerate(rows)
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" '
            f'xmlns:text="{space}:text:1.0" xmlns:table="{space}:table:1.0"><office:body>'
            f"<office:text><table:table>{body}</table:table></office:text></office:body>"
            "</office:document-content>",
        )
    (reading,) = read(file, file.name, LabelsOptions())
    return reading


def _spanned(rows, number, at):
    """The attribute of a cell that spans the row below."""
    spans = number + 1 < len(rows) and rows[number + 1][at] is None
    return ' table:number-rows-spanned="2"' if spans else ""


def _read(file, content):
    """The reading of a text written to a file."""
    file.write_text(content, encoding="utf-8")
    (reading,) = read(file, file.name, LabelsOptions())
    return reading


def pdf(folder, *pages, widths=(60, 110, 300, 70)):
    """The reading of a PDF with a ruled table on each page; cells are cut into lines of 50."""
    contents = [_page(rows, widths) for rows in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    whole, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(whole)}\n%%EOF\n"
    whole += f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
    file = folder / "entretien.pdf"
    file.write_bytes(whole)
    (reading,) = read(file, file.name, LabelsOptions())
    return reading


def _page(rows, widths):
    """Lines and letters of a page with a table."""
    lefts = [30 + sum(widths[:at]) for at in range(len(rows[0]) + 1)]
    parts, top = [], 800
    for row in rows:
        cells = [textwrap.wrap(cell or "", 50) for cell in row]
        bottom = top - 12 * max(map(len, cells)) - 6
        for at, lines in enumerate(cells):
            left, right = lefts[at], lefts[at + 1]
            if row[at] is not None:
                parts.append(f"{left} {top} m {right} {top} l S")
            parts += [f"{side} {top} m {side} {bottom} l S" for side in (left, right)]
            for number, line in enumerate(lines):
                text = line.replace("(", r"\(").replace(")", r"\)")
                y = top - 12 * (number + 1)
                parts.append(f"BT /F1 9 Tf {left + 3} {y} Td ({text}) Tj ET")
        top = bottom
    parts.append(f"{lefts[0]} {top} m {lefts[-1]} {top} l S")
    return "\n".join(parts).encode("cp1252")
