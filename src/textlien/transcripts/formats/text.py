"""Plain text files, in any encoding that French offices use."""

from __future__ import annotations

import codecs
from dataclasses import replace
from itertools import accumulate

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error
from textlien.text.marks import LINE_END
from textlien.transcripts.formats import iramuteq, pages
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import Paragraph, split

_LINES_A_TURN = 10
"""More lines a turn than this is no transcript: it is refused before labels are looked for."""


def read(source: Source) -> list[Document]:
    """Read a ``.txt``: one document, or those of an IRaMuTeQ corpus.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.shown)
    if iramuteq.is_corpus(raw):
        if (texts := iramuteq.count(raw)) > source.limits.turns:
            raise raw_error(
                f"{source.shown}: {texts:,} texts; the limit is {source.limits.turns:,} turns.",
                "Split the file, or raise [limits] turns.",
            )
        marked = source.path.read_bytes().startswith(codecs.BOM_UTF8)
        documents = iramuteq.parse("\ufeff" * marked + raw, source.shown)
        notes = [_placed(note, raw) for note in notes]
    else:
        documents = [_interview(raw, source)]
    documents = [replace(document, encoding=encoding) for document in documents]
    first = replace(documents[0], problems=(*notes, *documents[0].problems))
    return [first, *documents[1:]]


def _placed(note: Problem, raw: str) -> Problem:
    """A note on the encoding of a corpus of many texts, with the first line that shows it."""
    if note.location.parts():
        return note
    lines = LINE_END.split(raw)
    first = next((number for number, line in enumerate(lines, 1) if not line.isascii()), 1)
    return replace(note, location=replace(note.location, line=first))


def _interview(raw: str, source: Source) -> Document:
    """One interview; headers, footers and numbers of pages are left out with a note."""
    pieces = [LINE_END.split(page) for page in raw.split("\f")]
    lines = [line for page in pieces for line in page]
    if len(lines) > _LINES_A_TURN * source.limits.turns:
        raise raw_error(
            f"{source.shown}: {len(lines):,} lines; the limit is {_LINES_A_TURN} a turn, and "
            f"{source.limits.turns:,} turns.",
            "Split the file, or raise [limits] turns.",
        )
    starts = [0, *accumulate(len(page) for page in pieces)]
    left_out = {starts[page] + number for page, number in pages.furniture(pieces)}
    left_out |= pages.page_numbers(lines)
    paragraphs = [
        Paragraph(line, Location(line=number))
        for number, line in enumerate(lines, start=1)
        if line.strip() and number - 1 not in left_out
    ]
    document = split(paragraphs, source.shown, source.declared)
    notes = pages.note(source.shown, [lines[number] for number in sorted(left_out)])
    return replace(document, problems=(*notes, *document.problems))
