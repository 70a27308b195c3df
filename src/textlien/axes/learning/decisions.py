"""Probabilities → « yes », « no », « review », errors bounded on interviews not seen.

Of the passages with « yes », the share without the axis (false discovery rate) has a bound; so has,
among those with « no », the share that carry it (false omission rate). Between both a person reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import expit, logit

from textlien.arrays import Floats, Integers
from textlien.study.options import AxesOptions, ThresholdsOptions

_MIN_GROUPS = 5
"""Persons that a decision must have been tried on: fewer tell nothing of others."""


class Tried(NamedTuple):
    """Passages that thresholds are chosen on, none evenly split between coders.

    Attributes
    ----------
    y_prob : (n,), calibrated probabilities by regressions without the person.
    y_true : (n,), True for those that carry the axis.
    groups : (n,), number of the person.
    """

    y_prob: Floats
    y_true: NDArray[np.bool_]
    groups: Integers


class Cuts(NamedTuple):
    """Probability from which a passage is a « yes », and below which it is a « no ».

    ``yes`` is infinite, or ``no`` 0, where errors cannot be bounded.
    """

    yes: float
    no: float


def choose_cuts(tried: Tried, threshold: float, options: AxesOptions, axis: str) -> Cuts:
    """Choose the widest « yes » and « no » whose errors are bounded.

    Parameters
    ----------
    tried : passages of persons held out.
    threshold : where « yes » and « no » meet when both could go beyond it.
    options : the greatest rates of errors, their confidence, and thresholds set by hand.
    axis : whose thresholds they are.

    Notes
    -----
    A candidate holds when its :func:`upper_bounds` is at most the share promised, as in Learn then
    test; of those that hold, the one that decides most passages is taken.

    References
    ----------
    Angelopoulos, A., Bates, S., Candès, E., Jordan, M., Lei, L. (2021). Learn then test:
    calibrating predictive algorithms to achieve risk control. *arXiv* 2110.01052. Geifman, Y.,
    El-Yaniv, R. (2017). Selective classification for deep neural networks. *NeurIPS*.
    """
    y_prob, y_true, groups = tried
    by_hand, confidence = options.thresholds.get(axis, ThresholdsOptions()), options.confidence
    yes, no = by_hand.yes, by_hand.no
    if yes is None:
        yes = -_widest(-y_prob, ~y_true, groups, options.false_discovery_rate, confidence)
    if no is None:
        no = max(_widest(y_prob, y_true, groups, options.false_omission_rate, confidence), 0.0)
    if yes >= no:
        return Cuts(yes, no)
    if by_hand.yes is not None:
        return Cuts(yes, yes)
    meeting = no if by_hand.no is not None else min(max(threshold, yes), no)
    return Cuts(meeting, meeting)


def decide(y_prob: Floats, cuts: Cuts) -> NDArray[np.str_]:
    """Decision on each passage: « yes », « no » or « review »."""
    return np.where(y_prob >= cuts.yes, "yes", np.where(y_prob < cuts.no, "no", "review"))


def upper_bounds(errors: NDArray[np.bool_], groups: Integers, confidence: float) -> Floats:
    """Bound the share of errors, in passages of persons not seen, of each number of decisions.

    Parameters
    ----------
    errors : (n,), True for each passage decided wrongly, in the order in which they are decided.
    groups : (n,), number of the person of each.
    confidence : with which the share is below.

    Returns
    -------
    (n,), the bound when the first, the first two, … all are decided: the greater of two, and 1
    with fewer than five persons. One takes persons as clusters (linearised error of a ratio, t on
    the logit scale); without errors, or with one, it tells little, and the exact one of a binomial
    (Clopper and Pearson), which knows no persons, is greater.
    """
    n = np.arange(1, len(errors) + 1)
    members = np.unique(groups)[:, np.newaxis] == groups
    n_by_group = np.cumsum(members, axis=1)
    errors_by_group = np.cumsum(members & errors, axis=1)
    n_groups = (n_by_group > 0).sum(axis=0)
    n_errors = np.cumsum(errors)
    shares = n_errors / n
    residuals = ((errors_by_group - shares * n_by_group) ** 2).sum(axis=0)
    enough = (n_groups >= _MIN_GROUPS) & (n_errors < n)
    bounds = np.ones(len(n))
    exact = stats.beta.ppf(confidence, n_errors[enough] + 1, (n - n_errors)[enough])
    with np.errstate(divide="ignore"):  # without errors the logit is -inf, and the bound 0
        se = np.sqrt(residuals * n_groups / np.maximum(n_groups - 1, 1)) / n
        slopes = se / np.maximum(shares * (1 - shares), 1e-12)
        reach = stats.t.ppf(confidence, np.maximum(n_groups - 1, 1)) * slopes
        clustered = expit(logit(shares) + reach)
    bounds[enough] = np.maximum(exact, clustered[enough])
    return bounds


def _widest(
    scores: Floats, errors: NDArray[np.bool_], groups: Integers, share: float, confidence: float
) -> float:
    """The score below which most passages lie with bounded errors; -inf where there is none."""
    order = np.argsort(scores, kind="stable")
    scores = scores[order]
    bounds = upper_bounds(errors[order], groups[order], confidence)
    # No cut lies between passages of equal score, nor behind the last.
    holds = np.flatnonzero((bounds[:-1] <= share) & (np.diff(scores) > 0))
    if not len(holds):
        return -float("inf")
    return float((scores[holds[-1]] + scores[holds[-1] + 1]) / 2)
