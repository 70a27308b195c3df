"""OpenDocument texts: the paragraphs and tables of the body, in order.

A walker of our own: odfpy and odfdo leak deleted text, comments and their authors into paragraphs.

References
----------
OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from textlien.errors import Problem
from textlien.files.containers import opened_archive, parse_xml
from textlien.files.source import Source
from textlien.messages.message import message
from textlien.raw import raw_error, raw_problem
from textlien.transcripts.formats.layout import Block, paragraphs_of, texts_of_row
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import split

_KIND = "an OpenDocument text (.odt)"
_REMEDY = "Open it in LibreOffice, let it repair the file, and save it again as .odt."
_PARAGRAPHS = ("p", "h")
_OUT = frozenset(
    "tracked-changes annotation annotation-end note forms sequence-decls variable-decls desc title "
    "ruby-text table-of-content alphabetical-index user-index bibliography-mark-entry-template "
    "hidden-text hidden-paragraph image".split()
)
_PLAIN = {"tab": "\t", "line-break": "\n"}
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_BLANKS = re.compile("[ \\t\\r\\n]+")
_MOST_STEPS = 30
_MOST_BLANKS = 1000


def read(source: Source) -> list[Document]:
    """Read an ``.odt``: one document, its speakers found by their labels.

    Tracked deletions, comments, notes, tables of contents and hidden text stay out, the last two
    kinds that people write counted in a note. The short first cell of a table row is a label for
    the others; a heading is the section of what follows. Title, subject, keywords and date of
    creation are properties; names of authors are never read.

    Raises
    ------
    TextlienError
        When the file is no OpenDocument text, is damaged, or is protected.
    """
    with opened_archive(source, message("files.opendocument-text")) as archive:
        names = set(archive.namelist())
        manifest = (
            archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        )
        if b"encryption-data" in manifest:
            raise raw_error(f"{source.shown}: protected by a password.", "Save it without one.")
        if "content.xml" not in names:
            raise raw_error(f"{source.shown}: not {_KIND}, or a damaged one.", _REMEDY)
        root = parse_xml(archive.read("content.xml"), source, "content.xml")
        roots = [root]
        if "styles.xml" in names:
            roots.append(parse_xml(archive.read("styles.xml"), source, "styles.xml"))
        properties = {}
        if "meta.xml" in names:
            properties = _properties(parse_xml(archive.read("meta.xml"), source, "meta.xml"))
    body = next((item for item in root.iter() if _name(item) == "text" and _is_body(item)), None)
    if body is None:
        raise raw_error(f"{source.shown}: not {_KIND}; its body holds no text.", _REMEDY)
    walker = _Walker(roots)
    document = split(paragraphs_of(walker.blocks(body)), source.shown, source.declared)
    notes = walker.notes(source.shown)
    return [replace(document, problems=(*notes, *document.problems), properties=properties)]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.items() if etree.QName(str(k)).localname == name), "")


def _is_body(element: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and _name(above) == "body"


def _properties(root: etree._Element) -> dict[str, str]:
    names = {
        "title": "title",
        "subject": "subject",
        "keyword": "keywords",
        "description": "description",
        "creation-date": "created",
    }
    found: dict[str, str] = {}
    for item in root.iter():
        key, value = names.get(_name(item), ""), " ".join((item.text or "").split())
        if key and value:
            found[key] = f"{found[key]}, {value}" if key in found else value
    return found


class _Walker:
    """Goes through a body and counts what it leaves out."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._bold: dict[str, bool] = {}
        self._hidden: set[str] = set()
        self._above: dict[str, str] = {}
        self._left_out: dict[str, int] = {}
        for root in roots:
            for style in (item for item in root.iter() if _name(item) == "style"):
                self._learn(style)

    def _learn(self, style: etree._Element) -> None:
        name = _attribute(style, "name")
        self._above.setdefault(name, _attribute(style, "parent-style-name"))
        for item in style:
            if _name(item) == "text-properties":
                weight = _attribute(item, "font-weight")
                if weight:
                    self._bold.setdefault(name, weight in _BOLD)
                if _attribute(item, "display") == "none":
                    self._hidden.add(name)

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        """Paragraphs and rows of tables, in order, whatever sections and lists they are in."""
        waiting = [iter(body)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif _name(item) in _PARAGRAPHS:
                yield from self._paragraph(item)
            elif _name(item) == "table-row":
                cells = [cell for cell in item if _name(cell) == "table-cell"]
                yield from texts_of_row([list(self._cell(cell)) for cell in cells])
            elif _name(item) not in _OUT:
                waiting.append(iter(item))

    def notes(self, shown: str) -> list[Problem]:
        """What was left out, so that nobody misses it unknowingly."""
        if not self._left_out:
            return []
        parts = ", ".join(f"{name} ({count})" for name, count in sorted(self._left_out.items()))
        hint = "Move them into the text if they are speech."
        return [raw_problem(shown, f"left out: {parts}.", hint, severity="note")]

    def _cell(self, cell: etree._Element) -> Iterator[Block]:
        waiting = [iter(cell)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif _name(item) in _PARAGRAPHS:
                yield from self._paragraph(item)
            elif _name(item) not in _OUT:
                waiting.append(iter(item))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """The paragraph, then those of text boxes that are anchored in it."""
        boxes: list[etree._Element] = []
        pieces = list(self._pieces(paragraph, boxes))
        text = "".join(piece for piece, _ in pieces)
        lettered = [bold for piece, bold in pieces if any(map(str.isalnum, piece))]
        yield Block(text, bool(lettered) and all(lettered), _name(paragraph) == "h")
        for box in boxes:
            yield from self._cell(box)

    def _pieces(
        self, paragraph: etree._Element, boxes: list[etree._Element]
    ) -> Iterator[tuple[str, bool]]:
        """Pieces of text and whether each is bold, as blanks in the file mean."""
        styles = [_attribute(paragraph, "style-name")]
        walk = etree.iterwalk(paragraph, events=("start", "end"))
        for event, element in walk:
            name = _name(element)
            is_span = name in ("span", "a") or element is paragraph
            if event == "start":
                if is_span and element is not paragraph:
                    styles.append(_attribute(element, "style-name"))
                if name == "text-box":
                    boxes.append(element)
                if self._is_out(element, name):
                    walk.skip_subtree()
                elif name == "s":
                    yield " " * _blanks(element), self._is_bold(styles)
                else:
                    yield _PLAIN.get(name, "") + _single(element.text), self._is_bold(styles)
            else:
                if is_span and element is not paragraph:
                    styles.pop()
                if element is not paragraph:
                    yield _single(element.tail), self._is_bold(styles)

    def _is_out(self, element: etree._Element, name: str) -> bool:
        kinds = {"annotation": "comments", "note": "notes"}
        hidden = name == "span" and _attribute(element, "style-name") in self._hidden
        kind = "runs of hidden text" if hidden else kinds.get(name, "")
        if kind:
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
        return bool(kind) or name in _OUT or name == "text-box"

    def _is_bold(self, styles: list[str]) -> bool:
        for style in reversed(styles):
            name = style
            for _ in range(_MOST_STEPS):  # styles may refer in a circle
                if name in self._bold:
                    return self._bold[name]
                name = self._above.get(name, "")
        return False


def _blanks(element: etree._Element) -> int:
    count = _attribute(element, "c")
    return min(int(count), _MOST_BLANKS) if count.isascii() and count.isdigit() else 1


def _single(text: str | None) -> str:
    """Blanks and line feeds of the XML are one blank in the document."""
    return _BLANKS.sub(" ", text) if text else ""
