"""WebVTT subtitles: Teams, Zoom, Whisper, noScribe, YouTube.

A parser of our own: webvtt-py keeps the rolling lines of YouTube, gives the words of a second
``<v>`` in a cue to the first, and drops a cue whose time is damaged without a word.

References
----------
W3C, WebVTT: The Web Video Text Tracks Format, 2019.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import takewhile

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.cues import TIMES, document_of, read_lines, times_of
from textlien.transcripts.formats.rolling import Cue, rolls, unrolled
from textlien.transcripts.formats.segments import Segment
from textlien.transcripts.model import Document

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+(?P<name>[^<>]*))?>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
_WORD_TIME = re.compile(r"<\d[\d:.]*>")
_APART = ("NOTE", "STYLE", "REGION")


def read(source: Source) -> list[Document]:
    """Read a ``.vtt``: one document; speakers are voices ``<v Name>``, else labels in the text.

    Lines that YouTube repeats while they roll up are taken once; cues of one turn are joined.

    Raises
    ------
    TextlienError
        When it is not a WebVTT file.
    """
    file = read_lines(source)
    notes = list(file.notes)
    if not file.lines[0].startswith("WEBVTT"):
        if not any(TIMES.fullmatch(line) for line in file.lines):
            raise TextlienError(Problem.error("transcripts.not-vtt", Location(file=source.file)))
        place = Location(file=source.file, line=1)
        notes.append(Problem.warning("transcripts.vtt-without-signature", place))
    cues = list(_cues(file.lines))
    if any(_WORD_TIME.search(line) for cue in cues for line in cue.lines):
        cues = unrolled([_without_tags(cue) for cue in cues])
    elif rolls(cues):
        cues = unrolled(cues)
    segments = [segment for number, cue in enumerate(cues, 1) for segment in _voices(number, cue)]
    return [document_of(segments, source, notes, file.encoding)]


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Cues in order; notes, styles and regions stay out."""
    index, total = 0, len(lines)
    while index < total:
        match = TIMES.fullmatch(lines[index])
        if match is None:
            index = _after_block(lines, index) if lines[index].startswith(_APART) else index
            index += 1
            continue
        payload = list(takewhile(_is_payload, map(lines.__getitem__, range(index + 1, total))))
        index += 1 + len(payload)
        is_next = index < total and payload and TIMES.fullmatch(lines[index])
        if is_next and payload[-1].strip().isdigit():
            payload.pop()  # the number of the next cue, its blank line missing
        yield Cue(*times_of(match), [line.strip() for line in payload if line.strip()])


def _is_payload(line: str) -> bool:
    """True when a line below the times of a cue belongs to that cue."""
    return bool(line) and not TIMES.fullmatch(line)


def _after_block(lines: list[str], start: int) -> int:
    """Index of the blank line that ends a block, or of the end of the file."""
    blank = (index for index in range(start, len(lines)) if not lines[index].strip())
    return next(blank, len(lines))


def _without_tags(cue: Cue) -> Cue:
    """The cue without tags and the times of words inside it."""
    return cue._replace(lines=[text for line in cue.lines if (text := _TAG.sub("", line).strip())])


def _voices(number: int, cue: Cue) -> Iterator[Segment]:
    """The cue as a segment, or one for each voice in it."""
    pieces = _VOICE.split("\n".join(cue.lines))
    for speaker, text in zip([None, *pieces[1::2]], pieces[::2], strict=True):
        words = html.unescape(_TAG.sub("", text)).strip("\n")
        label = clean_label(html.unescape(speaker or ""))
        if words.strip():
            yield Segment(cue.start, cue.end, label, words, Location(cue=number))
