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
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.transcripts.formats.elements import attribute, child_of, local_name, walk
from textlien.transcripts.layout.blocks import Block, LeftOut, block_of
from textlien.transcripts.layout.tabular.grids import DEEPEST, Cell, Item, Table
from textlien.transcripts.layout.tabular.tables import document_with_tables
from textlien.transcripts.look import (
    Kind,
    Look,
    Piece,
    Trait,
    color_of,
    highlight_of,
    look_from,
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
_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*([1-9])", re.IGNORECASE)
_LEVELS = tuple("012345678")
"""Outline levels of headings; 9 is body text (ECMA-376, 17.3.1.20)."""
_SWITCHES = {"b": Kind.BOLD, "i": Kind.ITALIC, "caps": Kind.CAPITALS, "smallCaps": Kind.CAPITALS}
_VALUES: dict[str, tuple[Kind, Callable[[str], str]]] = {
    "u": (Kind.UNDERLINE, lambda value: "" if value.lower() in _OFF else "on"),
    "color": (Kind.COLOR, color_of),
    "sz": (Kind.SIZE, str),
}
_PLAIN_STYLES = frozenset(("normal", "default", "hyperlink", "default paragraph font"))
_INDENTS = ("left", "start", "firstLine", "hanging")
# Styles based on each other, far more than people make: a circle, in a damaged file.
_MOST_STEPS = 30
# Digits of the number of columns that a cell spans; more are damage.
_LONGEST_SPAN = 4


class _Style(NamedTuple):
    """Properties that a style sets for its paragraphs and runs, beside those of the one above.

    Attributes
    ----------
    values : by kind of trait; "" where the style takes it off.
    hidden : None where it leaves that open, as ``level``, which is 0 for no heading.
    """

    name: str
    above: str
    values: dict[Kind, str]
    hidden: bool | None
    level: int | None


def read(source: Source) -> list[Document]:
    """Read a ``.docx``: one document, its speakers found by their labels.

    Tracked insertions count, deletions do not; a soft break ends a line; links, content controls
    and text boxes are text. Headers, footers, notes, comments and hidden text stay out, and are
    counted in a note. Tables are read by their columns
    (:mod:`textlien.transcripts.layout.tabular.columns`); a heading is the section of what follows.
    Title, subject, keywords and date of creation are properties; names of authors are never read.

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
    return [document_with_tables(walker.items(body), walker.left_out, properties, source)]


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
    """Properties of each style, by its identifier; that of paragraphs without a style is ""."""
    styles: dict[str, _Style] = {}
    for item in parse_xml(archive.read(part), source, part):
        if local_name(item) != "style":
            continue
        run, paragraph = child_of(item, "rPr"), child_of(item, "pPr")
        name = _value(child_of(item, "name"))
        heading = _HEADING.fullmatch(name)
        level = _level(paragraph)
        style = _Style(
            "" if heading or name.lower() in _PLAIN_STYLES else name,
            _value(child_of(item, "basedOn")),
            _values(run),
            _switch(run, "vanish"),
            int(heading[1]) if heading and level is None else level,
        )
        styles[attribute(item, "styleId")] = style
        is_default = attribute(item, "default").lower() not in ("", *_OFF)
        if is_default and attribute(item, "type") == "paragraph":
            styles.setdefault("", style._replace(name=""))
    return styles


def _level(properties: etree._Element | None) -> int | None:
    """Level of a heading, from 1, 0 for text of the body, or None where nothing is said."""
    level = child_of(properties, "outlineLvl")
    if level is None:
        return None
    value = _value(level)
    return int(value) + 1 if value in _LEVELS else 0


def _values(properties: etree._Element | None) -> dict[Kind, str]:
    """Traits that properties of a run set: a value by kind, or "" where they take one off."""
    values: dict[Kind, str] = {}
    for item in () if properties is None else properties:
        name = local_name(item)
        value = _value(item)
        if name in _SWITCHES:
            is_on = value.lower() not in _OFF
            values[_SWITCHES[name]] = "on" if is_on else values.get(_SWITCHES[name], "")
        elif name in ("highlight", "shd"):
            written = value if name == "highlight" else attribute(item, "fill")
            values[Kind.HIGHLIGHT] = highlight_of(written) or values.get(Kind.HIGHLIGHT, "")
        elif name == "rFonts":
            values[Kind.FONT] = attribute(item, "ascii", "hAnsi")
        elif name in _VALUES:
            kind, read_value = _VALUES[name]
            values[kind] = read_value(value)
    return values


def _traits_of_paragraph(properties: etree._Element | None) -> Look:
    """Traits of a whole paragraph: alignment, indent, list, shading."""
    traits = set()
    for item in () if properties is None else properties:
        name = local_name(item)
        if name == "jc":
            traits.add(Trait(Kind.ALIGN, _value(item)))
        elif name == "ind":
            indents = [attribute(item, key) for key in _INDENTS]
            if "".join(indents).strip("0"):
                traits.add(Trait(Kind.INDENT, " ".join(indents)))
        elif name == "numPr":
            traits.add(Trait(Kind.LIST))
        elif name == "shd" and (color := highlight_of(attribute(item, "fill"))):
            traits.add(Trait(Kind.HIGHLIGHT, color))
    return frozenset(traits)


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
        self._carried: list[Piece] = []
        self._looks: dict[tuple[str, str, tuple[tuple[Kind, str], ...]], Look] = {}

    def items(self, body: etree._Element, depth: int = 0) -> Iterator[Item]:
        """Paragraphs and tables, in order, however they are wrapped."""
        for item in walk(body, ("p", "tbl"), _TRANSPARENT.__contains__):
            if local_name(item) == "p":
                yield from self._paragraph(item)
            else:
                yield from self._last_carried()
                yield self._table(item, depth)
        yield from self._last_carried()

    def _table(self, table: etree._Element, depth: int) -> Table:
        """A table; one that stands in others to no end is paragraphs of their cells."""
        rows = []
        for row in walk(table, ("tr",), _TRANSPARENT.__contains__):
            cells = []
            for cell in walk(row, ("tc",), _TRANSPARENT.__contains__):
                properties = child_of(cell, "tcPr")
                merged = child_of(properties, "vMerge")
                continued = merged is not None and _value(merged) != "restart"
                span = _value(child_of(properties, "gridSpan"))
                columns = int(span) if span.isdecimal() and len(span) < _LONGEST_SPAN else 1
                items = self.items(cell, depth + 1) if depth < DEEPEST else self._inside(cell)
                cells.append(Cell(() if continued else tuple(items), columns, 1, continued))
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """The paragraph, unless its end was deleted; then those of its text boxes."""
        properties = child_of(paragraph, "pPr")
        style_name = _value(child_of(properties, "pStyle"))
        level = _level(properties)
        if level is None:
            level = self._level_of_style(style_name)
        pieces, self._carried = self._carried, []
        runs = list(walk(paragraph, ("r",), lambda name: name not in _SKIPPED and name != "p"))
        for run in runs:
            pieces += self._run(run, style_name)
        if _ends_deleted(properties):
            self._carried = pieces
        else:
            yield block_of(pieces, _traits_of_paragraph(properties), level=level)
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

    def _run(self, run: etree._Element, paragraph_style: str) -> Iterator[Piece]:
        """Text and marks of a run, and how they look; hidden ones are counted."""
        properties = child_of(run, "rPr")
        run_style = _value(child_of(properties, "rStyle"))
        if self._is_hidden(properties, run_style, paragraph_style):
            if any(local_name(item) == "t" and item.text for item in run):
                self.left_out[LeftOut.HIDDEN] += 1
            return
        look = self._look(paragraph_style, run_style, _values(properties))
        for item in run:
            name = local_name(item)
            if name == "t":
                yield item.text or "", look
            elif name in _MARKS:
                yield _MARKS[name], look
            elif name in _SET_APART:
                self.left_out[_SET_APART[name]] += 1

    def _is_hidden(
        self, properties: etree._Element | None, run_style: str, paragraph_style: str
    ) -> bool:
        """True when a run is hidden, else its style, else the paragraph's."""
        switches = [_switch(properties, "vanish")]
        switches += [style.hidden for style in self._chain(run_style) if run_style]
        switches += [style.hidden for style in self._chain(paragraph_style)]
        return bool(next((switch for switch in switches if switch is not None), False))

    def _look(self, paragraph_style: str, run_style: str, values: dict[Kind, str]) -> Look:
        """Look of a run: its own properties, else its style's, else the paragraph's."""
        key = (paragraph_style, run_style, tuple(values.items()))
        if key not in self._looks:
            styles = [*self._chain(run_style)] if run_style else []
            styles += self._chain(paragraph_style)
            names = {self._name(paragraph_style), self._name(run_style)}
            self._looks[key] = look_from([values, *(style.values for style in styles)], names)
        return self._looks[key]

    def _name(self, style: str) -> str:
        """Name of a style; its identifier where the document does not describe it."""
        if style in self._styles:
            return self._styles[style].name
        return "" if _HEADING.fullmatch(style) else style

    def _level_of_style(self, name: str) -> int:
        """Level of the heading that a style makes; 0 for none."""
        level = next((part.level for part in self._chain(name) if part.level is not None), None)
        heading = None if name in self._styles else _HEADING.fullmatch(name)
        return int(heading[1]) if heading else level or 0

    def _chain(self, name: str) -> Iterator[_Style]:
        """A style and those that it is based on, nearest first."""
        for _ in range(_MOST_STEPS):  # styles may refer in a circle
            style = self._styles.get(name)
            if style is not None:
                yield style
            if style is None or not style.above:
                return
            name = style.above


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
