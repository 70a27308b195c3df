"""Subtitles that roll up, as YouTube makes them: each line shown two or three times.

A line appears, often word by word, is shown again whole, and moves up when the next one appears.
Programs that make SubRip of such files keep all of it, so that every word would count thrice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# Subtitles roll when at least three cues, and half of those with something new, begin with lines
# of the one before: 88, 95 and 99 % do in three files of automatic captions of YouTube. Where
# people say « Oui. » twice, few do; between the two the numbers do not matter.
_FEWEST_ROLLED, _LEAST_SHARE_ROLLED = 3, 0.5


class Cue(NamedTuple):
    """One subtitle as its file has it.

    Attributes
    ----------
    start, end : seconds, or None where the times cannot be read.
    lines : not blank.
    """

    start: float | None
    end: float | None
    lines: list[str]


def rolls(cues: Sequence[Cue]) -> bool:
    """True when cues with new text mostly begin with the last lines of the cue before.

    Speech recognition that ran idle repeats whole cues: nothing in them is new.
    """
    before: list[str] = []
    new = rolled = 0
    for cue in cues:
        overlap = _overlap(before, cue.lines)
        if before and cue.lines[overlap:]:
            new += 1
            rolled += overlap > 0
        before = cue.lines or before
    return rolled >= max(_FEWEST_ROLLED, _LEAST_SHARE_ROLLED * new)


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Each line once: of what a cue shows, what the cue before it did not show.

    >>> cues = [Cue(0, 1, ["oui"]), Cue(1, 2, ["oui", "je viens"]), Cue(2, 3, ["je viens"])]
    >>> [cue.lines for cue in unrolled(cues)]
    [['oui'], ['je viens']]
    """
    kept: list[Cue] = []
    before: list[str] = []
    for cue in cues:
        new = cue.lines[_overlap(before, cue.lines) :]
        if new:
            kept.append(cue._replace(lines=new))
        before = cue.lines or before
    return kept


def _overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """Number of lines at the end of one cue that the next one begins with."""
    most = min(len(before), len(lines))
    return next((n for n in range(most, 0, -1) if before[-n:] == lines[:n]), 0)
