"""Plain text files, in any encoding that French offices use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textlien.encoding import read_text
from textlien.transcripts import iramuteq
from textlien.transcripts.labels import Paragraph, split
from textlien.transcripts.marks import normalise_characters
from textlien.transcripts.model import Document


def read(path: Path, shown: str, declared: frozenset[str] = frozenset()) -> list[Document]:
    """Read a ``.txt``: one document, or those of an IRaMuTeQ corpus.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, notes = read_text(path, shown)
    if iramuteq.is_corpus(raw):
        documents = iramuteq.parse(raw, shown)
    else:
        lines = normalise_characters(raw).split("\n")
        paragraphs = [
            Paragraph(line, f"line {number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
        documents = [split(paragraphs, shown, declared)]
    first = replace(documents[0], problems=(*notes, *documents[0].problems))
    return [first, *documents[1:]]
