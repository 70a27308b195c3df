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
from textlien.text.normalise import normalise
from textlien.transcripts.formats.elements import parse_html, single_blanks, text_of
from textlien.transcripts.formats.segments import Segment, seconds, utterances_of
from textlien.transcripts.layout.blocks import Block, block_of, paragraphs_of, texts_of_row
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import split

_ANCHOR = re.compile(r"ts_(?P<start>\d{1,10})_(?P<end>\d{1,10})_(?P<over>//)?(?P<who>.{0,80})")
_LABEL = re.compile(r"\s*(?://)?\s*(?P<name>[^:\[\]/\n]{1,60}?)\s*:\s")
_OVERLAP = re.compile(r"^\s*//|//\s*$")
_SILENCE = re.compile(r"\s*\([^()]{0,60}\)\s*")
_PAUSE = re.compile(r"\s*\((?:[.…]+|\d+ [^()]{0,40})\)\s*")  # (..), (12 secondes pause)
_BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 blockquote pre tr td th section article header footer body dt dd "
    "table tbody thead ul ol dl main center form".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_OUT = frozenset(
    "script style head template noscript svg math object iframe title select del".split()
)
# Notes, comments, headers and footers of pages that LibreOffice and Word have saved.
_APART = re.compile(
    r"id=(?:sd(?:foot|end)note|ftn|edn)\d|class=sd(?:foot|end)note(?:anc|sym)|title=(?:head|foot)er$"
    r"|href=#_(?:ftn|edn|msocom_)|style=.{0,200}mso-element:\s*(?:foot|end|comment|head)"
)
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")


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
        blocks = list(_blocks(root))
        document = split(paragraphs_of(blocks), source.file, source.declared)
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


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Paragraphs of a page; rows of a table as in Word files."""
    paragraph = _OpenParagraph()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, item in events:
        name = item.tag if isinstance(item.tag, str) else ""
        if event == "end":
            yield from paragraph.end(item, name)
        elif not name or _is_out(item, name):
            events.skip_subtree()
        elif name == "tr":
            yield from paragraph.flushed()
            cells = [cell for cell in item if cell.tag in ("td", "th")]
            yield from texts_of_row([list(_blocks(cell)) for cell in cells])
            events.skip_subtree()
        else:
            yield from paragraph.start(item, name)
    yield from paragraph.flushed()


class _OpenParagraph:
    """The paragraph that a walk is in, whatever elements it is made of."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []
        self._is_heading = False
        self._bold = 0  # how many elements around are bold

    def start(self, item: etree._Element, name: str) -> Iterator[Block]:
        """Add the text with which an element begins; the paragraph before, if it begins one."""
        if name in _BLOCKS:
            yield from self.flushed()
            self._is_heading = name in _HEADINGS
        self._bold += _is_bold(item, name)
        self._pieces.append(("\n" if name == "br" else single_blanks(item.text), self._bold > 0))

    def end(self, item: etree._Element, name: str) -> Iterator[Block]:
        """Add the text behind an element; the paragraph, if the element ends it."""
        if name and name != "tr" and not _is_out(item, name):
            self._bold -= _is_bold(item, name)
        if name in _BLOCKS:
            yield from self.flushed()
            self._is_heading = False
        self._pieces.append((single_blanks(item.tail), self._bold > 0))

    def flushed(self) -> Iterator[Block]:
        """The paragraph, if it is not blank; what follows is another one."""
        block = block_of(self._pieces, heading=self._is_heading)
        self._pieces.clear()
        if normalise(block.text):
            yield block._replace(text=block.text.strip(" "))


def _is_bold(item: etree._Element, name: str) -> bool:
    """True when an element makes its text bold, by its name or its style."""
    return name in _BOLD or bool(_BOLD_STYLE.search(item.get("style", "")))


def _is_out(item: etree._Element, name: str) -> bool:
    """True when an element holds no speech: a script, a note, a comment, a header."""
    attributes = ("id", "class", "title", "href", "style")
    return name in _OUT or any(
        _APART.match(f"{attribute}={item.get(attribute)}")
        for attribute in attributes
        if item.get(attribute)
    )
