"""Subtitles that roll up, as YouTube makes them: each line shown two or three times.

A line appears, often word by word, is shown again whole, and moves up when the next one appears.
Programs that make SubRip of such files keep all of it, so that every word would count thrice.
"""

from __future__ import annotations

from collections.abc import Sequence

Block = tuple[float, float, list[str]]
"""Start, end and lines of a cue; lines are not blank."""

_FEWEST, _MOSTLY = 3, 0.5


def rolls(blocks: Sequence[Block]) -> bool:
    """Whether cues that show something new mostly begin with the last lines of the one before.

    Speech recognition that ran idle repeats whole cues: nothing in them is new.
    """
    before: list[str] = []
    new = rolled = 0
    for _, _, shown in blocks:
        overlap = _overlap(before, shown)
        if before and shown[overlap:]:
            new += 1
            rolled += overlap > 0
        before = shown or before
    return rolled >= max(_FEWEST, _MOSTLY * new)


def unrolled(blocks: Sequence[Block]) -> list[Block]:
    """Each line once: of what a cue shows, what the cue before it did not show.

    >>> unrolled([(0, 1, ["oui"]), (1, 2, ["oui", "je viens"]), (2, 3, ["je viens"])])
    [(0, 1, ['oui']), (1, 2, ['je viens'])]
    """
    found: list[Block] = []
    before: list[str] = []
    for start, end, shown in blocks:
        overlap = _overlap(before, shown)
        if shown[overlap:]:
            found.append((start, end, shown[overlap:]))
        before = shown or before
    return found


def _overlap(before: Sequence[str], shown: Sequence[str]) -> int:
    """How many lines at the end of one cue are those that the next begins with."""
    most = min(len(before), len(shown))
    return next((n for n in range(most, 0, -1) if before[-n:] == shown[:n]), 0)
