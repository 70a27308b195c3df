"""JSON of speech recognition: Whisper, WhisperX, faster-whisper, whisper.cpp."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.cues import document_of
from textlien.transcripts.formats.segments import (
    LONGEST_LABEL,
    Segment,
    seconds,
    whole_characters,
)
from textlien.transcripts.model import Document


def read(source: Source) -> list[Document]:
    """Read a ``.json`` of speech recognition: one document; a speaker where a segment states one.

    Understood are a list of segments, alone or under ``segments``, with ``start``, ``end`` and
    ``text``, and ``transcription`` of whisper.cpp with ``offsets`` in milliseconds. Of a segment
    without a speaker whose words have one, it is that of most words.

    Raises
    ------
    TextlienError
        When it is not JSON, with its line, or holds no such segments.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    items = _items(_content(raw, source.file))
    if items is None:
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.json-without-segments", place))
    segments = [
        segment for number, item in enumerate(items, 1) for segment in _segments(number, item)
    ]
    notes = [*notes, *_untimed(segments, len(items), source.file)]
    return [document_of(segments, source, notes, encoding)]


def _content(raw: str, file: str) -> Any:
    """Content of the JSON."""
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        place = Location(file=file, line=error.lineno, column=error.colno)
        raise TextlienError(Problem.error("transcripts.not-json", place)) from error
    except (RecursionError, ValueError) as error:  # nested thousands deep; digits by the thousand
        place = Location(file=file)
        raise TextlienError(Problem.error("transcripts.strange-json", place)) from error


def _items(content: Any) -> list[Any] | None:
    """The list of segments, wherever it is."""
    for key in ("segments", "transcription", "chunks"):
        if isinstance(content, dict) and isinstance(content.get(key), list):
            content = content[key]
    is_segments = isinstance(content, list) and any(
        isinstance(item, dict) and isinstance(item.get("text"), str) for item in content
    )
    return content if is_segments else None


def _segments(number: int, item: Any) -> Iterator[Segment]:
    """The segment, if it has a text; its times as whichever program wrote them."""
    text = item.get("text") if isinstance(item, dict) else None
    if not isinstance(text, str) or not text.strip():
        return
    offsets = item.get("offsets")
    times = item.get("timestamp")
    if isinstance(offsets, dict):
        start, end = (seconds(offsets.get(key), per_second=1000) for key in ("from", "to"))
    elif isinstance(times, list) and len(times) == 2:
        start, end = seconds(times[0]), seconds(times[1])
    else:
        start, end = seconds(item.get("start")), seconds(item.get("end"))
    place = Location(segment=number)
    yield Segment(start, end, _speaker(item), whole_characters(text), place)


def _speaker(item: dict[str, Any]) -> str:
    """The speaker that the segment states, or that most of its words do."""
    name = item.get("speaker")
    if not isinstance(name, (str, int)) or isinstance(name, bool):
        words = item.get("words")
        spoken = [
            word["speaker"]
            for word in (words if isinstance(words, list) else [])
            if isinstance(word, dict) and isinstance(word.get("speaker"), str)
        ]
        name = max(dict.fromkeys(spoken), key=spoken.count) if spoken else ""
    return clean_label(whole_characters(str(name)))[:LONGEST_LABEL]


def _untimed(segments: Sequence[Segment], total: int, file: str) -> Iterator[Problem]:
    """A note where some segments have a time and others none."""
    untimed = sum(segment.start is None for segment in segments)
    if untimed and untimed < len(segments):
        yield Problem.note(
            "transcripts.untimed-segments", Location(file=file), segments=untimed, total=total
        )
