"""Scores of a classifier → probabilities, and the probability from which it says « yes »."""

from __future__ import annotations

import numpy as np
from scipy.special import logit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from textlien.arrays import Floats


def calibrate(scores: Floats, y: Floats) -> tuple[float, float]:
    """Fit Platt's sigmoid: slope and offset that turn scores into probabilities.

    Parameters
    ----------
    scores : (n,) scores of a classifier on rows that it was not trained on.
    y : (n,) labels in [0, 1].

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
