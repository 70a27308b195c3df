"""Intervals, p-values and detectable changes, from standard errors and degrees of freedom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit

POWER = 0.8
"""Power at which the smallest detectable change is given."""


class Interval(NamedTuple):
    """A lower and an upper bound; both NaN where none can be given."""

    low: float
    high: float


NO_INTERVAL = Interval(float("nan"), float("nan"))


def logit_interval(
    estimate: float, se: float, df: float, level: float, size: float = float("inf")
) -> Interval:
    """Interval of a share: t on the logit scale, so that it stays within 0 and 1.

    Parameters
    ----------
    estimate : share.
    se : its standard error.
    df : degrees of freedom of that error.
    level : for example 0.95.
    size : passages that it is known from; half of one is added on either side, without which the
        interval of a share near 0 reaches over everything.

    Returns
    -------
    No interval (NaN) where the share is 0 or 1 or nothing varies: there is no standard error.
    """
    if not 0 < estimate < 1 or not se > 0 or not df > 0:
        return NO_INTERVAL
    estimate += (0.5 - estimate) / (size + 1)
    centre = np.log(estimate / (1 - estimate))
    half_width = stats.t.ppf((1 + level) / 2, df) * se / (estimate * (1 - estimate))
    low, high = expit(np.array([centre - half_width, centre + half_width]))
    return Interval(float(low), float(high))


def edge_interval(estimate: float, size: float, df: float, level: float) -> Interval:
    """Interval of a share of passages that is 0 or 1, which has no standard error.

    Parameters
    ----------
    estimate : 0 or 1.
    size : passages that were drawn, as if one by one.
    df : degrees of freedom of the interviews that they were drawn in.
    level : for example 0.95.

    References
    ----------
    Clopper and Pearson, for the size that is left by few interviews: Korn, E. L., Graubard, B. I.
    (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. *Survey Methodology* 24, 193-201.
    """
    if not size > 1 or not df > 0:
        return NO_INTERVAL
    tail = (1 + level) / 2
    left = size * (stats.t.ppf(tail, size - 1) / stats.t.ppf(tail, df)) ** 2
    farthest = float(1 - (1 - tail) ** (1 / left))
    return Interval(0.0, farthest) if estimate == 0 else Interval(1 - farthest, 1.0)


def share_interval(estimate: float, se: float, df: float, level: float, size: float) -> Interval:
    """Interval of a share of passages: on the logit scale, but for 0 and 1."""
    if estimate in (0, 1):
        return edge_interval(estimate, size, df, level)
    return logit_interval(estimate, se, df, level, size)


def log_interval(ratio: float, se: float, df: float, level: float) -> Interval:
    """Interval of a ratio that is never negative: t on the logarithmic scale.

    Parameters
    ----------
    ratio : estimate, at least 0.
    se : its standard error.
    df : degrees of freedom of that error.
    level : for example 0.95.

    Returns
    -------
    No interval (NaN) where the ratio is 0 or nothing varies.
    """
    if not ratio > 0 or not se > 0 or not df > 0:
        return NO_INTERVAL
    half_width = stats.t.ppf((1 + level) / 2, df) * se / ratio
    return Interval(float(ratio * np.exp(-half_width)), float(ratio * np.exp(half_width)))


def difference_interval(difference: float, se: float, df: float, level: float) -> Interval:
    """Interval of a difference of two shares: t on its own scale, cut at −1 and 1."""
    if not se > 0 or not df > 0:
        return NO_INTERVAL
    half_width = stats.t.ppf((1 + level) / 2, df) * se
    return Interval(max(-1.0, difference - half_width), min(1.0, difference + half_width))


def p_value(difference: float, se: float, df: float) -> float:
    """Two-sided p of a difference under no change; NaN without a standard error."""
    if not se > 0 or not df > 0:
        return float("nan")
    return float(2 * stats.t.sf(abs(difference) / se, df))


def detectable(se: float, df: float, level: float) -> float:
    """Smallest true change that a test at this level would find four times out of five.

    NaN where no change of a share is as great.
    """
    if not se > 0 or not df > 0:
        return float("nan")
    half_width = stats.t.ppf((1 + level) / 2, df) + stats.t.ppf(POWER, df)
    change = float(half_width * se)
    return change if change <= 1 else float("nan")


def adjust_by(p: pd.Series) -> pd.Series:
    """Benjamini-Yekutieli adjustment of p-values that depend on each other; NaN stays NaN.

    References
    ----------
    Benjamini, Y., Yekutieli, D. (2001). The control of the false discovery rate in multiple
    testing under dependency. *Annals of Statistics* 29, 1165-1188.
    """
    adjusted = pd.Series(np.nan, index=p.index, dtype="float64")
    tested = p.notna()
    if tested.any():
        adjusted[tested] = stats.false_discovery_control(p[tested].to_numpy(), method="by")
    return adjusted


def verdict(sign: float, p_adjusted: float, level: float, directions: tuple[str, str]) -> str:
    """Value of a column ``verdict``: a direction only where the adjusted p allows it.

    Parameters
    ----------
    sign : of the difference; only its sign counts.
    p_adjusted : NaN where it was not computed.
    level : of confidence, such as .95.
    directions : values for a positive and for a negative difference.
    """
    if np.isnan(p_adjusted):
        return "not computed"
    if p_adjusted > 1 - level:
        return "inconclusive"
    return directions[0] if sign > 0 else directions[1]
