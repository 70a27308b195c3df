"""Classifier of one axis: a calibrated logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from textlien.arrays import Floats
from textlien.axes.calibration import best_threshold, calibrate
from textlien.axes.counting import count_passages
from textlien.axes.features import (
    INPUT_COLUMNS,
    Part,
    PassageFeatures,
    parts_of,
)
from textlien.axes.folds import Setting, split

_C = 10.0
"""Inverse strength of the L2 penalty, chosen on other data than that of the benchmarks."""

_FEWEST_WITH_CONTEXT = 20
"""Passages with others beside them that it takes to learn anything from those."""


@dataclass(frozen=True)
class AxisClassifier:
    """A logistic regression, its calibration, and where « yes » begins.

    Attributes
    ----------
    weights : (columns,), one a column of the features.
    intercept : of the logistic regression.
    slope, offset : of Platt's calibration of its scores.
    threshold : probability from which a passage carries the axis.
    """

    weights: Floats
    intercept: float
    slope: float
    offset: float
    threshold: float

    def probability(self, X: sparse.csr_matrix) -> Floats:
        """Calibrated probability of each row of features: (rows,)."""
        scores = X @ self.weights + self.intercept
        return np.asarray(expit(self.slope * scores + self.offset), dtype=np.float64)


def fit(
    coded: pd.DataFrame,
    labels: pd.DataFrame,
    *,
    folds: int,
    seed: int,
    parts: tuple[Part, ...] | None = None,
) -> tuple[PassageFeatures, dict[str, AxisClassifier]]:
    """Fit features and one calibrated classifier per axis, without testing them.

    Parameters
    ----------
    coded : ``interview_id``, ``text`` and ``context`` of the passages to train on.
    labels : one row per row of ``coded``, one column per axis; values in [0, 1], NaN where not
        labelled.
    folds, seed : number of the inner folds, for calibration and thresholds, and their seed.
    parts : of the features; those of :func:`textlien.axes.features.parts_of` by default, context
        only where enough passages have any.
    """
    rows = np.arange(len(coded))
    counts = count_passages(coded, parts or parts_of())
    columns = columns_to_use(coded) if parts is None else INPUT_COLUMNS
    fold = counts.fit(rows, columns=columns)
    interviews = coded["interview_id"]
    return fold.features, fit_axes(fold.rows(rows), labels, interviews, Setting(folds, seed))


def columns_to_use(coded: pd.DataFrame) -> tuple[str, ...]:
    """Choose the input columns: without the context where too few passages have any."""
    with_others = int((coded["context"] != "").sum())
    return INPUT_COLUMNS if with_others >= _FEWEST_WITH_CONTEXT else INPUT_COLUMNS[:1]


def fit_axes(
    X: sparse.csr_matrix,
    labels: pd.DataFrame,
    interviews: pd.Series,
    setting: Setting,
) -> dict[str, AxisClassifier]:
    """Fit one classifier per axis.

    Parameters
    ----------
    X : (passages, columns), features.
    labels : passages × axes; NaN where not labelled.
    interviews : interview of each passage.
    setting : of the inner folds.
    """
    classifiers = {}
    for axis in labels.columns:
        rows = labels[axis].notna().to_numpy()
        y = labels[axis].to_numpy(dtype=np.float64)[rows]
        classifiers[str(axis)] = _fit_axis(X[rows], y, interviews[rows], setting)
    return classifiers


def _fit_axis(
    X: sparse.csr_matrix,
    y: Floats,
    interviews: pd.Series,
    setting: Setting,
) -> AxisClassifier:
    """Fit a regression on all rows; calibration and threshold on scores of inner folds."""
    weights, intercept = _regress(X, y)
    inner = setting._replace(folds=min(setting.folds, interviews.nunique()))
    if inner.folds < 2 or not weights.any():
        # One interview, or one answer: nothing to calibrate on. Only a fold can be so poor.
        return AxisClassifier(weights, intercept, slope=1.0, offset=0.0, threshold=0.5)
    scores = np.zeros(len(y))
    for train, test in split(y > 0.5, interviews, inner):
        inner_weights, inner_intercept = _regress(X[train], y[train])
        scores[test] = X[test] @ inner_weights + inner_intercept
    slope, offset = calibrate(scores, y)
    threshold = best_threshold(np.asarray(expit(slope * scores + offset)), y)
    return AxisClassifier(weights, intercept, slope, offset, threshold)


def _regress(X: sparse.csr_matrix, y: Floats) -> tuple[Floats, float]:
    """Weights and intercept of a logistic regression on labels in [0, 1].

    A label in between (the coders disagree) enters as a yes of that weight and a no of the rest.
    """
    yes, no = np.flatnonzero(y > 0), np.flatnonzero(y < 1)
    if not len(yes) or not len(no):
        return np.zeros(X.shape[1]), float(logit((y.sum() + 0.5) / (len(y) + 1)))
    rows = np.concatenate([yes, no])
    outcomes = np.repeat([1, 0], [len(yes), len(no)])
    weights = np.concatenate([y[yes], 1 - y[no]])
    model = LogisticRegression(C=_C, max_iter=1000).fit(X[rows], outcomes, sample_weight=weights)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])
