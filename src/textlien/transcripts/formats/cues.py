"""Subtitles and segments of speech recognition: timed cues to utterances."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.raw import raw_problem
from textlien.text.marks import LINE_END
from textlien.transcripts.formats.segments import Segment, utterances_of
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.speakers.utterances import Paragraph, split

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
TIMES = re.compile(rf"\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})(?:\s.*)?")
"""The line of a cue's times, in WebVTT and SubRip: hours may be absent, or above 99."""

_LONG_SILENCE = 2.0
_DASH = re.compile(r"^\s*(?:[-–—]|>>)\s*(?=\S)")
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle.

    Attributes
    ----------
    start, end : seconds, or None.
    text : its lines, tags taken off.
    place : where it is in the file.
    speaker : who says it, where the format states it; "" where it does not.
    """

    start: float | None
    end: float | None
    text: str
    place: Location
    speaker: str = ""


def clock_seconds(clock: str) -> float:
    """Seconds of a moment that :data:`TIMES` found.

    >>> clock_seconds("01:02,5"), clock_seconds("100:00:00.250")
    (62.5, 360000.25)
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return round(total, 3)


def damaged(lines: Sequence[str], shown: str) -> list[Problem]:
    """A warning that counts the lines of times that cannot be read, and names the first."""
    found = [
        number
        for number, line in enumerate(lines, start=1)
        if "-->" in line and not TIMES.fullmatch(line)
    ]
    if not found:
        return []
    message = f"{len(found):,} cues whose times cannot be read were left out."
    hint = "Write them as 00:00:01.000 --> 00:00:02.000."
    return [raw_problem(shown, message, hint, f"line {found[0]}", "warning")]


def document_of(cues: Sequence[Cue], shown: str, declared: frozenset[str]) -> Document:
    """One interview of cues in order.

    Speakers are those that the format states; a cue without one goes on with the one before. Where
    it states none, labels at the beginning of lines (« Enquêteur : … ») are learnt as in any
    text. Following cues of one speaker are one utterance; where nobody is named, a silence of
    two seconds begins another one, and so does a dash or « >> ».

    Parameters
    ----------
    cues : in order of the file.
    shown : name of the file in messages.
    declared : labels of the study file.
    """
    cues = [cue for cue in cues if cue.text.strip()]
    problems = _repeated(cues, shown)
    if any(cue.speaker for cue in cues):
        named = _carried_on(cues)
        return Document("", {}, utterances_of(_segments(named)), tuple(problems))
    document = _labelled(cues, shown, declared)
    if any(utterance.speaker for utterance in document.utterances):
        return replace(document, problems=(*problems, *document.problems))
    utterances = tuple(
        utterance for group in _by_silence(cues) for utterance in utterances_of(_segments(group))
    )
    return Document("", {}, utterances, (*problems, *document.problems))


def _segments(cues: Sequence[Cue]) -> list[Segment]:
    return [
        Segment(cue.start, cue.end, cue.speaker, " ".join(cue.text.split("\n")), cue.place)
        for cue in cues
    ]


def _carried_on(cues: Sequence[Cue]) -> list[Cue]:
    """Cues without a speaker get that of the one before, or of the first that has one."""
    speaker = next(cue.speaker for cue in cues if cue.speaker)
    found = []
    for cue in cues:
        speaker = cue.speaker or speaker
        found.append(replace(cue, speaker=speaker))
    return found


def _labelled(cues: Sequence[Cue], shown: str, declared: frozenset[str]) -> Document:
    """Read lines of cues as paragraphs of a text, and give utterances the times of their cues."""
    lines = [
        (cue, Paragraph(line, _line_of(cue, number)))
        for cue in cues
        for number, line in enumerate(LINE_END.split(cue.text), start=1)
        if line.strip()
    ]
    document = split([paragraph for _, paragraph in lines], shown, declared)
    first = {paragraph.place: index for index, (_, paragraph) in enumerate(lines)}
    starts = [first[utterance.place] for utterance in document.utterances]
    ends = [start - 1 for start in starts[1:]] + [len(lines) - 1] if starts else []
    timed = []
    for utterance, start, end in zip(document.utterances, starts, ends, strict=True):
        opening, closing = lines[start][0], lines[max(start, end)][0]
        timed.append(
            replace(
                utterance,
                original=" ".join(utterance.original.split("\n")),
                time_start=opening.start,
                time_end=closing.end,
                place=opening.place,
            )
        )
    return replace(document, utterances=_together(timed))


def _line_of(cue: Cue, number: int) -> Location:
    """Place of a line of a cue; the first line is the cue itself."""
    return replace(cue.place, line=number) if number > 1 else cue.place


def _together(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Following cues of one speaker as one utterance: Zoom and WhisperX label every cue."""
    found = []
    for _, group in groupby(utterances, key=lambda said: (said.speaker, said.section)):
        first, *others = group
        original = " ".join(said.original for said in (first, *others))
        end = others[-1].time_end if others else first.time_end
        found.append(replace(first, original=original, time_end=end))
    return tuple(found)


def _by_silence(cues: Sequence[Cue]) -> list[list[Cue]]:
    groups: list[list[Cue]] = []
    end: float | None = None
    for cue in cues:
        is_apart = cue.start is not None and end is not None and cue.start - end > _LONG_SILENCE
        if not groups or is_apart or _DASH.match(cue.text):
            groups.append([])
        groups[-1].append(replace(cue, text=_DASH.sub("", cue.text)))
        end = cue.end if cue.end is not None else end
    return groups


def _repeated(cues: Sequence[Cue], shown: str) -> list[Problem]:
    """The same words many times in a row: speech recognition that ran idle."""
    problems = []
    run = 1
    for number, cue in enumerate(cues):
        follows = number > 0 and cue.text.strip() == cues[number - 1].text.strip()
        run = run + 1 if follows else 1
        if run == _REPEATS:
            first = cues[number - _REPEATS + 1]
            message = f"« {cue.text.strip()[:40]} » comes {_REPEATS} times or more in a row."
            hint = "Speech recognition writes this where nobody speaks. Listen, and remove it."
            problems.append(raw_problem(shown, message, hint, first.place, "warning"))
    return problems
