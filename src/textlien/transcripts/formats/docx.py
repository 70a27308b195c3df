"""Word documents: the paragraphs and tables of the body, in order.

A walker of our own on WordprocessingML: docx2python writes links, notes and numbers of lists into
the text, from where they have to be guessed out again, does not tell what is bold, hidden or a
heading, and takes six times as long; python-docx drops tracked insertions.

References
----------
ECMA-376, Office Open XML, part 1, chapter 17.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from textlien.errors import Problem
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import message
from textlien.raw import raw_error, raw_problem
from textlien.transcripts.formats.layout import Block, paragraphs_of, texts_of_row
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import split

_KIND = "a Word document (.docx)"
_REMEDY = "Open it in Word or LibreOffice, let it repair the file, and save it again."
_OLD_WORD = b"\xd0\xcf\x11\xe0"

# What is in a paragraph and was deleted, is a second version of the same, or is no text.
_SKIPPED = frozenset("del moveFrom Fallback instrText pPr rPr rt txbxContent".split())
_TRANSPARENT = frozenset(
    "sdt sdtContent customXml ins moveTo smartTag bdo dir AlternateContent Choice".split()
)
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SET_APART = ("footnoteReference", "endnoteReference", "commentReference")
_OFF = frozenset(("0", "false", "off", "none"))
_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*[1-9]", re.IGNORECASE)
_MOST_STEPS = 30


class _Style(NamedTuple):
    """What a style says of its paragraphs or runs; None where it says nothing."""

    above: str
    bold: bool | None
    hidden: bool | None
    heading: bool | None


def read(source: Source) -> list[Document]:
    """Read a ``.docx``: one document, its speakers found by their labels.

    Tracked insertions count, deletions do not; a soft break ends a line; links, content controls
    and text boxes are text. Headers, footers, notes, comments and hidden text stay out, and are
    counted in a note. The short first cell of a table row is a label for the others; a heading is
    the section of what follows. Title, subject, keywords and date of creation are properties;
    names of authors are never read.

    Raises
    ------
    TextlienError
        When the file is no Word document, is damaged, or is protected.
    """
    with source.path.open("rb") as file:
        if file.read(4) == _OLD_WORD:
            raise raw_error(
                f"{source.shown}: an old Word document (.doc), or one protected by a password.",
                "Open it in Word or LibreOffice and save it as .docx, without a password.",
            )
    with opened_archive(source, message("files.word-document")) as archive:
        names = set(archive.namelist())
        main = _main_part(archive, names, source)
        root = parse_xml(archive.read(main), source, main)
        styles_part = f"{main.rpartition('/')[0]}/styles.xml".lstrip("/")
        styles = _styles(archive, styles_part, source) if styles_part in names else {}
        properties = _properties(archive, source) if "docProps/core.xml" in names else {}
    body = next((item for item in root if _name(item) == "body"), None)
    if body is None:
        raise raw_error(f"{source.shown}: not {_KIND}, or a damaged one.", _REMEDY)
    walker = _Walker(styles)
    blocks = list(walker.blocks(body))
    document = split(paragraphs_of(blocks), source.shown, source.declared)
    notes = walker.notes(source.shown)
    return [replace(document, problems=(*notes, *document.problems), properties=properties)]


def _main_part(archive: zipfile.ZipFile, names: set[str], source: Source) -> str:
    """The part that holds the body; nearly always word/document.xml."""
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for item in parse_xml(archive.read("_rels/.rels"), source, "_rels/.rels"):
            if item.get("Type", "").endswith("/officeDocument"):
                target = item.get("Target", "").lstrip("/")
                if target in names and target.startswith("word/"):
                    return target
    raise raw_error(f"{source.shown}: not {_KIND}, or a damaged one.", _REMEDY)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: etree._Element) -> str:
    """``w:val``, of the transitional or the strict namespace."""
    found = (
        str(value) for key, value in element.items() if etree.QName(str(key)).localname == "val"
    )
    return next(found, "")


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((item for item in element if _name(item) == name), None)


def _switch(properties: etree._Element | None, name: str) -> bool | None:
    """A property that is on or off, or None where nothing is said."""
    found = _child(properties, name)
    return None if found is None else _value(found).lower() not in _OFF


def _styles(archive: zipfile.ZipFile, part: str, source: Source) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for item in parse_xml(archive.read(part), source, part):
        if _name(item) != "style":
            continue
        identifier = next(
            (str(v) for k, v in item.items() if etree.QName(str(k)).localname == "styleId"), ""
        )
        above, name = _child(item, "basedOn"), _child(item, "name")
        run, paragraph = _child(item, "rPr"), _child(item, "pPr")
        is_heading = bool(name is not None and _HEADING.fullmatch(_value(name))) or None
        level = _child(paragraph, "outlineLvl")
        styles[identifier] = _Style(
            _value(above) if above is not None else "",
            _switch(run, "b"),
            _switch(run, "vanish"),
            is_heading if level is None else _value(level) in tuple("012345678"),
        )
    return styles


def _properties(archive: zipfile.ZipFile, source: Source) -> dict[str, str]:
    wanted = ("title", "subject", "keywords", "description", "created")
    part = "docProps/core.xml"
    found = {}
    for item in parse_xml(archive.read(part), source, part):
        value = " ".join((item.text or "").split())
        if _name(item) in wanted and value:
            found[_name(item)] = value
    return found


class _Walker:
    """Goes through a body and counts what it leaves out."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self._styles = styles
        self._left_out: dict[str, int] = {}
        self._carried: list[tuple[str, bool]] = []

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Paragraphs and rows of tables, in order, however they are wrapped."""
        waiting = [iter(body)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif _name(item) == "p":
                yield from self._paragraph(item)
            elif _name(item) == "tbl":
                yield from self._last_carried()
                yield from self._table(item)
            elif _name(item) in _TRANSPARENT:
                waiting.append(iter(item))
        yield from self._last_carried()

    def notes(self, shown: str) -> list[Problem]:
        """What was left out, so that nobody misses it unknowingly."""
        names = {
            "footnoteReference": "notes",
            "endnoteReference": "notes",
            "commentReference": "comments",
            "vanish": "runs of hidden text",
        }
        counts: dict[str, int] = {}
        for kind, count in self._left_out.items():
            counts[names[kind]] = counts.get(names[kind], 0) + count
        if not counts:
            return []
        parts = ", ".join(f"{name} ({count})" for name, count in counts.items())
        hint = "Move them into the text if they are speech."
        return [raw_problem(shown, f"left out: {parts}.", hint, severity="note")]

    def _table(self, table: etree._Element) -> Iterator[Block]:
        # A table in a cell is walked as part of the cell: its rows are not rows of this one.
        for row in self._direct(table, "tr"):
            cells = []
            for cell in self._direct(row, "tc"):
                merged = _child(_child(cell, "tcPr"), "vMerge")
                if merged is not None and _value(merged) != "restart":
                    continue
                cells.append(list(self._inside(cell)))
            yield from texts_of_row(cells)

    def _direct(self, above: etree._Element, name: str) -> Iterator[etree._Element]:
        waiting = [iter(above)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif _name(item) == name:
                yield item
            elif _name(item) in _TRANSPARENT:
                waiting.append(iter(item))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        properties = _child(paragraph, "pPr")
        style = _child(properties, "pStyle")
        style_name = _value(style) if style is not None else ""
        level = _child(properties, "outlineLvl")
        is_heading = (
            _value(level) in tuple("012345678")
            if level is not None
            else bool(self._of_style(style_name, "heading"))
        )
        pieces, self._carried = self._carried, []
        boxes: list[etree._Element] = []
        for run in self._runs(paragraph, boxes):
            pieces += self._run(run, style_name)
        if _ends_deleted(properties):
            self._carried = pieces
        else:
            yield _block(pieces, is_heading=is_heading)
        carried, self._carried = self._carried, []
        for box in boxes:
            yield from self._inside(box)
        self._carried = carried

    def _inside(self, element: etree._Element) -> Iterator[Block]:
        """Paragraphs of a cell or text box; what is deleted in it ends there."""
        for paragraph in _paragraphs_in(element):
            yield from self._paragraph(paragraph)
        yield from self._last_carried()

    def _last_carried(self) -> Iterator[Block]:
        """Text whose end was deleted, and that no paragraph follows which it could join."""
        pieces, self._carried = self._carried, []
        if pieces:
            yield _block(pieces)

    def _runs(
        self, paragraph: etree._Element, boxes: list[etree._Element]
    ) -> Iterator[etree._Element]:
        """Runs of a paragraph that count; text boxes met on the way go to ``boxes``."""
        waiting = [iter(paragraph)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
                continue
            name = _name(item)
            if name == "r":
                yield item
                boxes += _boxes(item)
            elif name not in _SKIPPED and name != "p":
                waiting.append(iter(item))

    def _run(self, run: etree._Element, paragraph_style: str) -> Iterator[tuple[str, bool]]:
        properties = _child(run, "rPr")
        style = _child(properties, "rStyle")
        run_style = _value(style) if style is not None else ""

        def switched(name: str, kind: str) -> bool:
            direct = _switch(properties, name)
            if direct is None and run_style:
                direct = self._of_style(run_style, kind)
            if direct is None:
                direct = self._of_style(paragraph_style, kind)
            return bool(direct)

        if switched("vanish", "hidden"):
            if any(_name(item) == "t" and item.text for item in run):
                self._left_out["vanish"] = self._left_out.get("vanish", 0) + 1
            return
        is_bold = switched("b", "bold")
        for item in run:
            name = _name(item)
            if name == "t":
                yield item.text or "", is_bold
            elif name in _MARKS:
                yield _MARKS[name], is_bold
            elif name in _SET_APART:
                self._left_out[name] = self._left_out.get(name, 0) + 1

    def _of_style(self, name: str, kind: str) -> bool | None:
        for _ in range(_MOST_STEPS):  # styles may refer in a circle
            style = self._styles.get(name)
            if style is None:
                return None
            value: bool | None = getattr(style, kind)
            if value is not None:
                return value
            name = style.above
        return None


def _block(pieces: list[tuple[str, bool]], *, is_heading: bool = False) -> Block:
    text = "".join(piece for piece, _ in pieces)
    lettered = [bold for piece, bold in pieces if any(map(str.isalnum, piece))]
    return Block(text, bool(lettered) and all(lettered), is_heading)


def _ends_deleted(properties: etree._Element | None) -> bool:
    """Whether the mark at the end of a paragraph was deleted: the next one goes on in it."""
    mark = _child(properties, "rPr")
    return any(_child(mark, name) is not None for name in ("del", "moveFrom"))


def _paragraphs_in(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs of a cell or text box, tables inside it included, boxes inside them not."""
    waiting = [iter(element)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif _name(item) == "p":
            yield item
        elif _name(item) not in _SKIPPED:
            waiting.append(iter(item))


def _boxes(run: etree._Element) -> list[etree._Element]:
    """Text boxes in a run, each once: as a drawing, or in the older form of Word 2003."""
    found = []
    waiting = [iter(run)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif _name(item) == "txbxContent":
            found.append(item)
        elif _name(item) != "Fallback":
            waiting.append(iter(item))
    return found
