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
from dataclasses import replace

from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.text.marks import LINE_END, collapse_blanks, normalise_characters
from textlien.transcripts.formats.cues import TIMES, Cue, clock_seconds, damaged, document_of
from textlien.transcripts.formats.rolling import Block, rolls, unrolled
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
        When it is no WebVTT file.
    """
    raw, encoding, notes = read_text(source.path, source.shown)
    lines = LINE_END.split(raw.removeprefix("\ufeff"))
    problems = list(notes)
    if not lines[0].startswith("WEBVTT"):
        if not any(TIMES.fullmatch(line) for line in lines):
            raise raw_error(
                f"{source.shown}: no WebVTT subtitles; there is no line « 00:00:01.000 --> … ».",
                "Export it again from the program that wrote it.",
            )
        hint = "It was read all the same. Export it again if something is missing."
        message = 'does not begin with "WEBVTT".'
        problems.append(raw_problem(source.shown, message, hint, "line 1", "warning"))
    problems += damaged(lines, source.shown)
    blocks = list(_blocks(lines))
    if any(_WORD_TIME.search(line) for _, _, payload in blocks for line in payload):
        blocks = unrolled([_untagged(block) for block in blocks])
    elif rolls(blocks):
        blocks = unrolled(blocks)
    cues = [cue for number, block in enumerate(blocks, 1) for cue in _cues(number, block)]
    document = document_of(cues, source.shown, source.declared)
    problems += document.problems
    return [replace(document, problems=tuple(problems), encoding=encoding)]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Start, end and lines of each cue; notes, styles and regions stay out."""
    index, total = 0, len(lines)
    while index < total:
        match = TIMES.fullmatch(lines[index])
        if match is None:
            if lines[index].startswith(_APART):
                while index < total and lines[index].strip():
                    index += 1
            index += 1
            continue
        payload = []
        index += 1
        while index < total and lines[index] and not TIMES.fullmatch(lines[index]):
            payload.append(lines[index])
            index += 1
        is_next = index < total and payload and TIMES.fullmatch(lines[index])
        if is_next and payload[-1].strip().isdigit():
            payload.pop()  # the number of the next cue, its blank line missing
        shown = [line.strip() for line in payload if line.strip()]
        yield clock_seconds(match["start"]), clock_seconds(match["end"]), shown


def _untagged(block: Block) -> Block:
    start, end, payload = block
    return start, end, [text for line in payload if (text := _TAG.sub("", line).strip())]


def _cues(number: int, block: Block) -> Iterator[Cue]:
    """The cue, or one for each voice in it."""
    start, end, payload = block
    pieces = _VOICE.split("\n".join(payload))
    for speaker, text in zip([None, *pieces[1::2]], pieces[::2], strict=True):
        words = html.unescape(_TAG.sub("", text)).strip("\n")
        name = collapse_blanks(normalise_characters(html.unescape(speaker or "")))
        if words.strip():
            yield Cue(start, end, words, Location(cue=number), name)
