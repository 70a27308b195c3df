"""Scores of a classifier → probabilities, and the probability from which it says « yes »."""

from __future__ import annotations

import numpy as np
from scipy.special import logit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from textlien.arrays import Floats

_WORTH = 30
"""Passages that the calibration of the model that a classifier starts from counts for: 10, 30
and 100 lower the Brier score by .002, .005 and .006 with 25 codings of a source, and by .001, .002
and .002 with 100."""


def calibrate(scores: Floats, y: Floats, expected: Floats | None = None) -> tuple[float, float]:
    """Fit Platt's sigmoid: slope and offset that turn scores into probabilities.

    Parameters
    ----------
    scores : (n,) scores of a classifier on rows that it was not trained on.
    y : (n,) labels in [0, 1].
    expected : (n,) probabilities of these scores by the calibration that is started from, in the
        place of Platt's smoothing of the labels: each target is the mean of label and expectation,
        weighted by the number of passages and by :data:`_WORTH`.

    Returns
    -------
    slope ≥ 0 and offset. A slope of 0 means that the scores say nothing: every probability is
    then about the share of positives.

    Notes
    -----
    For labels 0 and 1 this is the sigmoid of scikit-learn, which takes no label in between.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. *Advances in Large
    Margin Classifiers*.
    """
    positives = float(y.sum())
    negatives = len(y) - positives
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    targets = y * high + (1 - y) * low
    if expected is not None:
        targets = (len(y) * y + _WORTH * expected) / (len(y) + _WORTH)
    X = np.concatenate([scores, scores])[:, np.newaxis]
    outcomes = np.repeat([1, 0], len(scores))
    weights = np.concatenate([targets, 1 - targets])
    sigmoid = LogisticRegression(C=np.inf, max_iter=1000).fit(X, outcomes, sample_weight=weights)
    slope, offset = float(sigmoid.coef_[0, 0]), float(sigmoid.intercept_[0])
    if slope <= 0:
        return 0.0, float(logit(targets.mean()))
    return slope, offset


def best_threshold(y_prob: Floats, y: Floats) -> float:
    """Choose the probability from which saying « yes » has the greatest F1.

    Parameters
    ----------
    y_prob : (n,) probabilities.
    y : (n,) labels in [0, 1]; those of 0.5 are left out.

    Returns
    -------
    The value half-way to the next lower probability, so that it holds for the rows it was chosen
    on; of several as good, the highest. 0.5 where no label is a yes.
    """
    clear = y != 0.5
    y_true, y_prob = y[clear] > 0.5, y_prob[clear]
    if not y_true.any():
        return 0.5
    precision, recall, cuts = precision_recall_curve(y_true, y_prob)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(np.flatnonzero(f1[:-1] >= f1[:-1].max() - 1e-12)[-1])
    below = y_prob[y_prob < cuts[best]]
    return float((cuts[best] + below.max()) / 2) if len(below) else float(cuts[best])


def expected_threshold(y_prob: Floats) -> float:
    """Choose the probability from which saying « yes » has the greatest F1 to be expected.

    No label is looked at, so that a handful of them decides nothing: with 25, 50 and 100 codings
    of a source that start from the default model F1 on its other passages is .06, .08 and .02
    higher than with :func:`best_threshold` (``docs/benchmarks.md``).

    Parameters
    ----------
    y_prob : (n,) calibrated probabilities.

    Returns
    -------
    The value half-way to the next lower probability; of several as good, the highest. 0.5 without
    any probability.

    References
    ----------
    Lipton, Z., Elkan, C., Narayanaswamy, B. (2014). Optimal thresholding of classifiers to maximize
    F1 measure. *ECML PKDD*.
    """
    if not len(y_prob):
        return 0.5
    cuts = np.unique(y_prob)[::-1]
    falling = np.sort(y_prob)[::-1]
    last = np.searchsorted(-falling, -cuts, side="right")
    best = int(np.argmax(2 * np.cumsum(falling)[last - 1] / (last + falling.sum())))
    return float((cuts[best] + cuts[best + 1]) / 2) if best + 1 < len(cuts) else float(cuts[best])
