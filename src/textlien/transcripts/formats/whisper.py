"""JSON of speech recognition: Whisper, WhisperX, faster-whisper, whisper.cpp."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.transcripts.formats.cues import Cue, document_of
from textlien.transcripts.formats.values import seconds, whole
from textlien.transcripts.model import Document

_EXPECTED = '"segments": [{"start": 0.0, "end": 2.5, "text": "…", "speaker": "…"}]'


def read(source: Source) -> list[Document]:
    """Read a ``.json`` of speech recognition: one document; a speaker where a segment states one.

    Understood are a list of segments, alone or under ``segments``, with ``start``, ``end`` and
    ``text``, and ``transcription`` of whisper.cpp with ``offsets`` in milliseconds. Of a segment
    without a speaker whose words have one, it is that of most words.

    Raises
    ------
    TextlienError
        When it is no JSON, with its line, or holds no such segments.
    """
    raw, encoding, notes = read_text(source.path, source.shown)
    try:
        content = json.loads(raw)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise raw_error(
            f"{source.shown}, {place}: not valid JSON ({error.msg}).",
            "Export it again from the program that wrote it; the file may have been cut.",
        ) from error
    except (RecursionError, ValueError) as error:  # nested thousands deep; digits by the thousand
        raise raw_error(
            f"{source.shown}: JSON that no transcript needs ({type(error).__name__}).",
            "Export it again from the program that wrote it.",
        ) from error
    items = _items(content)
    if items is None:
        raise raw_error(
            f"{source.shown}: JSON, but no segments of speech recognition.",
            f"Expected {_EXPECTED}, as Whisper and WhisperX write it.",
        )
    cues = [cue for number, item in enumerate(items, 1) for cue in _cues(number, item)]
    problems = [*notes, *_unread(len(items), cues, source.shown)]
    document = document_of(cues, source.shown, source.declared)
    problems += document.problems
    return [replace(document, problems=tuple(problems), encoding=encoding)]


def _items(content: Any) -> list[Any] | None:
    """The list of segments, wherever it is."""
    for key in ("segments", "transcription", "chunks"):
        if isinstance(content, dict) and isinstance(content.get(key), list):
            content = content[key]
    is_segments = isinstance(content, list) and any(
        isinstance(item, dict) and isinstance(item.get("text"), str) for item in content
    )
    return content if is_segments else None


def _cues(number: int, item: Any) -> Iterator[Cue]:
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
    yield Cue(start, end, whole(text), Location(segment=number), _speaker(item))


def _speaker(item: dict[str, Any]) -> str:
    name = item.get("speaker")
    if not isinstance(name, (str, int)) or isinstance(name, bool):
        words = item.get("words")
        spoken = [
            word["speaker"]
            for word in (words if isinstance(words, list) else [])
            if isinstance(word, dict) and isinstance(word.get("speaker"), str)
        ]
        name = max(dict.fromkeys(spoken), key=spoken.count) if spoken else ""
    return collapse_blanks(normalise_characters(whole(str(name))))[:80]


def _unread(total: int, cues: list[Cue], shown: str) -> Iterator[Problem]:
    untimed = sum(cue.start is None for cue in cues)
    if untimed and untimed < len(cues):
        message = f"{untimed:,} of {total:,} segments have no time that can be read."
        hint = "Their words were kept. Export it again if times matter to you."
        yield raw_problem(shown, message, hint, severity="note")
