"""Timed stretches of speech, as subtitles and linguists' formats have them, to utterances."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from textlien.messages.message import Location
from textlien.text.normalise import has_text
from textlien.transcripts.model import Utterance

LONGEST_LABEL = 80
"""Characters of a speaker's label, so that a damaged file gives none of a thousand: a judgement."""

_SILENCE = re.compile(r"\s*\d+[.,]\d+\s*")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# Four months: no recording lasts as long, and no float of it loses milliseconds.
_LONGEST_SECONDS = 10_000_000.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech of one speaker: a subtitle, an interval, an annotation.

    Attributes
    ----------
    start, end : seconds, or None where the file has no time for it.
    speaker : the label, or "" where the format states none.
    text : as written, without the tags of the format.
    place : where it is in the file, without the file.
    section : the thematic section that it stands in, or "".
    """

    start: float | None
    end: float | None
    speaker: str
    text: str
    place: Location
    section: str = ""


def seconds(value: object, *, per_second: float = 1.0) -> float | None:
    """A moment in seconds, or None for what is not a time: text, infinities, negative numbers.

    Parameters
    ----------
    value : a number or its text.
    per_second : 1000 where it is in milliseconds.

    >>> seconds("12.5"), seconds(1500, per_second=1000), seconds("NaN"), seconds("-3")
    (12.5, 1.5, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value) / per_second
    except (ValueError, OverflowError):
        return None
    return round(number, 3) if math.isfinite(number) and 0 <= number <= _LONGEST_SECONDS else None


def whole_characters(text: str) -> str:
    r"""``text`` without halves of characters, which JSON may hold and no file can.

    >>> whole_characters("d\ud800accord") == "d\ufffdaccord"
    True
    """
    return _HALF_CHARACTER.sub("\ufffd", text)


def is_silence(text: str) -> bool:
    """True when a stretch holds only the length of a silence.

    >>> is_silence(" 1.044 "), is_silence("Il y en a 12")
    (True, False)
    """
    return bool(_SILENCE.fullmatch(text))


def in_order_of_time(segments: Iterable[Segment]) -> list[Segment]:
    """Segments by their start; one without a time stays behind the one before it."""
    last = 0.0
    keyed = []
    for number, segment in enumerate(segments):
        last = segment.start if segment.start is not None else last
        keyed.append((last, number, segment))
    return [segment for _, _, segment in sorted(keyed, key=lambda item: item[:2])]


def utterances_of(segments: Iterable[Segment]) -> tuple[Utterance, ...]:
    """One utterance for following segments of one speaker and section; empty ones go."""
    spoken = (segment for segment in segments if has_text(segment.text))
    groups = groupby(spoken, key=lambda segment: (segment.speaker, segment.section))
    return tuple(_joined(list(group)) for _, group in groups)


def _joined(segments: list[Segment]) -> Utterance:
    """The utterance of segments of one speaker: from the first start to the last end."""
    starts = [segment.start for segment in segments if segment.start is not None]
    ends = [segment.end for segment in segments if segment.end is not None]
    first = segments[0]
    return Utterance(
        first.speaker,
        " ".join(segment.text for segment in segments),
        min(starts, default=None),
        max(ends, default=None),
        first.place,
        first.section,
    )
