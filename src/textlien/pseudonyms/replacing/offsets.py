"""Offsets in a text, mapped to the same places after some of it was replaced."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """``text`` stands in the place of the characters ``start`` to ``end``, the end excluded."""

    start: int
    end: int
    text: str


class _Step:
    """One round of replacement: each edit's offsets before and after."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Compute the new offsets of ordered edits."""
        self.starts = [edit.start for edit in edits]
        self.ends = [edit.end for edit in edits]
        self.new_starts: list[int] = []
        self.new_ends: list[int] = []
        grown = 0
        for edit in edits:
            self.new_starts.append(edit.start + grown)
            grown += len(edit.text) - (edit.end - edit.start)
            self.new_ends.append(edit.end + grown)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the old text in the new one."""
        if start == end:
            point = self._begin(start)
            return point, point
        return self._begin(start), self._finish(end)

    def _begin(self, start: int) -> int:
        """The new offset of a beginning: that of the whole edit when it is inside one."""
        index = bisect_right(self.starts, start) - 1
        if index < 0:
            return start
        if start < self.ends[index]:
            return self.new_starts[index]
        return start - self.ends[index] + self.new_ends[index]

    def _finish(self, end: int) -> int:
        """The new offset of an end: behind the whole edit when its last character is in one."""
        index = bisect_left(self.starts, end) - 1
        if index < 0:
            return end
        return self.new_ends[index] + max(0, end - self.ends[index])


class OffsetMap:
    """Map spans of a text to spans of the text after replacements.

    A span that has a part of a replaced piece has the whole of what stands in its place, so that
    a coding that began in the middle of a name begins with the pseudonym.

    Parameters
    ----------
    edits : replacements, in any order, that do not overlap and take at least one character each.

    >>> moved = OffsetMap([Edit(5, 9, "Samir")])
    >>> moved.span(0, 4), moved.span(6, 12)
    ((0, 4), (5, 13))
    """

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        """Order the edits; raise ValueError where two overlap."""
        ordered = sorted(edits)
        for before, after in pairwise(ordered):
            if after.start < before.end:
                raise ValueError(f"edits overlap: {before}, {after}")
        self._steps: tuple[_Step, ...] = (_Step(ordered),)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the new text that stands for ``start`` to ``end`` of the old."""
        for step in self._steps:
            start, end = step.span(start, end)
        return start, end

    def then(self, following: OffsetMap) -> OffsetMap:
        """The map of these replacements and of ``following``, made in their result."""
        both = OffsetMap()
        both._steps = self._steps + following._steps
        return both


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the replacements made.

    >>> edited("Avec Amir.", [Edit(5, 9, "Samir")])
    'Avec Samir.'
    """
    parts: list[str] = []
    last = 0
    for edit in sorted(edits):
        parts += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*parts, text[last:]])
