"""PDF, as a last resort: lines put together again from where their letters stand.

A PDF holds letters and places, no paragraphs: what follows what is a guess. The reading order is
that of pdfplumber, top to bottom; columns are not told apart.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Any

import pdfplumber

from textlien.errors import TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.transcripts.formats import pages
from textlien.transcripts.formats.hyphens import Hyphens
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import Paragraph, split

_MOST_PAGES = 2000
_PROPERTIES = {
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created",
}
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_OPENING = re.compile(r"\s*(?:[\[#(–—-]|[A-ZÀÂÇÉÈÊÎÔ]\S{0,29}(?:\s\S{1,20}){0,4}\s?:)")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
# A line that ends short of this share of the usual width ends a paragraph.
_FULL_LINE = 0.85
# A gap of this many usual gaps between lines parts two paragraphs.
_WIDE_GAP = 1.35


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    number: int
    top: float
    left: float
    right: float
    bold: bool


def read(source: Source) -> list[Document]:
    """Read a ``.pdf``: one document, its speakers found by their labels.

    Raises
    ------
    TextlienError
        When it is no PDF, is damaged or protected, or holds pictures of pages only.
    """
    by_page, information = _lines_of(source)
    texts = [[line.text for line in lines] for lines in by_page]
    left_out = pages.furniture(texts)
    removed = [texts[page][number] for page, number in sorted(left_out)]
    kept = [
        line
        for page, lines in enumerate(by_page)
        for number, line in enumerate(lines)
        if (page, number) not in left_out
    ]
    if not any(any(map(str.isalpha, line.text)) for line in kept):
        raise raw_error(
            f"{source.shown}: {len(by_page):,} pages without text: pictures, probably scanned.",
            "Have the text recognised (OCR), save it as .docx or .txt, and read a few pages of it.",
        )
    hyphens = Hyphens([line.text for line in kept])
    document = split(_paragraphs(kept, hyphens), source.shown, source.declared)
    hint = "Check a few. If you have the Word file or the text that it was made from, use that."
    message = "a PDF has no paragraphs: its lines were put together again from their place."
    problems = [raw_problem(source.shown, message, hint, severity="note")]
    problems += pages.note(source.shown, removed)
    if hyphens.joined:
        message = f"{len(hyphens.joined):,} words cut at the end of a line were put together, "
        message += f"as « {hyphens.joined[0]} »."
        problems.append(raw_problem(source.shown, message, hint, severity="note"))
    return [replace(document, problems=(*problems, *document.problems), properties=information)]


def _lines_of(source: Source) -> tuple[list[list[_Line]], dict[str, str]]:
    with source.path.open("rb") as file:
        if b"%PDF" not in file.read(1024):
            raise raw_error(
                f"{source.shown}: not a PDF.", "Open it in a PDF reader and print it to a new file."
            )
    try:
        with pdfplumber.open(source.path) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise raw_error(
                    f"{source.shown}: {len(pdf.pages):,} pages; the limit is {_MOST_PAGES:,}.",
                    "Give each interview a file of its own.",
                )
            found = [_lines_of_page(page, number) for number, page in enumerate(pdf.pages, 1)]
            information = _information(pdf.metadata)
    except TextlienError:
        raise
    except Exception as error:  # pdfminer raises nearly anything on a damaged file
        if "Password" in type(error).__name__ or "Password" in str(error):
            raise raw_error(
                f"{source.shown}: protected by a password.", "Save it without one."
            ) from error
        raise raw_error(
            f"{source.shown}: a damaged PDF ({type(error).__name__}).",
            "Open it in a PDF reader and print it to a new file.",
        ) from error
    return found, information


def _lines_of_page(page: Any, number: int) -> list[_Line]:
    lines = page.extract_text_lines(return_chars=True, y_tolerance=3)
    page.close()  # frees the letters of the page
    return [
        _Line(
            line["text"],
            number,
            index,
            float(line["top"]),
            float(line["x0"]),
            float(line["x1"]),
            all(_BOLD.search(str(c["fontname"])) for c in line["chars"] if c["text"].isalnum()),
        )
        for index, line in enumerate(lines, start=1)
    ]


def _information(metadata: dict[str, Any]) -> dict[str, str]:
    found = {}
    for theirs, ours in _PROPERTIES.items():
        value = collapse_blanks(normalise_characters(str(metadata.get(theirs) or "")))
        date = _DATE.match(value) if theirs == "CreationDate" else None
        if value:
            found[ours] = "-".join(date.groups()) if date else value
    return found


def _paragraphs(lines: Sequence[_Line], hyphens: Hyphens) -> list[Paragraph]:
    """Join the lines of a paragraph: full ones, not far apart, that no label opens."""
    if not lines:
        return []
    width = statistics.quantiles([line.right for line in lines], n=10)[-1] if lines[1:] else 0.0
    gaps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    usual = statistics.median(gaps) if gaps else 0.0
    groups: list[list[_Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        if before is None or _begins(before, line, width, usual):
            groups.append([])
        groups[-1].append(line)
    return [
        Paragraph(
            reduce(hyphens.join, [line.text for line in group]),
            Location(page=group[0].page, line=group[0].number),
            all(line.bold for line in group),
        )
        for group in groups
    ]


def _begins(before: _Line, line: _Line, width: float, usual: float) -> bool:
    """Whether a line begins a paragraph."""
    same_page = before.page == line.page
    is_far = same_page and line.top - before.top > _WIDE_GAP * usual
    ended = before.text.rstrip().endswith((".", "?", "!", "…", ":", "»", ")"))
    is_short = before.right < _FULL_LINE * width and ended
    return bool(is_far or is_short or before.bold != line.bold or _OPENING.match(line.text))
