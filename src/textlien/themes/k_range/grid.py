"""Range of k as it is typed: ``5-40``, ``5-40:5``, ``5,10,20``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.themes.fitting import FEWEST

MOST = 200
"""Greatest k, as in the study file."""

_GRID = (2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200)
"""Numbers tried between two ends, each about a fourth more than the one before.

Between 30 and 31 themes nothing changes that one would see.
"""

# A word processor makes an en dash of the hyphen.
_RANGE = re.compile(r"(\d{1,9})\s*[-–—]\s*(\d{1,9})(?:\s*:\s*([1-9]\d{0,8}))?")
_LIST = re.compile(r"\d{1,9}(?:\s*[,;]\s*\d{1,9})*")
_NUMBER = re.compile(r"\d+")

_PLACE = Location(argument="--k")


def read_range(text: str) -> tuple[int, ...]:
    """Read a range of k.

    Parameters
    ----------
    text : two ends, between which a grid of numbers is tried that grow by about a fourth; two
        ends and a step; or the numbers themselves.

    Returns
    -------
    Numbers, rising, each once.

    Raises
    ------
    TextlienError
        When it is neither, its ends are the wrong way round, or a number is not from 2 to 200.
    """
    ends = _RANGE.fullmatch(text.strip())
    if ends:
        first, last = int(ends[1]), int(ends[2])
        if first > last:
            problem = Problem.error("k_range.backwards", _PLACE, first=first, last=last)
            raise TextlienError(problem)
        _check((first, last))
        return _between(first, last, ends[3])
    if not _LIST.fullmatch(text.strip()):
        raise TextlienError(Problem.error("k_range.not-a-range", _PLACE, value=text))
    numbers = sorted({int(number) for number in _NUMBER.findall(text)})
    _check(numbers)
    return tuple(numbers)


def _between(first: int, last: int, step: str | None) -> tuple[int, ...]:
    """Numbers from one end to the other: by a step, or those of the grid."""
    if step is not None:
        return tuple(range(first, last + 1, int(step)))
    return tuple(sorted({first, last, *(k for k in _GRID if first < k < last)}))


def _check(numbers: Sequence[int]) -> None:
    """Refuse numbers that the study file would refuse too."""
    outside = tuple(number for number in numbers if not FEWEST <= number <= MOST)
    if outside:
        raise TextlienError(
            Problem.error(
                "k_range.outside", _PLACE, n=len(outside), ks=outside, fewest=FEWEST, most=MOST
            )
        )


def limited(ks: Sequence[int], most: int) -> tuple[int, ...]:
    """The numbers that a corpus can hold, and the most that it can in place of greater ones."""
    return tuple(sorted({min(k, most) for k in ks}))
