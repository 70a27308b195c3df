"""Series of numbers that rise through a file: numbers of lines and turns, times of a recording."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise


def chain(values: Sequence[float], *, strict: bool = False) -> list[int]:
    """Places of the longest series that never falls, begun anew where values start again.

    Parameters
    ----------
    values : in order of the file.
    strict : of equal values only the last counts, and a series that begins anew goes on in the
        commonest step.

    >>> chain([1, 2, 1998, 3, 4, 1, 2, 3])
    [0, 1, 3, 4, 5, 6, 7]
    """
    widest = step(values)[0] if strict else math.inf
    starts = [0]
    for place in range(1, len(values) - 2):
        before, low, *after = values[place - 1 : place + 3]
        rises = 0 < after[0] - low <= widest and 0 < after[1] - after[0] <= widest
        if low < before and low <= values[starts[-1]] and rises:
            starts.append(place)
    ends = [*starts[1:], len(values)]
    parts = zip(starts, ends, strict=True)
    return [
        start + place for start, end in parts for place in _longest_rise(values[start:end], strict)
    ]


def _longest_rise(values: Sequence[float], strict: bool) -> list[int]:
    """Places of the longest series of values that never falls."""
    tops: list[float] = []
    last: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tops, value) if strict else bisect_right(tops, value)
        before.append(last[at - 1] if at else -1)
        if at == len(tops):
            tops.append(value)
            last.append(place)
        else:
            tops[at], last[at] = value, place
    places: list[int] = []
    place = last[-1] if last else -1
    while place >= 0:
        places.append(place)
        place = before[place]
    return places[::-1]


def step(values: Sequence[float]) -> tuple[float, float]:
    """The commonest step upwards from value to value, and its share of all steps.

    >>> step([5, 10, 15, 25])
    (5, 0.6666666666666666)
    """
    steps = [after - before for before, after in pairwise(values)]
    commonest = Counter(size for size in steps if size > 0).most_common(1)
    return (commonest[0][0], commonest[0][1] / len(steps)) if commonest else (0, 0)
