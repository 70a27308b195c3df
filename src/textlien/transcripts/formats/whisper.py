"""JSON of speech recognition: whose words a segment holds, and what it lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import clean_label
from textlien.transcripts.formats.cues import document_of
from textlien.transcripts.formats.recognition import Stretch, stretches_of
from textlien.transcripts.formats.segments import (
    LONGEST_LABEL,
    Segment,
    whole_characters,
)
from textlien.transcripts.model import Document

# Words of somebody else inside a segment that are an error of the program rather than a person,
# unless they are a sentence of their own: « Oui. » is, « un » within « C'est un mot » is not.
_FLICKER = 2
_SENTENCE_END = re.compile(r"[.?!…]\W*$")


def read(source: Source) -> list[Document]:
    """Read a ``.json`` of speech recognition: one document; a speaker where a segment states one.

    A segment whose words are of several speakers is cut where they change.

    Raises
    ------
    TextlienError
        When it is not JSON, with its line, or holds no segments (:mod:`recognition`).
    """
    raw, encoding, notes = read_text(source.path, source.file)
    parts = stretches_of(_content(raw, source.file))
    if not parts:
        place = Location(file=source.file)
        raise TextlienError(Problem.error("transcripts.json-without-segments", place))
    segments = [
        segment for number, part in enumerate(parts, 1) for segment in _segments(number, part)
    ]
    notes = [*notes, *_untimed(segments, source.file)]
    return [document_of(segments, source, notes, encoding)]


def _content(raw: str, file: str) -> Any:
    """Content of the JSON; of several values, as in JSON lines, their list."""
    decoder, values, position = json.JSONDecoder(), [], 0
    text = raw.removeprefix("\ufeff")
    try:
        while position < len(text):
            value, position = decoder.raw_decode(text, _behind_blanks(text, position))
            values.append(value)
            position = _behind_blanks(text, position)
    except json.JSONDecodeError as error:
        place = Location(file=file, line=error.lineno, column=error.colno)
        raise TextlienError(Problem.error("transcripts.not-json", place)) from error
    except (RecursionError, ValueError) as error:  # nested thousands deep; digits by the thousand
        place = Location(file=file)
        raise TextlienError(Problem.error("transcripts.strange-json", place)) from error
    return values[0] if len(values) == 1 else values


_BLANKS = re.compile(r"[\s,]*")


def _behind_blanks(text: str, position: int) -> int:
    """Offset of what follows blanks, or a comma between two values."""
    match = _BLANKS.match(text, position)
    return match.end() if match else position


class _Run(NamedTuple):
    """Following words of one speaker: who, its first word, and the one behind it."""

    speaker: str
    first: int
    end: int


def _segments(number: int, part: Stretch) -> Iterator[Segment]:
    """A segment, cut where its words change the speaker."""
    place = Location(segment=number)
    runs = _runs(part.words)
    speakers = {run.speaker for run in runs}
    offsets = _offsets(part) if len(speakers) > 1 else None
    if offsets is None:
        longest = max(runs, key=lambda run: run.end - run.first, default=_Run("", 0, 0))
        speaker = part.speaker or longest.speaker
        text = whole_characters(part.text)
        yield Segment(part.start, part.end, _label(speaker), text, place)
        return
    starts = [0, *(offsets[run.first] for run in runs[1:])]
    ends = [*starts[1:], len(part.text)]
    for run, start, end in zip(runs, starts, ends, strict=True):
        words = part.words[run.first : run.end]
        text = whole_characters(part.text[start:end])
        begin = part.start if run.first == 0 else words[0].start
        finish = part.end if run.end == len(part.words) else words[-1].end
        yield Segment(begin, finish, _label(run.speaker), text, place)


def _runs(words: Sequence[Stretch]) -> list[_Run]:
    """Runs of words of one speaker; a word without one belongs to those before, or behind."""
    speakers = [word.speaker for word in words]
    last = next(filter(None, speakers), "")
    runs: list[_Run] = []
    for number, speaker in enumerate(speakers):
        last = speaker or last
        if runs and runs[-1].speaker == last:
            runs[-1] = runs[-1]._replace(end=number + 1)
        else:
            runs.append(_Run(last, number, number + 1))
    if len(runs) < 2:
        return runs
    longest = max(runs, key=lambda run: run.end - run.first)
    firm = [run for run in runs if run is longest or _is_firm(run, words)]
    return list(_merged(firm, len(words)))


def _is_firm(run: _Run, words: Sequence[Stretch]) -> bool:
    """True for more words than an error has, or for a sentence."""
    if run.end - run.first > _FLICKER:
        return True
    begins = run.first == 0 or bool(_SENTENCE_END.search(words[run.first - 1].text))
    return begins and bool(_SENTENCE_END.search(words[run.end - 1].text))


def _merged(runs: Sequence[_Run], total: int) -> Iterator[_Run]:
    """Runs that tile all words again; neighbours of one speaker are one."""
    kept: list[_Run] = []
    for run in runs:
        if not kept or kept[-1].speaker != run.speaker:
            kept.append(run)
    bounds = [0, *(run.first for run in kept[1:]), total]
    for run, first, end in zip(kept, bounds[:-1], bounds[1:], strict=True):
        yield _Run(run.speaker, first, end)


def _offsets(part: Stretch) -> list[int] | None:
    """Offset in a segment of each of its words, or None where its text has other words."""
    offsets = []
    position = 0
    for word in part.words:
        offset = part.text.find(word.text.strip(), position)
        if offset < 0:
            return None
        offsets.append(offset)
        position = offset + len(word.text.strip())
    return offsets


def _label(speaker: str) -> str:
    """A speaker as a label: one line, no halves of characters, not too long."""
    return clean_label(whole_characters(speaker))[:LONGEST_LABEL]


def _untimed(segments: Sequence[Segment], file: str) -> Iterator[Problem]:
    """A note where some segments have a time and others none."""
    untimed = sum(segment.start is None for segment in segments)
    if untimed and untimed < len(segments):
        yield Problem.note(
            "transcripts.untimed-segments",
            Location(file=file),
            segments=untimed,
            total=len(segments),
        )
