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

from textlien.errors import Problem, TextlienError
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.cues import document_of, read_lines
from textlien.transcripts.formats.segments import Segment
from textlien.transcripts.formats.subtitles import Cue, rolls, unrolled
from textlien.transcripts.model import Document

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+(?P<name>[^<>]*))?>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
_WORD_TIME = re.compile(r"<\d[\d:.]*>")


def read(source: Source) -> list[Document]:
    """Read a ``.vtt``: one document; speakers are voices ``<v Name>``, else labels in the text.

    Lines that YouTube repeats while they roll up are taken once; cues of one turn are joined.

    Raises
    ------
    TextlienError
        When it is not a WebVTT file.
    """
    file = read_lines(source, blocks=True)
    notes = list(file.notes)
    if not file.first.startswith("WEBVTT"):
        if not any(cue.start is not None for cue in file.cues):
            raise TextlienError(Problem.error("transcripts.not-vtt", Location(file=source.file)))
        place = Location(file=source.file, line=1)
        notes.append(Problem.warning("transcripts.vtt-without-signature", place))
    cues = file.cues
    if any(_WORD_TIME.search(line) for cue in cues for line in cue.lines):
        cues = unrolled([_without_tags(cue) for cue in cues])
    elif rolls(cues):
        cues = unrolled(cues)
    segments = [segment for number, cue in enumerate(cues, 1) for segment in _voices(number, cue)]
    return [document_of(segments, source, notes, file.encoding)]


def _without_tags(cue: Cue) -> Cue:
    """The cue without tags and the times of words inside it."""
    lines = [text for line in cue.lines if (text := _TAG.sub("", line).strip())]
    return Cue(cue.start, cue.end, lines)


def _voices(number: int, cue: Cue) -> Iterator[Segment]:
    """The cue as a segment, or one for each voice in it."""
    text = "\n".join(cue.lines)
    pieces = _VOICE.split(text) if "<v" in text else [text]
    for speaker, text in zip([None, *pieces[1::2]], pieces[::2], strict=True):
        words = html.unescape(_TAG.sub("", text) if "<" in text else text).strip("\n")
        label = clean_label(html.unescape(speaker)) if speaker else ""
        if words.strip():
            yield Segment(cue.start, cue.end, label, words, Location(cue=number))
