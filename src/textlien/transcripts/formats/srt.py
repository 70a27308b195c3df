"""SubRip subtitles.

A parser of our own: srt (3.5.3) takes half a minute over a damaged file of 20 kB, and logs it.
"""

from __future__ import annotations

import re

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.transcripts.formats.cues import document_of, read_lines
from textlien.transcripts.formats.segments import Segment
from textlien.transcripts.formats.subtitles import Cue, rolls, unrolled
from textlien.transcripts.model import Document

_TAG = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]{1,40}\}", re.IGNORECASE)


def read(source: Source) -> list[Document]:
    """Read a ``.srt``: one document; speakers are labels in the text.

    Words of cues whose times are damaged are kept, with a warning that says how many.

    Raises
    ------
    TextlienError
        When no cue can be read.
    """
    file = read_lines(source)
    cues = [_without_tags(cue) for cue in file.cues]
    if not any(cue.start is not None for cue in cues):
        raise TextlienError(Problem.error("transcripts.not-srt", Location(file=source.file)))
    cues = unrolled(cues) if rolls(cues) else cues
    segments = [
        Segment(cue.start, cue.end, "", "\n".join(cue.lines), Location(cue=number))
        for number, cue in enumerate(cues, start=1)
    ]
    return [document_of(segments, source, file.notes, file.encoding)]


def _without_tags(cue: Cue) -> Cue:
    """The cue without tags, and lines that hold nothing else."""
    if not any("<" in line or "{" in line for line in cue.lines):
        return cue
    return cue._replace(lines=[text for line in cue.lines if (text := _TAG.sub("", line).strip())])
