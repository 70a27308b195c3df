"""SubRip subtitles.

A parser of our own: srt (3.5.3) takes half a minute over a damaged file of 20 kB, and logs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.transcripts.formats.cues import TIMES, document_of, read_lines, times_of
from textlien.transcripts.formats.rolling import Cue, rolls, unrolled
from textlien.transcripts.formats.segments import Segment
from textlien.transcripts.model import Document

_TAG = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]{1,40}\}", re.IGNORECASE)


def read(source: Source) -> list[Document]:
    """Read a ``.srt``: one document; speakers are labels in the text.

    Damaged cues are left out, with a warning that says how many.

    Raises
    ------
    TextlienError
        When no cue can be read.
    """
    file = read_lines(source)
    cues = list(_cues(file.lines))
    if not cues:
        raise TextlienError(Problem.error("transcripts.not-srt", Location(file=source.file)))
    cues = unrolled(cues) if rolls(cues) else cues
    segments = [
        Segment(cue.start, cue.end, "", "\n".join(cue.lines), Location(cue=number))
        for number, cue in enumerate(cues, start=1)
    ]
    return [document_of(segments, source, file.notes, file.encoding)]


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Times of each cue, and the lines below it, up to the next, without tags and blank lines.

    Lines below a line of times that cannot be read stay out.
    """
    at = [number for number, line in enumerate(lines) if "-->" in line]
    for index, here in enumerate(at):
        match = TIMES.fullmatch(lines[here])
        is_last = index + 1 == len(at)
        payload = lines[here + 1 : None if is_last else at[index + 1]]
        if not is_last and payload and payload[-1].strip().isdigit():
            payload.pop()  # the number of the next cue
        if match:
            texts = (_TAG.sub("", line).strip() for line in payload)
            yield Cue(*times_of(match), [text for text in texts if text])
