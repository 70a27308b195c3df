"""Timed stretches of speech, as linguists' formats have them, to utterances."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from textlien.messages.message import Location
from textlien.text.normalise import normalise
from textlien.transcripts.model import Utterance

NOT_SPEAKERS = frozenset(
    "turns comments sections turn comment section commentaires commentaire notes bruits "
    "tours themes topics background mots words phones phonemes syllabes".split()
)
"""Names of tiers, folded, that are no speakers."""

_SILENCE = re.compile(r"\s*\d+[.,]\d+\s*")


def is_silence(text: str) -> bool:
    """Whether a stretch holds only the length of a silence.

    >>> is_silence(" 1.044 "), is_silence("Il y en a 12")
    (True, False)
    """
    return bool(_SILENCE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech of one speaker.

    Attributes
    ----------
    start, end : seconds, or None where the file has no time for it.
    speaker : the label.
    text : as written.
    place : where it stands in the file.
    section : the thematic section that it stands in, or "".
    """

    start: float | None
    end: float | None
    speaker: str
    text: str
    place: Location
    section: str = ""


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
    spoken = (segment for segment in segments if normalise(segment.text))
    groups = groupby(spoken, key=lambda segment: (segment.speaker, segment.section))
    return tuple(_joined(list(group)) for _, group in groups)


def _joined(segments: list[Segment]) -> Utterance:
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
