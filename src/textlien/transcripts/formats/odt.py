"""OpenDocument texts: the paragraphs and tables of the body, in order.

A walker of our own: odfpy and odfdo leak deleted text, comments and their authors into paragraphs.

References
----------
OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.transcripts.formats.elements import attribute, local_name, single_blanks, walk
from textlien.transcripts.layout.blocks import Block, LeftOut, block_of
from textlien.transcripts.layout.tabular.grids import DEEPEST, Cell, Item, Table
from textlien.transcripts.layout.tabular.tables import document_with_tables
from textlien.transcripts.look import (
    PLAIN,
    Kind,
    Look,
    Piece,
    Trait,
    color_of,
    highlight_of,
    look_from,
)
from textlien.transcripts.model import Document

_PARAGRAPHS = ("p", "h")
_OUT = frozenset(
    "tracked-changes annotation annotation-end note forms sequence-decls variable-decls desc title "
    "ruby-text table-of-content alphabetical-index user-index bibliography-mark-entry-template "
    "hidden-text hidden-paragraph image".split()
)
_COUNTED = {"annotation": LeftOut.COMMENTS, "note": LeftOut.NOTES}
_PLAIN = {"tab": "\t", "line-break": "\n"}
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_ITALIC = frozenset(("italic", "oblique"))
_OFF = frozenset(("none", "normal", "transparent", "0cm", "0in", "0pt", "0mm"))
_INDENTS = ("margin-left", "text-indent")
_CAPITALS = ("uppercase", "small-caps")
_VALUES: dict[str, tuple[Kind, Callable[[str], str]]] = {
    "font-weight": (Kind.BOLD, lambda value: "on" if value in _BOLD else ""),
    "font-style": (Kind.ITALIC, lambda value: "on" if value in _ITALIC else ""),
    "text-underline-style": (Kind.UNDERLINE, lambda value: "" if value in _OFF else "on"),
    "color": (Kind.COLOR, color_of),
    "background-color": (Kind.HIGHLIGHT, highlight_of),
    "text-transform": (Kind.CAPITALS, lambda value: "on" if value in _CAPITALS else ""),
    "font-variant": (Kind.CAPITALS, lambda value: "on" if value in _CAPITALS else ""),
    "font-size": (Kind.SIZE, str),
    "font-name": (Kind.FONT, str),
}
# Styles that LibreOffice gives to text without one, and to links.
_PLAIN_STYLES = frozenset(
    ("standard", "default style", "text body", "internet link", "default paragraph style")
)
_HEADING = re.compile(r"(?:heading|titre)[ _]?([1-9])", re.IGNORECASE)
# Styles based on each other, far more than people make: a circle, in a damaged file.
_MOST_STEPS = 30
# Blanks that one element may stand for, and rows that a cell may span, so that a number in the file
# does not fill the memory.
_MOST_BLANKS = 1000


def read(source: Source) -> list[Document]:
    """Read an ``.odt``: one document, its speakers found by their labels.

    Tracked deletions, comments, notes, tables of contents and hidden text stay out; notes, comments
    and hidden text are counted in a note. Tables are read by their columns
    (:mod:`textlien.transcripts.layout.tabular.columns`); a heading is the section of what follows.
    Title, subject, keywords and date of creation are properties; names of authors are never read.

    Raises
    ------
    TextlienError
        When the file is not an OpenDocument text, is damaged, or is protected.
    """
    kind = message("files.opendocument-text")
    with opened_archive(source, kind) as archive:
        names = set(archive.namelist())
        manifest = (
            archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        )
        if b"encryption-data" in manifest:
            raise TextlienError(Problem.error("files.password", Location(file=source.file)))
        if "content.xml" not in names:
            raise TextlienError(
                Problem.error("files.not-archive", Location(file=source.file), kind=kind)
            )
        root = parse_xml(archive.read("content.xml"), source, "content.xml")
        roots = [root]
        if "styles.xml" in names:
            roots.append(parse_xml(archive.read("styles.xml"), source, "styles.xml"))
        properties = {}
        if "meta.xml" in names:
            properties = _properties(parse_xml(archive.read("meta.xml"), source, "meta.xml"))
    body = next((item for item in root.iter() if _is_body_text(item)), None)
    if body is None:
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.odt-without-text", place))
    walker = _Walker(roots)
    return [document_with_tables(walker.items(body), walker.left_out, properties, source)]


def _is_text(name: str) -> bool:
    """True when an element of this name may contain text of the body."""
    return name not in _OUT


def _is_body_text(element: etree._Element) -> bool:
    """True for the ``<office:text>`` that stands directly in ``<office:body>``."""
    above = element.getparent()
    return local_name(element) == "text" and above is not None and local_name(above) == "body"


def _properties(root: etree._Element) -> dict[str, str]:
    """Title, subject, keywords, description and date of creation, where they are not blank."""
    names = {
        "title": "title",
        "subject": "subject",
        "keyword": "keywords",
        "description": "description",
        "creation-date": "created",
    }
    properties: dict[str, str] = {}
    for item in root.iter():
        key, value = names.get(local_name(item), ""), " ".join((item.text or "").split())
        if key and value:
            properties[key] = f"{properties[key]}, {value}" if key in properties else value
    return properties


class _Style(NamedTuple):
    """Properties that a style sets, beside those of the one above.

    Attributes
    ----------
    name : as its document shows it, or "" for a style that the program made for one paragraph.
    values : of text, by kind of trait; "" where the style takes it off.
    traits : of paragraphs.
    """

    name: str
    above: str
    values: dict[Kind, str]
    traits: Look
    hidden: bool


def _style_of(element: etree._Element) -> _Style:
    """Properties of a style, and the name of the style that it is based on."""
    values: dict[Kind, str] = {}
    traits: Look = PLAIN
    is_hidden = False
    for item in element:
        if local_name(item) == "text-properties":
            values |= _values(item)
            is_hidden = attribute(item, "display") == "none"
        elif local_name(item) == "paragraph-properties":
            traits |= _traits_of_paragraph(item)
    written = attribute(element, "display-name", "name").replace("_20_", " ")
    is_made = attribute(element, "parent-style-name") and re.fullmatch(r"[PT]\d+", written)
    name = "" if is_made or written.lower() in _PLAIN_STYLES else written
    return _Style(name, attribute(element, "parent-style-name"), values, traits, is_hidden)


def _values(properties: etree._Element) -> dict[Kind, str]:
    """Traits that properties of text set: a value by kind, or "" where they take one off."""
    values: dict[Kind, str] = {}
    for key, written in properties.items():
        name, value = str(key).rpartition("}")[2], str(written).strip().lower()
        if name in _VALUES:
            kind, read_value = _VALUES[name]
            values[kind] = read_value(value) or values.get(kind, "")
    return values


def _traits_of_paragraph(properties: etree._Element) -> Look:
    """Traits that properties of a paragraph give to all of it."""
    indent = [attribute(properties, name).lower() for name in _INDENTS]
    align = attribute(properties, "text-align").lower()
    color = highlight_of(attribute(properties, "background-color"))
    traits = {
        Trait(Kind.INDENT, " ".join(indent)): any(part and part not in _OFF for part in indent),
        Trait(Kind.ALIGN, align): bool(align),
        Trait(Kind.HIGHLIGHT, color): bool(color),
    }
    return frozenset(trait for trait, is_set in traits.items() if is_set)


class _Walker:
    """Goes through a body and counts what it leaves out."""

    def __init__(self, roots: list[etree._Element]) -> None:
        """Learn the styles of all files of the document."""
        self._styles: dict[str, _Style] = {}
        self._looks: dict[tuple[str, ...], Look] = {}
        self.left_out: Counter[LeftOut] = Counter()
        for root in roots:
            for style in (item for item in root.iter() if local_name(item) == "style"):
                self._styles.setdefault(attribute(style, "name"), _style_of(style))

    def items(self, body: etree._Element, depth: int = 0) -> Iterator[Item]:
        """Paragraphs and tables, in order, whatever sections and lists they are in."""
        for item in walk(body, (*_PARAGRAPHS, "table"), _is_text):
            if local_name(item) == "table":
                yield self._table(item, depth)
            else:
                yield from self._paragraph(item)

    def _table(self, table: etree._Element, depth: int) -> Table:
        """A table; one that stands in others to no end is paragraphs of their cells."""
        rows = []
        for row in walk(table, ("table-row",), _is_text):
            cells = []
            for cell in (cell for cell in row if local_name(cell) == "table-cell"):
                items = self.items(cell, depth + 1) if depth < DEEPEST else self._cell(cell)
                columns, spanned = (
                    _number(cell, f"number-{part}-spanned") for part in ("columns", "rows")
                )
                cells.append(Cell(tuple(items), columns, spanned))
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _cell(self, cell: etree._Element) -> Iterator[Block]:
        """Paragraphs of a cell or text box, tables inside it included."""
        for paragraph in walk(cell, _PARAGRAPHS, _is_text):
            yield from self._paragraph(paragraph)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """The paragraph, then those of text boxes that are anchored in it."""
        boxes: list[etree._Element] = []
        pieces = list(self._pieces(paragraph, boxes))
        style = attribute(paragraph, "style-name")
        traits = frozenset[Trait]().union(*(part.traits for part in self._chain(style)))
        if any(local_name(item) == "list-item" for item in paragraph.iterancestors()):
            traits |= {Trait(Kind.LIST)}
        yield block_of(pieces, traits, level=self._level(paragraph, style))
        for box in boxes:
            yield from self._cell(box)

    def _level(self, paragraph: etree._Element, style: str) -> int:
        """Level of a heading, by its element or its style; 0 for none."""
        names = (_HEADING.fullmatch(part.name) for part in self._chain(style))
        heading = next(filter(None, names), None)
        level = attribute(paragraph, "outline-level")
        if local_name(paragraph) == "h":
            return max(1, int(level)) if level.isascii() and level.isdigit() else 1
        return int(heading[1]) if heading else 0

    def _pieces(self, paragraph: etree._Element, boxes: list[etree._Element]) -> Iterator[Piece]:
        """Pieces of text and how each looks, as blanks in the file mean."""
        styles = [attribute(paragraph, "style-name")]
        events = etree.iterwalk(paragraph, events=("start", "end"))
        for event, element in events:
            name = local_name(element)
            is_span = name in ("span", "a") or element is paragraph
            if event == "start":
                if is_span and element is not paragraph:
                    styles.append(attribute(element, "style-name"))
                if name == "text-box":
                    boxes.append(element)
                if self._is_out(element, name):
                    events.skip_subtree()
                elif name == "s":
                    yield " " * _number(element, "c"), self._look(styles)
                else:
                    yield _PLAIN.get(name, "") + single_blanks(element.text), self._look(styles)
            else:
                if is_span and element is not paragraph:
                    styles.pop()
                if element is not paragraph:
                    yield single_blanks(element.tail), self._look(styles)

    def _is_out(self, element: etree._Element, name: str) -> bool:
        """True when an element is left out; one that a person wrote is counted."""
        style = self._styles.get(attribute(element, "style-name")) if name == "span" else None
        is_hidden = style is not None and style.hidden
        kind = LeftOut.HIDDEN if is_hidden else _COUNTED.get(name)
        if kind:
            self.left_out[kind] += 1
        return kind is not None or name in _OUT or name == "text-box"

    def _look(self, styles: list[str]) -> Look:
        """Look of text in these styles, the innermost last."""
        key = tuple(styles)
        if key not in self._looks:
            chain = [style for name in reversed(styles) for style in self._chain(name)]
            names = {style.name for style in chain}
            self._looks[key] = look_from([style.values for style in chain], names)
        return self._looks[key]

    def _chain(self, name: str) -> Iterator[_Style]:
        """A style and those that it is based on, nearest first."""
        for _ in range(_MOST_STEPS):  # styles may refer in a circle
            if name not in self._styles:
                return
            yield self._styles[name]
            name = self._styles[name].above


def _number(element: etree._Element, name: str) -> int:
    """A number in an attribute, 1 where there is none."""
    count = attribute(element, name)
    return min(int(count), _MOST_BLANKS) if count.isascii() and count.isdigit() else 1
