"""OpenDocument texts: the paragraphs and tables of the body, in order.

A walker of our own: odfpy and odfdo leak deleted text, comments and their authors into paragraphs.

References
----------
OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import Location, message
from textlien.transcripts.formats.elements import attribute, local_name, single_blanks, walk
from textlien.transcripts.layout.blocks import (
    Block,
    LeftOut,
    block_of,
    document_of,
    texts_of_row,
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
# Styles based on each other, far more than people make: a circle, in a damaged file.
_MOST_STEPS = 30
# Blanks that one element may stand for, so that a number in the file does not fill the memory.
_MOST_BLANKS = 1000


def read(source: Source) -> list[Document]:
    """Read an ``.odt``: one document, its speakers found by their labels.

    Tracked deletions, comments, notes, tables of contents and hidden text stay out; notes, comments
    and hidden text are counted in a note. The short first cell of a table row is a label for
    the others; a heading is the section of what follows. Title, subject, keywords and date of
    creation are properties; names of authors are never read.

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
    return [document_of(walker.blocks(body), walker.left_out, properties, source)]


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


class _Walker:
    """Goes through a body and counts what it leaves out."""

    def __init__(self, roots: list[etree._Element]) -> None:
        """Learn the styles of all files of the document."""
        self._bold: dict[str, bool] = {}
        self._hidden: set[str] = set()
        self._above: dict[str, str] = {}
        self.left_out: Counter[LeftOut] = Counter()
        for root in roots:
            for style in (item for item in root.iter() if local_name(item) == "style"):
                self._learn(style)

    def _learn(self, style: etree._Element) -> None:
        """Keep what a style says of bold and hidden text, and which one it is based on."""
        name = attribute(style, "name")
        self._above.setdefault(name, attribute(style, "parent-style-name"))
        for item in style:
            if local_name(item) == "text-properties":
                weight = attribute(item, "font-weight")
                if weight:
                    self._bold.setdefault(name, weight in _BOLD)
                if attribute(item, "display") == "none":
                    self._hidden.add(name)

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Paragraphs and rows of tables, in order, whatever sections and lists they are in."""
        for item in walk(body, (*_PARAGRAPHS, "table-row"), _is_text):
            if local_name(item) == "table-row":
                cells = [cell for cell in item if local_name(cell) == "table-cell"]
                yield from texts_of_row([list(self._cell(cell)) for cell in cells])
            else:
                yield from self._paragraph(item)

    def _cell(self, cell: etree._Element) -> Iterator[Block]:
        """Paragraphs of a cell or text box, tables inside it included."""
        for paragraph in walk(cell, _PARAGRAPHS, _is_text):
            yield from self._paragraph(paragraph)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """The paragraph, then those of text boxes that are anchored in it."""
        boxes: list[etree._Element] = []
        pieces = list(self._pieces(paragraph, boxes))
        yield block_of(pieces, heading=local_name(paragraph) == "h")
        for box in boxes:
            yield from self._cell(box)

    def _pieces(
        self, paragraph: etree._Element, boxes: list[etree._Element]
    ) -> Iterator[tuple[str, bool]]:
        """Pieces of text and whether each is bold, as blanks in the file mean."""
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
                    yield " " * _blanks(element), self._is_bold(styles)
                else:
                    yield _PLAIN.get(name, "") + single_blanks(element.text), self._is_bold(styles)
            else:
                if is_span and element is not paragraph:
                    styles.pop()
                if element is not paragraph:
                    yield single_blanks(element.tail), self._is_bold(styles)

    def _is_out(self, element: etree._Element, name: str) -> bool:
        """True when an element is left out; one that a person wrote is counted."""
        is_hidden = name == "span" and attribute(element, "style-name") in self._hidden
        kind = LeftOut.HIDDEN if is_hidden else _COUNTED.get(name)
        if kind:
            self.left_out[kind] += 1
        return kind is not None or name in _OUT or name == "text-box"

    def _is_bold(self, styles: list[str]) -> bool:
        """True when text is bold by the innermost of these styles that sets it."""
        for style in reversed(styles):
            name = style
            for _ in range(_MOST_STEPS):  # styles may refer in a circle
                if name in self._bold:
                    return self._bold[name]
                name = self._above.get(name, "")
        return False


def _blanks(element: etree._Element) -> int:
    """Number of blanks that a ``<text:s>`` stands for."""
    count = attribute(element, "c")
    return min(int(count), _MOST_BLANKS) if count.isascii() and count.isdigit() else 1
