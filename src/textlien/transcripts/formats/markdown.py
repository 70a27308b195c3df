"""Markdown: text with headings, emphasis, lists and quotations, as note-taking programs save it.

The block that opens a file between two lines of « --- » holds metadata, one ``key: value`` a line.
All else is parsed by markdown-it-py; what a heading or a look means is learnt as in Word files.

References
----------
CommonMark Spec, version 0.31.2. https://spec.commonmark.org/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from markdown_it import MarkdownIt
from markdown_it.token import Token

from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.text.marks import LINE_END
from textlien.transcripts.layout import pages
from textlien.transcripts.layout.blocks import (
    Block,
    LeftOut,
    block_of,
    document_of,
    texts_of_row,
)
from textlien.transcripts.look import PLAIN, Kind, Look, Piece, Trait
from textlien.transcripts.model import Document

# Blanks in front of a line are those of people, seldom code: such lines are text like others.
_PARSER = MarkdownIt("commonmark").enable("table").disable("code")
_MARKS = {
    "strong": Trait(Kind.BOLD),
    "em": Trait(Kind.ITALIC),
    "<u>": Trait(Kind.UNDERLINE),
    "<b>": Trait(Kind.BOLD),
    "<i>": Trait(Kind.ITALIC),
    "<mark>": Trait(Kind.HIGHLIGHT, "mark"),
}
_AROUND = {"list_item": Kind.LIST, "blockquote": Kind.INDENT}
_TAG = re.compile(r"<[^<>]{0,300}>")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_BOUNDARY = re.compile(r"(?:---|\.\.\.)\s*")
_ENTRY = re.compile(r"(?P<key>[^\W\d_][^:#\[\]{}]{0,40}?)\s{0,4}:(?:\s+(?P<value>.*))?")
_ITEM = re.compile(r"\s*-\s+(.*)")
# Lines of metadata that people write above an interview; more are a text between two rules.
_MOST_ENTRIES = 100
_TITLES = {"title": "titre"}
# A line ruled off below is a heading for CommonMark, but in interviews an answer more often.
_SENTENCE = (".", "?", "!", "…", "»", ")")
# Items with a dash, from which the dashes are those of a dialogue, as in ``speakers.unlabelled``.
_LEAST_ITEMS, _MOST_LINES = 6, 0.7
_ALIKE = 0.9


def read(source: Source) -> list[Document]:
    """Read a ``.md``: one document, its speakers found by their labels, headings or looks.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    lines = LINE_END.split(raw)
    pages.refuse_books(len(lines), source)
    entries, first = _front_matter(lines)
    walker = _Walker(first)
    blocks = list(walker.blocks(_PARSER.parse("\n".join(lines[first:]))))
    document = document_of(_with_dashes(blocks), walker.left_out, {}, source)
    head = {**document.head, **entries}
    problems = (*notes, *document.problems)
    return [replace(document, head=head, problems=problems, encoding=encoding)]


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Metadata in front of the text, keys folded, and the number of lines that they take."""
    is_open = lines[0].rstrip() == "---"
    ends = (number for number in _behind(lines) if _BOUNDARY.fullmatch(lines[number]))
    end = next(ends, 0) if is_open else 0
    entries = _entries(lines[1:end])
    # A dialogue between two rules asks.
    if not end or entries is None or any(value.endswith("?") for value in entries.values()):
        return {}, 0
    return {key: value for key, value in entries.items() if value}, end + 1


def _entries(lines: Sequence[str]) -> dict[str, str] | None:
    """Keys and values of metadata; None where a line is neither an entry nor an item of a list."""
    entries: dict[str, str] = {}
    key = ""
    for line in lines:
        entry, item = _ENTRY.fullmatch(line.rstrip()), _ITEM.fullmatch(line)
        if entry:
            key = _TITLES.get(fold(entry["key"]), fold(entry["key"]))
            entries.setdefault(key, _unquoted(entry["value"] or ""))
        elif item and key:
            entries[key] = ", ".join(filter(None, (entries[key], _unquoted(item[1]))))
        elif line.strip() and not line.lstrip().startswith("#"):
            return None
    return entries


def _behind(lines: Sequence[str]) -> range:
    """Indices of the lines in which metadata may end."""
    return range(1, min(len(lines), _MOST_ENTRIES))


def _unquoted(value: str) -> str:
    """A value of metadata without its quotation marks or the brackets of a list."""
    value = value.strip()
    for first, last in ('""', "''", "[]"):
        if len(value) > 1 and value.startswith(first) and value.endswith(last):
            return value[1:-1].strip()
    return value


class _Walker:
    """Goes through the tokens of a text and counts what it leaves out.

    Parameters
    ----------
    first : lines before the text.
    """

    def __init__(self, first: int) -> None:
        self.left_out: Counter[LeftOut] = Counter()
        self._first = first
        self._around: list[Trait] = []
        self._level, self._is_ruled = 0, False
        self._cells: list[list[Block]] = []
        self._in_cell = False

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Paragraphs and rows of tables."""
        for token in tokens:
            if token.type == "tr_close":
                yield from texts_of_row(self._cells)
                self._cells = []
            elif token.type in ("inline", "fence", "html_block"):
                block = self._block(token)
                if self._in_cell:
                    self._cells[-1].append(block)
                else:
                    yield block
            else:
                self._enter_or_leave(token)

    def _enter_or_leave(self, token: Token) -> None:
        """Keep track of the lists, quotations, headings and cells that a text stands in."""
        name, opens = token.type.rpartition("_")[0], token.nesting > 0
        if name in _AROUND:
            trait = Trait(_AROUND[name], token.markup)
            self._around = [*self._around, trait] if opens else self._around[:-1]
        elif name == "heading":
            self._level = int(token.tag[1]) if opens else 0
            self._is_ruled = token.markup == "-"
        elif name in ("td", "th"):
            self._in_cell = opens
            self._cells += [[]] if opens else []

    def _block(self, token: Token) -> Block:
        """A paragraph, a heading, or lines that Markdown does not read."""
        content, traits = token.content, frozenset(self._around)
        place = Location(line=self._first + token.map[0] + 1) if token.map else None
        if token.type == "html_block" and content.lstrip().startswith("<!--"):
            self.left_out[LeftOut.COMMENTS] += 1
            return Block("")
        if token.type != "inline":
            text = _TAG.sub(" ", content) if token.type == "html_block" else content
            return block_of([(text.strip("\n"), PLAIN)], traits)._replace(place=place)
        if _NOTE.match(content) and content.partition("]")[2].startswith(":"):
            self.left_out[LeftOut.NOTES] += 1
            return Block("")
        is_answer = self._is_ruled and content.rstrip().endswith(_SENTENCE)
        level = 0 if is_answer else self._level
        pieces = list(_pieces(token.children or []))
        # What follows in an item stands below its mark, not beside it.
        self._around = [part._replace(kind=Kind.INDENT) for part in self._around]
        return block_of(pieces, traits, level=level)._replace(place=place)


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """Text and look of the parts of a paragraph, its marks taken out."""
    looks: list[Look] = [PLAIN]
    for token in tokens:
        name, opens = _name(token)
        if name in _MARKS:
            looks = [*looks, looks[-1] | {_MARKS[name]}] if opens else looks[:-1] or looks
        elif name == "break":
            yield "\n", looks[-1]
        elif token.type in ("text", "code_inline"):
            yield _NOTE.sub("", token.content), looks[-1]


def _name(token: Token) -> tuple[str, bool]:
    """Name of a mark, and whether it opens; « break » for the end of a line."""
    if token.type == "html_inline":
        tag = token.content.lower()
        is_break = tag.startswith("<br")
        return "break" if is_break else tag.replace("/", ""), not tag.startswith("</")
    if token.type in ("softbreak", "hardbreak"):
        return "break", False
    return token.type.rpartition("_")[0], token.nesting > 0


def _with_dashes(blocks: list[Block]) -> list[Block]:
    """Items of a list in which nearly all of a text stands, with the dashes of a dialogue.

    Where items differ in their looks, it is these that tell the sides.
    """
    is_item = [Trait(Kind.LIST, "-") in block.look and not block.level for block in blocks]
    looks = Counter(block.look for block in compress(blocks, is_item))
    is_alike = looks and max(looks.values()) >= _ALIKE * sum(is_item)
    if not is_alike or sum(is_item) < max(_LEAST_ITEMS, _MOST_LINES * len(blocks)):
        return blocks
    return [
        block._replace(text=f"- {block.text}", pieces=()) if item else block
        for block, item in zip(blocks, is_item, strict=True)
    ]
