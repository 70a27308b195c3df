"""Plain text files, in any encoding that French offices use."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import LINE_END
from textlien.transcripts.formats import iramuteq
from textlien.transcripts.layout import pages
from textlien.transcripts.model import Document
from textlien.transcripts.speakers.utterances import Paragraph, split


def read(source: Source) -> list[Document]:
    """Read a ``.txt``: one document, or those of an IRaMuTeQ corpus.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    headers = iramuteq.headers_of(raw)
    texts = sum(header is not None for header in headers)
    interview = _divided_by_stars(raw, headers, source) if texts else None
    if texts and interview is None:
        if texts > source.limits.turns:
            place, limit = Location(file=source.file), source.limits.turns
            raise TextlienError(
                Problem.error("transcripts.too-many-texts", place, texts=texts, limit=limit)
            )
        marked = source.path.read_bytes().startswith(codecs.BOM_UTF8)
        documents = iramuteq.parse("\ufeff" * marked + raw, source.file)
        notes = [_placed(note, raw) for note in notes]
    else:
        documents = [interview or _interview(raw, source)]
    documents = [replace(document, encoding=encoding) for document in documents]
    first = replace(documents[0], problems=(*notes, *documents[0].problems))
    return [first, *documents[1:]]


def _divided_by_stars(raw: str, headers: Sequence[str | None], source: Source) -> Document | None:
    """An interview with labels that lines of stars divide; None for anything else."""
    if any(headers):
        return None
    document = _interview(iramuteq.without_stars(raw, headers), source)
    if not any(utterance.speaker for utterance in document.utterances):
        return None
    note = Problem.note("transcripts.stars-divide", Location(file=source.file))
    return replace(document, problems=(*document.problems, note))


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
    pages.refuse_books(len(lines), source)
    starts = [0, *accumulate(len(page) for page in pieces)]
    left_out = {starts[page] + number for page, number in pages.furniture(pieces)}
    left_out |= pages.page_numbers(lines)
    paragraphs = [
        Paragraph(line, Location(line=number))
        for number, line in enumerate(lines, start=1)
        if line.strip() and number - 1 not in left_out
    ]
    document = split(paragraphs, source.file, source.declared)
    notes = pages.note(source.file, [lines[number] for number in sorted(left_out)])
    return replace(document, problems=(*notes, *document.problems))
