"""SubRip subtitles.

A parser of our own: srt (3.5.3) takes half a minute over a damaged file of 20 kB, and logs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error
from textlien.text.marks import LINE_END
from textlien.transcripts.formats.cues import TIMES, Cue, clock_seconds, damaged, document_of
from textlien.transcripts.formats.rolling import Block, rolls, unrolled
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
    raw, encoding, notes = read_text(source.path, source.shown)
    lines = LINE_END.split(raw.removeprefix("\ufeff"))
    blocks = list(_blocks(lines))
    if not blocks:
        raise raw_error(
            f"{source.shown}: no SubRip subtitles; there is no « 00:00:01,000 --> … ».",
            "Export it again from the program that wrote it.",
        )
    blocks = unrolled(blocks) if rolls(blocks) else blocks
    cues = [
        Cue(start, end, "\n".join(shown), Location(cue=number))
        for number, (start, end, shown) in enumerate(blocks, start=1)
    ]
    document = document_of(cues, source.shown, source.declared)
    problems = (*notes, *damaged(lines, source.shown), *document.problems)
    return [replace(document, problems=problems, encoding=encoding)]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Times of each cue, and what stands below it, up to the next; tags and blank lines go.

    What stands below a line of times that cannot be read stays out.
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
            shown = [text for text in texts if text]
            yield clock_seconds(match["start"]), clock_seconds(match["end"]), shown
