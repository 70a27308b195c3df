"""PDF, as a last resort: lines put together again from where their letters stand.

A PDF holds letters and places, no paragraphs: their order is a guess. The reading order is
that of pdfplumber, top to bottom; columns are told apart in tables that lines draw.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import pairwise
from operator import itemgetter
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.layout import pages
from textlien.transcripts.layout.blocks import Block
from textlien.transcripts.layout.hyphens import Hyphens
from textlien.transcripts.layout.margins import Edge, Row, line_numbers
from textlien.transcripts.layout.tabular.grids import Table
from textlien.transcripts.layout.tabular.ruled import RuledTable, as_table, tables_of_turns
from textlien.transcripts.layout.tabular.tables import document_with_tables
from textlien.transcripts.look import Kind, Look, Trait, color_of, look_of
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import Paragraph, split

# More pages than any interview has: a book, which would be read for minutes and refused after all.
_MOST_PAGES = 2000
_LENGTH_OF_HEAD = 1024
"""Bytes among which a PDF says that it is one (Adobe, PDF Reference 1.7, appendix H)."""
_PROPERTIES = {
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created",
}
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_OPENING = re.compile(r"\s*(?:[\[#(–—-]|[A-ZÀÂÇÉÈÊÎÔ]\S{0,29}(?:\s\S{1,20}){0,4}\s?:)")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
# A line that ends short of this share of the usual width ends a paragraph: ragged lines end up to
# one long word before the edge, which is 15 % of a line of 70 characters. A judgement.
_FULL_LINE = 0.85
# A gap of this many usual gaps between lines parts two paragraphs: word processors set half a line
# or more between paragraphs, and lines with a larger letter a tenth. A judgement.
_WIDE_GAP = 1.35
# Lines around two cells, one over the other.
_FEWEST_EDGES = 6
# Digits of the number of a line, and points between it and the text: a blank has three.
_LONGEST_NUMBER, _GAP = 5, 2.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page.

    Attributes
    ----------
    page, number : from 1.
    top, left, right : where it stands, in points from the top and from the left of its page.
    look : of nearly all its letters and digits.
    head, tail : number at its beginning or end, which may be that of the line.
    """

    text: str
    page: int
    number: int
    top: float
    left: float
    right: float
    look: Look
    head: Edge | None = None
    tail: Edge | None = None


def read(source: Source) -> list[Document]:
    """Read a ``.pdf``: one document, its speakers found by their labels.

    Raises
    ------
    TextlienError
        When it is not a PDF, is damaged or protected, or holds pictures of pages only.
    """
    by_page, tables, information = _lines_of(source)
    by_page, numbers = _without_numbers(_outside(by_page, tables))
    texts = [[line.text for line in lines] for lines in by_page]
    left_out = pages.furniture(texts)
    removed = [texts[page][number] for page, number in sorted(left_out)]
    kept = _kept(by_page, left_out)
    if not tables and not any(any(map(str.isalpha, line.text)) for line in kept):
        place = Location(file=source.file)
        raise TextlienError(
            Problem.error("transcripts.pdf-without-text", place, pages=len(by_page))
        )
    hyphens = Hyphens([line.text for line in kept])
    document = (
        document_with_tables(_items(kept, tables, hyphens), {}, {}, source)
        if tables
        else split(_paragraphs(kept, hyphens), source.file, source.declared)
    )
    notes = [
        *_notes(removed, hyphens.joined, source.file),
        *_note_of_numbers(numbers, source.file),
    ]
    return [replace(document, problems=(*notes, *document.problems), properties=information)]


def _kept(by_page: Sequence[Sequence[_Line]], left_out: Set[tuple[int, int]]) -> list[_Line]:
    """Lines of all pages without those that are furniture."""
    return [
        line
        for page, lines in enumerate(by_page)
        for number, line in enumerate(lines)
        if (page, number) not in left_out
    ]


def _outside(by_page: Sequence[Sequence[_Line]], tables: Sequence[RuledTable]) -> list[list[_Line]]:
    """Lines of each page that are of no table."""
    return [[line for line in lines if not _is_inside(line, tables)] for lines in by_page]


def _is_inside(line: _Line, tables: Sequence[RuledTable]) -> bool:
    """True for a line of a table."""
    return any(table.holds(line.page, line.top) for table in tables)


def _items(
    lines: Sequence[_Line], tables: Sequence[RuledTable], hyphens: Hyphens
) -> list[Block | Table]:
    """Paragraphs and tables, by where they stand."""
    firsts = {(group[0].page, group[0].number): group[0] for group in _groups(lines)}
    items: list[tuple[int, float, Block | Table]] = [
        (table.page, table.top, as_table(table, hyphens.join)) for table in tables
    ]
    for part in _paragraphs(lines, hyphens):
        first = firsts[part.place.page or 0, part.place.line or 0]
        items.append((first.page, first.top, Block(part.text, part.look, place=part.place)))
    return [item for _, _, item in sorted(items, key=itemgetter(0, 1))]


def _notes(removed: Sequence[str], joined: Sequence[str], file: str) -> Iterator[Problem]:
    """Notes on how the text was put together.

    Parameters
    ----------
    removed : headers, footers and numbers of pages.
    joined : words that were cut at the end of a line.
    file : its name in messages.
    """
    place = Location(file=file)
    yield Problem.note("transcripts.pdf-lines", place)
    yield from pages.note(file, removed)
    if joined:
        yield Problem.note("transcripts.pdf-cut-words", place, words=len(joined), example=joined[0])


def _lines_of(source: Source) -> tuple[list[list[_Line]], list[RuledTable], dict[str, str]]:
    """Lines of each page, tables of turns, and the properties of the document."""
    place = Location(file=source.file)
    with source.path.open("rb") as file:
        if b"%PDF" not in file.read(_LENGTH_OF_HEAD):
            raise TextlienError(Problem.error("transcripts.not-pdf", place))
    try:
        with pdfplumber.open(source.path) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise TextlienError(
                    Problem.error(
                        "transcripts.too-many-pages", place, pages=len(pdf.pages), limit=_MOST_PAGES
                    )
                )
            tables: list[RuledTable] = []
            by_page = []
            for number, page in enumerate(pdf.pages, 1):
                tables += _ruled(page, number)
                by_page.append(_lines_of_page(page, number))
            information = _information(pdf.metadata)
    except TextlienError:
        raise
    except Exception as error:  # pdfminer raises nearly anything on a damaged file
        # pdfplumber wraps it, with a message that is empty.
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            raise TextlienError(Problem.error("files.password", place)) from error
        raise TextlienError(Problem.error("transcripts.damaged-pdf", place)) from error
    return by_page, tables_of_turns(tables), information


def _ruled(page: Any, number: int) -> Iterator[RuledTable]:
    """Tables that lines draw on a page; to look for them where there are few lines costs time."""
    if len(page.edges) < _FEWEST_EDGES:
        return
    for table in page.find_tables():
        _, top, _, bottom = table.bbox
        boxes = [row.cells for row in table.rows]
        yield RuledTable(number, float(top), float(bottom), boxes, table.extract())


def _lines_of_page(page: Any, number: int) -> list[_Line]:
    """Lines of one page, top to bottom."""
    lines = page.extract_text_lines(return_chars=True, y_tolerance=3)
    page.close()  # frees the letters of the page
    return [_line(line, number, index) for index, line in enumerate(lines, start=1)]


def _line(line: dict[str, Any], page: int, number: int) -> _Line:
    """A line of pdfplumber."""
    letters = [letter for letter in line["chars"] if not letter["text"].isspace()]
    return _Line(
        line["text"],
        page,
        number,
        float(line["top"]),
        float(line["x0"]),
        float(line["x1"]),
        look_of([(letter["text"], _look_of_letter(letter)) for letter in letters]),
        _edge(letters, "x1", "x0"),
        _edge(letters[::-1], "x0", "x1"),
    )


def _edge(letters: Sequence[dict[str, Any]], near: str, inner: str) -> Edge | None:
    """The number that some letters begin with, apart from what follows; None for none."""
    size = 0
    while size < len(letters) and str(letters[size]["text"]).isdecimal():
        if size and abs(letters[size][inner] - letters[size - 1][near]) >= _GAP:
            break
        size += 1
    if not 0 < size <= _LONGEST_NUMBER:
        return None
    digits, follows = letters[:size], letters[size] if size < len(letters) else None
    if follows and abs(follows[inner] - digits[-1][near]) < _GAP:
        return None
    number = "".join(letter["text"] for letter in sorted(digits, key=itemgetter("x0")))
    return Edge(number, float(digits[-1][near]), float(follows[inner]) if follows else None)


def _without_numbers(by_page: list[list[_Line]]) -> tuple[list[list[_Line]], list[_Line]]:
    """Lines of each page without their numbers in the margins, and the lines that had one."""
    lines = [line for page in by_page for line in page]
    rows = [Row(line.left, line.right, line.head, line.tail) for line in lines]
    heads, tails = line_numbers(rows)
    kept: list[list[_Line]] = [[] for _ in by_page]
    numbered = [line for place, line in enumerate(lines) if place in heads | tails]
    for place, line in enumerate(lines):
        rest = _behind(line) if place in heads else _before(line) if place in tails else line
        if rest.text:
            kept[line.page - 1].append(rest)
    return kept, numbered


def _behind(line: _Line) -> _Line:
    """A line without the number before it."""
    number = line.head.number if line.head else ""
    left = line.head.inner if line.head and line.head.inner is not None else line.left
    return replace(line, text=line.text.strip().removeprefix(number).strip(), left=left)


def _before(line: _Line) -> _Line:
    """A line without the number behind it."""
    number = line.tail.number if line.tail else ""
    right = line.tail.inner if line.tail and line.tail.inner is not None else line.right
    return replace(line, text=line.text.strip().removesuffix(number).strip(), right=right)


def _note_of_numbers(numbered: Sequence[_Line], file: str) -> Iterator[Problem]:
    """A note that counts the numbers of lines taken off."""
    if numbered:
        first = numbered[0]
        edge = first.head or first.tail
        example = edge.number if edge else ""
        place = Location(file=file, page=first.page, line=first.number)
        yield Problem.note("speakers.line-numbers", place, numbers=len(numbered), example=example)


def _look_of_letter(letter: dict[str, Any]) -> Look:
    """Look of a letter of pdfplumber."""
    return _look(str(letter["fontname"]), _color(letter.get("non_stroking_color")))


@lru_cache(maxsize=1024)
def _look(font: str, color: tuple[float, ...]) -> Look:
    """Look of a letter: its font names bold and italics; its colour is grey, RGB or CMYK."""
    traits = {Trait(Kind.BOLD)} if _BOLD.search(font) else set()
    if _ITALIC.search(font):
        traits.add(Trait(Kind.ITALIC))
    channels = color * 3 if len(color) == 1 else color
    if len(channels) == 4:
        channels = tuple((1 - part) * (1 - channels[3]) for part in channels[:3])
    written = "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in channels)
    if name := color_of(written):
        traits.add(Trait(Kind.COLOR, name))
    return frozenset(traits)


def _color(written: object) -> tuple[float, ...]:
    """A colour of pdfplumber; nothing for patterns and what is damaged."""
    parts = written if isinstance(written, tuple | list) else (written,)
    numbers = tuple(part for part in parts if isinstance(part, int | float))
    return numbers if len(numbers) == len(parts) and len(numbers) in (1, 3, 4) else ()


def _information(metadata: dict[str, Any]) -> dict[str, str]:
    """Title, subject, keywords and day of creation, where they are not blank."""
    properties = {}
    for theirs, ours in _PROPERTIES.items():
        value = clean_label(str(metadata.get(theirs) or ""))
        date = _DATE.match(value) if theirs == "CreationDate" else None
        if value:
            properties[ours] = "-".join(date.groups()) if date else value
    return properties


def _paragraphs(lines: Sequence[_Line], hyphens: Hyphens) -> list[Paragraph]:
    """Join the lines of each paragraph."""
    return [
        Paragraph(
            reduce(hyphens.join, [line.text for line in group]),
            Location(page=group[0].page, line=group[0].number),
            frozenset.intersection(*(line.look for line in group)),
        )
        for group in _groups(lines)
    ]


def _groups(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines of one paragraph: full ones, not far apart, that no label opens."""
    width = statistics.quantiles([line.right for line in lines], n=10)[-1] if lines[1:] else 0.0
    gaps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    usual = statistics.median(gaps) if gaps else 0.0
    groups: list[list[_Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        if before is None or _begins(before, line, width, usual):
            groups.append([])
        groups[-1].append(line)
    return groups


def _begins(before: _Line, line: _Line, width: float, usual: float) -> bool:
    """True when a line begins a paragraph."""
    same_page = before.page == line.page
    is_far = same_page and line.top - before.top > _WIDE_GAP * usual
    ended = before.text.rstrip().endswith((".", "?", "!", "…", ":", "»", ")"))
    is_short = before.right < _FULL_LINE * width and ended
    return bool(is_far or is_short or before.look != line.look or _OPENING.match(line.text))
