"""Learning curve: what passages of fewer persons would have taught."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from textlien.arrays import Floats, Integers
from textlien.axes.learning.ridge import solve

_PARTS = (0.25, 0.5, 1.0)
"""Parts of the persons: each step doubles them, so that gains of two steps can be compared."""

_DRAWS = 4
"""Draws of a part: together they cost half as much again as the regression on all persons."""

_FEWEST = 3
"""Persons below which a part tells nothing of others."""


class Point(NamedTuple):
    """Passages of some persons, and how well they tell those of another.

    Attributes
    ----------
    n_persons : drawn.
    n_passages : labelled passages of them, mean over draws.
    precisions : (draws, axes), average precision, each person's passages scored by the regression
        without them; NaN where no passage, or every one, carries the axis.
    """

    n_persons: int
    n_passages: float
    precisions: Floats

    @property
    def mean(self) -> float:
        """Mean over draws and axes, NaN without any."""
        means = self.of_draws
        return float(means.mean()) if len(means) else float("nan")

    @property
    def of_draws(self) -> Floats:
        """Mean over axes in each draw that has all axes."""
        whole = self.precisions[~np.isnan(self.precisions).any(axis=1)]
        return np.asarray(whole.mean(axis=1))


def learning_curve(
    kernel: Floats,
    targets: Floats,
    start: Floats,
    groups: Integers,
    judged: NDArray[np.bool_],
    penalty: float,
    seed: int,
) -> list[Point]:
    """Draw a quarter and a half of the persons, and all, and score each without their passages.

    Parameters
    ----------
    kernel : (rows, rows), of the recipe.
    targets, start : (rows, axes), labels, NaN where none, and the scores that are started from.
    groups : (rows,), number of the person.
    judged : (rows,), True for the passages of persons that are drawn; the others always teach.
    penalty : λ of the recipe.
    seed : of the draws.
    """
    persons = np.unique(groups[judged])
    points = []
    for part in _PARTS:
        number = round(part * len(persons))
        if number < _FEWEST:
            continue
        sizes, precisions = [], []
        for drawn in _draws(persons, number, seed):
            rows = np.flatnonzero(~judged | np.isin(groups, drawn))
            remainder = targets[rows] - start[rows]
            solution = solve(kernel[np.ix_(rows, rows)], remainder, groups[rows], penalty)
            scores = (solution.held_out + start[rows])[judged[rows]]
            y = targets[rows][judged[rows]]
            sizes.append(len(y))
            precisions.append([_precision(*columns) for columns in zip(y.T, scores.T, strict=True)])
        points.append(Point(number, float(np.mean(sizes)), np.array(precisions)))
    return points


def next_passages(points: list[Point], number: int) -> tuple[float, float] | None:
    """Extend the last doubling of the curve by some passages.

    Returns
    -------
    What they would bring to the mean average precision, and its standard error from the spread of
    draws; None where the last doubling cannot be told from the luck of the draw.
    """
    if len(points) < 2 or len(points[-2].of_draws) < 2:
        return None
    half, whole = points[-2:]
    gain = whole.mean - half.mean
    error = float(half.of_draws.std(ddof=1) / np.sqrt(len(half.of_draws)))
    if not gain > 2 * error:
        return None
    doublings = np.log2(1 + number / whole.n_passages) / np.log2(whole.n_passages / half.n_passages)
    return float(gain * doublings), float(error * doublings)


def _draws(persons: Integers, number: int, seed: int) -> Iterator[Integers]:
    """Persons of each draw; of all of them there is one."""
    if number == len(persons):
        yield persons
        return
    generator = np.random.default_rng(seed)
    for _ in range(_DRAWS):
        yield generator.choice(persons, number, replace=False)


def _precision(y: Floats, scores: Floats) -> float:
    """Average precision of the passages on which coders are not evenly split."""
    clear = ~np.isnan(y) & (y != 0.5)
    y_true = y[clear] > 0.5
    if not 0 < y_true.sum() < len(y_true):
        return float("nan")
    return float(average_precision_score(y_true, scores[clear]))
