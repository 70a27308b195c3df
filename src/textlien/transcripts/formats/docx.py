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
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.transcripts.formats.elements import attribute, child_of, local_name, walk
from textlien.transcripts.layout.blocks import (
    Block,
    LeftOut,
    block_of,
    document_of,
    texts_of_row,
)
from textlien.transcripts.model import Document

# What is in a paragraph and was deleted, is a second version of the same, or is not text.
_SKIPPED = frozenset("del moveFrom Fallback instrText pPr rPr rt txbxContent".split())
_TRANSPARENT = frozenset(
    "sdt sdtContent customXml ins moveTo smartTag bdo dir AlternateContent Choice".split()
)
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SET_APART = {
    "footnoteReference": LeftOut.NOTES,
    "endnoteReference": LeftOut.NOTES,
    "commentReference": LeftOut.COMMENTS,
}
_OFF = frozenset(("0", "false", "off", "none"))
_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*[1-9]", re.IGNORECASE)
_LEVELS = tuple("012345678")
"""Outline levels of headings; 9 is body text (ECMA-376, 17.3.1.20)."""
# Styles based on each other, far more than people make: a circle, in a damaged file.
_MOST_STEPS = 30


class _Style(NamedTuple):
    """Properties that a style sets for its paragraphs or runs; None for one that it leaves open."""

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
        When the file is not a Word document, is damaged, or is protected.
    """
    with opened_archive(source, message("files.word-document")) as archive:
        names = set(archive.namelist())
        main = _main_part(archive, names, source)
        root = parse_xml(archive.read(main), source, main)
        styles_part = f"{main.rpartition('/')[0]}/styles.xml".lstrip("/")
        styles = _styles(archive, styles_part, source) if styles_part in names else {}
        properties = _properties(archive, source) if "docProps/core.xml" in names else {}
    body = child_of(root, "body")
    if body is None:
        raise _not_docx(source)
    walker = _Walker(styles)
    return [document_of(walker.blocks(body), walker.left_out, properties, source)]


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
    raise _not_docx(source)


def _not_docx(source: Source) -> TextlienError:
    """The error of an archive that lacks what a Word document has."""
    kind = message("files.word-document")
    return TextlienError(Problem.error("files.not-archive", Location(file=source.file), kind=kind))


def _value(element: etree._Element | None) -> str:
    """``w:val``, of the transitional or the strict namespace; "" where there is no element."""
    return "" if element is None else attribute(element, "val")


def _switch(properties: etree._Element | None, name: str) -> bool | None:
    """A property that is on or off, or None where nothing is said."""
    switch = child_of(properties, name)
    return None if switch is None else _value(switch).lower() not in _OFF


def _styles(archive: zipfile.ZipFile, part: str, source: Source) -> dict[str, _Style]:
    """Properties of each style, by its identifier."""
    styles: dict[str, _Style] = {}
    for item in parse_xml(archive.read(part), source, part):
        if local_name(item) != "style":
            continue
        above, name = child_of(item, "basedOn"), child_of(item, "name")
        run, paragraph = child_of(item, "rPr"), child_of(item, "pPr")
        is_heading = bool(_HEADING.fullmatch(_value(name))) or None
        level = child_of(paragraph, "outlineLvl")
        styles[attribute(item, "styleId")] = _Style(
            _value(above),
            _switch(run, "b"),
            _switch(run, "vanish"),
            is_heading if level is None else _value(level) in _LEVELS,
        )
    return styles


def _properties(archive: zipfile.ZipFile, source: Source) -> dict[str, str]:
    """Title, subject, keywords, description and date of creation, where they are not blank."""
    wanted = ("title", "subject", "keywords", "description", "created")
    part = "docProps/core.xml"
    properties = {}
    for item in parse_xml(archive.read(part), source, part):
        value = " ".join((item.text or "").split())
        if local_name(item) in wanted and value:
            properties[local_name(item)] = value
    return properties


class _Walker:
    """Goes through a body and counts what it leaves out."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        """Start with nothing left out and no text carried on."""
        self._styles = styles
        self.left_out: Counter[LeftOut] = Counter()
        self._carried: list[tuple[str, bool]] = []

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Paragraphs and rows of tables, in order, however they are wrapped."""
        for item in walk(body, ("p", "tbl"), _TRANSPARENT.__contains__):
            if local_name(item) == "p":
                yield from self._paragraph(item)
            else:
                yield from self._last_carried()
                yield from self._table(item)
        yield from self._last_carried()

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """Rows of a table; a cell merged with the one above appears once."""
        # A table in a cell is walked as part of the cell: its rows are not rows of this one.
        for row in walk(table, ("tr",), _TRANSPARENT.__contains__):
            cells = []
            for cell in walk(row, ("tc",), _TRANSPARENT.__contains__):
                merged = child_of(child_of(cell, "tcPr"), "vMerge")
                if merged is not None and _value(merged) != "restart":
                    continue
                cells.append(list(self._inside(cell)))
            yield from texts_of_row(cells)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """The paragraph, unless its end was deleted; then those of its text boxes."""
        properties = child_of(paragraph, "pPr")
        style_name = _value(child_of(properties, "pStyle"))
        level = child_of(properties, "outlineLvl")
        is_heading = (
            _value(level) in _LEVELS
            if level is not None
            else bool(self._of_style(style_name, "heading"))
        )
        pieces, self._carried = self._carried, []
        runs = list(walk(paragraph, ("r",), lambda name: name not in _SKIPPED and name != "p"))
        for run in runs:
            pieces += self._run(run, style_name)
        if _ends_deleted(properties):
            self._carried = pieces
        else:
            yield block_of(pieces, heading=is_heading)
        carried, self._carried = self._carried, []
        for box in (box for run in runs for box in _boxes(run)):
            yield from self._inside(box)
        self._carried = carried

    def _inside(self, element: etree._Element) -> Iterator[Block]:
        """Paragraphs of a cell or text box; a deletion inside ends there."""
        for paragraph in _paragraphs_in(element):
            yield from self._paragraph(paragraph)
        yield from self._last_carried()

    def _last_carried(self) -> Iterator[Block]:
        """Text whose end was deleted, and that no paragraph follows which it could join."""
        pieces, self._carried = self._carried, []
        if pieces:
            yield block_of(pieces)

    def _run(self, run: etree._Element, paragraph_style: str) -> Iterator[tuple[str, bool]]:
        """Text and marks of a run, and whether they are bold; hidden ones are counted."""
        properties = child_of(run, "rPr")
        if self._is_on(properties, "vanish", "hidden", paragraph_style):
            if any(local_name(item) == "t" and item.text for item in run):
                self.left_out[LeftOut.HIDDEN] += 1
            return
        is_bold = self._is_on(properties, "b", "bold", paragraph_style)
        for item in run:
            name = local_name(item)
            if name == "t":
                yield item.text or "", is_bold
            elif name in _MARKS:
                yield _MARKS[name], is_bold
            elif name in _SET_APART:
                self.left_out[_SET_APART[name]] += 1

    def _is_on(
        self, properties: etree._Element | None, name: str, kind: str, paragraph_style: str
    ) -> bool:
        """True when a property is set on a run, else in its style, else in the paragraph's."""
        switch = _switch(properties, name)
        run_style = _value(child_of(properties, "rStyle"))
        if switch is None and run_style:
            switch = self._of_style(run_style, kind)
        if switch is None:
            switch = self._of_style(paragraph_style, kind)
        return bool(switch)

    def _of_style(self, name: str, kind: str) -> bool | None:
        """Value of a property in a style, or in the first style it is based on that sets it."""
        for _ in range(_MOST_STEPS):  # styles may refer in a circle
            style = self._styles.get(name)
            if style is None:
                return None
            value: bool | None = getattr(style, kind)
            if value is not None:
                return value
            name = style.above
        return None


def _ends_deleted(properties: etree._Element | None) -> bool:
    """True when the mark at the end of a paragraph was deleted: the next one continues it."""
    mark = child_of(properties, "rPr")
    return any(child_of(mark, name) is not None for name in ("del", "moveFrom"))


def _paragraphs_in(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs of a cell or text box, tables inside it included, boxes inside them not."""
    return walk(element, ("p",), lambda name: name not in _SKIPPED)


def _boxes(run: etree._Element) -> Iterator[etree._Element]:
    """Text boxes in a run, each once: as a drawing, or in the older form of Word 2003."""
    return walk(run, ("txbxContent",), lambda name: name != "Fallback")
