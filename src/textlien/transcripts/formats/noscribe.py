"""HTML of noScribe, and pages of word processors.

noScribe writes one anchor a segment, ``<a name="ts_12140_22800_S01">``: beginning and end in
milliseconds, and who speaks; words of others meanwhile stand between ``//``, and a pause has an
anchor of its own: « (..) » for two seconds, « (12 secondes pause) ».

References
----------
Dröge, K. noScribe, https://github.com/kaixxx/noScribe
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.normalise import has_text
from textlien.transcripts.formats.elements import (
    look_of_element,
    parse_html,
    single_blanks,
    text_of,
)
from textlien.transcripts.formats.segments import Segment, seconds, utterances_of
from textlien.transcripts.layout.blocks import Block, block_of
from textlien.transcripts.layout.tabular.grids import Cell, Item, Table
from textlien.transcripts.layout.tabular.tables import document_with_tables
from textlien.transcripts.look import PLAIN, Look, Piece
from textlien.transcripts.model import Document

_ANCHOR = re.compile(r"ts_(?P<start>\d{1,10})_(?P<end>\d{1,10})_(?P<over>//)?(?P<who>.{0,80})")
_LABEL = re.compile(r"\s*(?://)?\s*(?P<name>[^:\[\]/\n]{1,60}?)\s*:\s")
_OVERLAP = re.compile(r"^\s*//|//\s*$")
_SILENCE = re.compile(r"\s*\([^()]{0,60}\)\s*")
_PAUSE = re.compile(r"\s*\((?:[.…]+|\d+ [^()]{0,40})\)\s*")  # (..), (12 secondes pause)
_BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 blockquote pre tr td th section article header footer body dt dd "
    "table tbody thead ul ol dl main center form".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OUT = frozenset(
    "script style head template noscript svg math object iframe title select del".split()
)
# Notes, comments, headers and footers of pages that LibreOffice and Word have saved.
_APART = re.compile(
    r"id=(?:sd(?:foot|end)note|ftn|edn)\d|class=sd(?:foot|end)note(?:anc|sym)|title=(?:head|foot)er$"
    r"|href=#_(?:ftn|edn|msocom_)|style=.{0,200}mso-element:\s*(?:foot|end|comment|head)"
)

# Digits of the number of columns or rows that a cell spans; more are damage.
_LONGEST_SPAN = 4


def read(source: Source) -> list[Document]:
    """Read a ``.html``: one document, with times and speakers where noScribe wrote it.

    A speaker renamed in the text (« Mme Vidal: » for « S01: ») has the new name throughout.
    Pages of other programs are read like a Word file, by the labels of their paragraphs.

    Raises
    ------
    TextlienError
        When it holds no text.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    root = parse_html(raw, source)
    anchors = [
        (item, match)
        for item in root.iter("a")
        if (match := _ANCHOR.fullmatch(item.get("name", "")))
    ]
    if anchors:
        document = Document("", {}, utterances_of(_segments(anchors)))
    else:
        document = document_with_tables(_items(root), {}, {}, source)
    problems = (*notes, *_unattributed(document, anchors, source.file), *document.problems)
    return [replace(document, problems=problems, encoding=encoding)]


_Anchors = list[tuple[etree._Element, re.Match[str]]]


def _segments(anchors: _Anchors) -> Iterator[Segment]:
    """Segments of noScribe; labels are those of the text, where a person changed them."""
    names = _names(anchors)
    for number, (item, match) in enumerate(anchors, start=1):
        text = _OVERLAP.sub("", single_blanks(text_of(item)))
        if not match["who"] and _SILENCE.fullmatch(text):
            continue
        text = _PAUSE.sub("(...)", text) if _PAUSE.fullmatch(text) else text
        name = names.get(match["who"], match["who"])
        label = _LABEL.match(text)
        if label and label["name"].strip() in (name, match["who"]):
            text = text[label.end() :]
        start, end = (seconds(match[key], per_second=1000) for key in ("start", "end"))
        yield Segment(start, end, name, _OVERLAP.sub("", text), Location(segment=number))


def _names(anchors: _Anchors) -> dict[str, str]:
    """The label that the text first gives to each speaker of the anchors."""
    names: dict[str, str] = {}
    for item, match in anchors:
        label = _LABEL.match(single_blanks(text_of(item)))
        if label:
            names.setdefault(match["who"], label["name"].strip())
    return names


def _unattributed(document: Document, anchors: _Anchors, file: str) -> Iterator[Problem]:
    """Speech of nobody in a transcript that names others: pauses, or a detection that failed."""
    utterances = document.utterances
    words = sum(len(utterance.text.split()) for utterance in utterances if not utterance.speaker)
    if anchors and words and any(utterance.speaker for utterance in utterances):
        yield Problem.note("transcripts.speech-of-nobody", Location(file=file), words=words)


def _items(root: etree._Element) -> Iterator[Item]:
    """Paragraphs and tables of a page, in order."""
    paragraph = _OpenParagraph()
    rows: list[tuple[Cell, ...]] = []
    events = etree.iterwalk(root, events=("start", "end"))
    for event, item in events:
        name = item.tag if isinstance(item.tag, str) else ""
        if event == "end":
            yield from paragraph.end(item, name)
            if name == "table" and rows:
                yield Table(tuple(rows))
                rows = []
        elif not name or _is_out(item, name):
            events.skip_subtree()
        elif name == "tr":
            yield from paragraph.flushed()
            rows.append(tuple(_cell(cell) for cell in item if cell.tag in ("td", "th")))
            events.skip_subtree()
        else:
            yield from paragraph.start(item, name)
    yield from paragraph.flushed()
    if rows:  # rows without a table, in a page that was cut
        yield Table(tuple(rows))


def _cell(cell: etree._Element) -> Cell:
    """A cell of a table; tables in it are part of it."""
    columns, rows = (_span(cell.get(name, "")) for name in ("colspan", "rowspan"))
    return Cell(tuple(_items(cell)), columns, rows)


def _span(number: str) -> int:
    """Columns or rows that a cell spans; 1 where a page does not say it in a number."""
    is_number = number.isascii() and number.isdecimal() and len(number) < _LONGEST_SPAN
    return int(number) if is_number else 1


class _OpenParagraph:
    """The paragraph that a walk is in, whatever elements it is made of."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._level = 0
        self._looks: list[Look] = [PLAIN]  # of the elements around, the innermost last

    def start(self, item: etree._Element, name: str) -> Iterator[Block]:
        """Add the text with which an element begins; the paragraph before, if it begins one."""
        if name in _BLOCKS:
            yield from self.flushed()
            self._level = _HEADINGS.get(name, 0)
        self._looks.append(look_of_element(item, self._looks[-1]))
        self._pieces.append(("\n" if name == "br" else single_blanks(item.text), self._looks[-1]))

    def end(self, item: etree._Element, name: str) -> Iterator[Block]:
        """Add the text behind an element; the paragraph, if the element ends it."""
        if name and name != "tr" and not _is_out(item, name) and len(self._looks) > 1:
            self._looks.pop()
        if name in _BLOCKS:
            yield from self.flushed()
            self._level = 0
        self._pieces.append((single_blanks(item.tail), self._looks[-1]))

    def flushed(self) -> Iterator[Block]:
        """The paragraph, if it is not blank; what follows is another one."""
        block = block_of(self._pieces, level=self._level)
        self._pieces.clear()
        if has_text(block.text):
            yield block._replace(text=block.text.strip(" "))


def _is_out(item: etree._Element, name: str) -> bool:
    """True when an element holds no speech: a script, a note, a comment, a header."""
    attributes = ("id", "class", "title", "href", "style")
    return name in _OUT or any(
        _APART.match(f"{attribute}={item.get(attribute)}")
        for attribute in attributes
        if item.get(attribute)
    )
