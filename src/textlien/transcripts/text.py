"""Plain text files, in any encoding that French offices use."""

from __future__ import annotations

from dataclasses import replace

from textlien.encoding import read_text
from textlien.transcripts import iramuteq
from textlien.transcripts.labels import Paragraph, split
from textlien.transcripts.marks import LINE_END
from textlien.transcripts.model import Document, Source


def read(source: Source) -> list[Document]:
    """Read a ``.txt``: one document, or those of an IRaMuTeQ corpus.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.shown)
    if iramuteq.is_corpus(raw):
        documents = iramuteq.parse(raw, source.shown)
    else:
        lines = LINE_END.split(raw)
        paragraphs = [
            Paragraph(line, f"line {number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
        documents = [split(paragraphs, source.shown, source.declared)]
    documents = [replace(document, encoding=encoding) for document in documents]
    first = replace(documents[0], problems=(*notes, *documents[0].problems))
    return [first, *documents[1:]]
