"""Classifiers of the axes: one recipe for all, a calibrated ridge regression each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from textlien.arrays import Floats, Integers
from textlien.axes.features.fitting import Columns, beside
from textlien.axes.features.parts import Part, PassageFeatures
from textlien.axes.learning.calibration import best_threshold, calibrate, expected_threshold
from textlien.axes.learning.curve import Point, learning_curve
from textlien.axes.learning.decisions import Tried
from textlien.axes.learning.recipes import Recipe, Trial, choose, summed, try_recipes
from textlien.axes.learning.ridge import CONSTANT, solve


@dataclass(frozen=True)
class AxisClassifier:
    """A linear score, its calibration, and what decisions are made by.

    Attributes
    ----------
    weights : (columns,), one a column of the features.
    intercept : of the score.
    slope, offset : of Platt's calibration of its scores.
    threshold : probability from which « yes » has the greatest F1.
    tried : passages by which errors of decisions are bounded.
    """

    weights: Floats
    intercept: float
    slope: float
    offset: float
    threshold: float
    tried: Tried

    def score(self, X: sparse.csr_matrix) -> Floats:
        """Score of each row of features: (rows,)."""
        return np.asarray(X @ self.weights + self.intercept, dtype=np.float64)

    def probability(self, X: sparse.csr_matrix, before: Floats | float = 0.0) -> Floats:
        """Calibrated probability of each row of features: (rows,).

        ``before`` has the scores of the prior where the weights are beside those of a prior.
        """
        return self.calibrated(self.score(X) + before)

    def calibrated(self, scores: Floats) -> Floats:
        """Probabilities of scores."""
        return np.asarray(expit(self.slope * scores + self.offset), dtype=np.float64)


class PriorScores(NamedTuple):
    """Scores of passages by a model trained before, on other texts.

    Attributes
    ----------
    scores : (passages, axes), before calibration; 0 on axes that it does not know.
    calibrations : slope and offset of each axis; None for those that it does not know.
    """

    scores: Floats
    calibrations: Sequence[tuple[float, float] | None]


@dataclass(frozen=True)
class Classifiers:
    """The classifiers of all axes.

    Attributes
    ----------
    recipe : what they look at.
    trials : the recipes that it was chosen from.
    features : the parts of the recipe.
    by_axis : in the order of the codebook.
    """

    recipe: Recipe
    trials: Sequence[Trial]
    features: PassageFeatures
    by_axis: Mapping[str, AxisClassifier]


@dataclass(frozen=True)
class Labelled:
    """Passages with labels, and their features.

    Attributes
    ----------
    axes : keys, in the order of the columns of ``targets``.
    targets : (passages, axes), in [0, 1]; NaN where not labelled.
    groups : (passages,), number of the person of each.
    columns : of each part that there is anything of.
    judged : (passages,), True for those that recipe, calibration and thresholds are chosen on.
    prior : scores of the same passages and axes by a model that may be started from.
    """

    axes: Sequence[str]
    targets: Floats
    groups: Integers
    columns: Mapping[Part, Columns]
    judged: NDArray[np.bool_]
    prior: PriorScores | None = None

    @cached_property
    def kernels(self) -> Mapping[Part, Floats]:
        """Products of the features of each two passages, by part; computed once for all folds."""
        return {part: _products(columns.features) for part, columns in self.columns.items()}

    def features(self, recipe: Recipe) -> PassageFeatures:
        """The parts of a recipe, side by side."""
        return PassageFeatures(tuple(self.columns[part].fitted for part in recipe.parts))

    def fit(self, rows: Integers, seed: int) -> Classifiers:
        """Choose a recipe and fit the classifiers on some of the passages.

        Parameters
        ----------
        rows : numbers of passages, rising.
        seed : see :func:`~textlien.axes.learning.recipes.try_recipes`.
        """
        targets, groups, judged = self.targets[rows], self.groups[rows], self.judged[rows]
        kernels = {part: kernel[np.ix_(rows, rows)] for part, kernel in self.kernels.items()}
        prior = None if self.prior is None else self.prior.scores[rows]
        trials = try_recipes(kernels, targets, groups, judged, seed, prior)
        recipe = choose(trials)
        calibrations: Sequence[tuple[float, float] | None] = [None] * len(self.axes)
        start = np.zeros(targets.shape)
        if self.prior is not None and recipe.prior:
            start, calibrations = self.prior.scores[rows], self.prior.calibrations
        solution = solve(summed(kernels, recipe), targets - start, groups, recipe.penalty)
        X = beside(self.columns, recipe.parts, rows)
        weights = np.asarray(X.T @ solution.duals)
        intercepts = CONSTANT * solution.duals.sum(axis=0)
        by_axis = {
            axis: _calibrated(weight, float(intercept), scores, y, groups[judged], calibration)
            for axis, weight, intercept, scores, y, calibration in zip(
                self.axes,
                weights.T,
                intercepts,
                (solution.held_out + start)[judged].T,
                targets[judged].T,
                calibrations,
                strict=True,
            )
        }
        return Classifiers(recipe, trials, self.features(recipe), by_axis)

    def curve(self, recipe: Recipe, seed: int) -> list[Point]:
        """Learning curve of a recipe, on all passages."""
        start = np.zeros(self.targets.shape)
        if self.prior is not None and recipe.prior:
            start = self.prior.scores
        kernel = summed(self.kernels, recipe)
        return learning_curve(
            kernel, self.targets, start, self.groups, self.judged, recipe.penalty, seed
        )


def _calibrated(
    weights: Floats,
    intercept: float,
    scores: Floats,
    y: Floats,
    groups: Integers,
    prior: tuple[float, float] | None,
) -> AxisClassifier:
    """Calibration and threshold on the scores of passages by regressions without their person.

    An axis without any label, as a fold may have it, has probability one half, or that of the
    calibration that it starts from.
    """
    there = ~np.isnan(y)
    scores, y, groups = scores[there], y[there], groups[there]
    slope, offset = (0.0, 0.0) if prior is None else prior
    if len(y):
        before = None if prior is None else np.asarray(expit(slope * scores + offset))
        slope, offset = calibrate(scores, y, before)
    y_prob = np.asarray(expit(slope * scores + offset))
    if prior is not None:
        threshold = expected_threshold(y_prob)
    else:
        threshold = best_threshold(y_prob, y) if len(y) else 0.5
    clear = y != 0.5
    tried = Tried(y_prob[clear], y[clear] > 0.5, groups[clear])
    return AxisClassifier(weights, intercept, slope, offset, threshold, tried)


def _products(features: sparse.csr_matrix) -> Floats:
    """Products of each two rows."""
    if features.nnz > features.shape[0] * features.shape[1] / 2:
        dense = features.toarray()
        return np.asarray(dense @ dense.T)
    return np.asarray((features @ features.T).toarray())
