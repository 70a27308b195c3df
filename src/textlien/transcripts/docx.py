"""Word documents: the paragraphs and tables of the body, in order."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from docx2python import docx2python

from textlien.errors import TextlienError
from textlien.transcripts.labels import Paragraph, split
from textlien.transcripts.model import Document, Source

# What docx2python adds to the text: links, note and image marks, numbers of lists.
_LINK = re.compile(r'<a href="[^"]*">(.*?)</a>', re.DOTALL)
_ADDED = re.compile(
    r"----(?:footnote\d+|endnote\d+|[^\s-][^\n]*?\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|svg))----"
    r"|----Image alt text---->[^<]*<"
)
_LIST_NUMBER = re.compile(r"^\t*(?:--|\d+\)|[a-z]+\))\t|^\t+[A-Z]+\)\t")
_LONGEST_CELL_LABEL = 40


def read(source: Source) -> list[Document]:
    """Read a ``.docx``: one document, its speakers found by their labels.

    Headers, footers, comments and notes stay out; tracked insertions count, deletions do not;
    a soft break ends a line. The short first cell of a table row is a label for the others.

    Raises
    ------
    TextlienError
        When the file is no Word document or is damaged.
    """
    path, shown = source.path, source.shown
    try:
        is_document = _is_word_document(path)
        body = _body(path) if is_document else []
    except Exception as error:  # a damaged archive makes zip, XML and docx2python raise anything
        raise TextlienError(
            f"{shown}: a damaged Word document ({type(error).__name__}: {error}).",
            "Open it in Word or LibreOffice, let it repair the file, and save it again.",
        ) from error
    if not is_document:
        raise TextlienError(
            f"{shown}: not a Word document (.docx), or a damaged one.",
            "Open it in Word or LibreOffice and save it again as .docx.",
        )
    texts = [text for table in body for row in table for text in _texts_of_row(_cleaned(row))]
    paragraphs = [
        Paragraph(text, f"paragraph {number}")
        for number, text in enumerate((text for text in texts if text.strip()), start=1)
    ]
    return [split(paragraphs, shown, source.declared)]


def _body(path: Path) -> list[list[list[list[str]]]]:
    """Paragraphs in cells in rows in tables, as docx2python nests them."""
    with docx2python(path, duplicate_merged_cells=False) as content:
        body: list[list[list[list[str]]]] = content.body
    return body


def _is_word_document(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith("word/") for name in archive.namelist())


def _cleaned(row: list[list[str]]) -> list[list[str]]:
    return [
        [_LIST_NUMBER.sub("", _ADDED.sub("", _LINK.sub(r"\1", text))) for text in cell]
        for cell in row
    ]


def _texts_of_row(row: list[list[str]]) -> list[str]:
    """Paragraphs of a table row; docx2python gives running text as a row of one cell."""
    cells = [[text for text in cell if text.strip()] for cell in row]
    filled = [cell for cell in cells if cell]
    first = filled[0][0] if filled else ""
    if len(filled) > 1 and len(filled[0]) == 1 and len(first) <= _LONGEST_CELL_LABEL:
        # « R | Oui. » reads like « R<TAB>Oui. », « 00:12 | R | Oui. » too.
        joined = "\t".join(cell[0].strip() for cell in filled)
        return [joined, *(text for cell in filled[1:] for text in cell[1:])]
    return [text for cell in filled for text in cell]
