"""Standard errors by a bootstrap over interviews, and the intervals made of them.

Passages of one interview resemble each other: what is drawn at random is the interview (or the
person, when somebody was interviewed twice), never the passage.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from textlien.arrays import Floats

POWER = 0.8
"""Power at which the smallest detectable change is given."""


class Interval(NamedTuple):
    """A lower and an upper bound; both NaN where none can be given."""

    low: float
    high: float


NO_INTERVAL = Interval(float("nan"), float("nan"))


def collapse_single(strata: NDArray[np.int64]) -> NDArray[np.int64]:
    """Put strata of one unit together, since one unit alone says nothing of its variation.

    Parameters
    ----------
    strata : stratum of each unit.

    Returns
    -------
    Strata in which each has two units or more, when there are two units at all: the single
    ones form one stratum; if only one is single, it joins the smallest other stratum.
    """
    values, counts = np.unique(strata, return_counts=True)
    single = values[counts == 1]
    if len(single) == 0 or len(values) == 1:
        return strata
    target = single[0]
    if len(single) == 1:
        others = counts != 1
        target = values[others][np.argmin(counts[others])]
    return np.where(np.isin(strata, single), target, strata)


def multipliers(
    strata: NDArray[np.int64], replicates: int, generator: np.random.Generator
) -> Floats:
    """Bootstrap weights of units: n − 1 draws out of n in each stratum, scaled by n/(n − 1).

    Parameters
    ----------
    strata : stratum of each of the n units.
    replicates : number of bootstrap samples.

    Returns
    -------
    Array ``(replicates, n)`` of weights ≥ 0 with mean 1. A stratum of one unit keeps weight 1.

    References
    ----------
    Rao, J. N. K., Wu, C. F. J. (1988). Resampling inference with complex survey data. *JASA*
    83, 231-241. Drawing n − 1 instead of n makes the variance of a mean unbiased; the usual
    bootstrap is (n − 1)/n too small, which for five interviews is 20 %.
    """
    result = np.ones((replicates, len(strata)))
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        n = len(members)
        if n > 1:
            drawn = generator.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
            result[:, members] = drawn * (n / (n - 1))
    return result


def ratio(weights: Floats, numerators: Floats, denominators: Floats) -> Floats:
    """Weighted ratios of sums.

    Parameters
    ----------
    weights : ``(replicates, n)``.
    numerators : ``(n, items)``.
    denominators : ``(n,)``, positive somewhere in every replicate.

    Returns
    -------
    Array ``(replicates, items)``.
    """
    return np.asarray((weights @ numerators) / (weights @ denominators)[:, np.newaxis])


def logit_interval(estimate: float, error: float, freedom: float, level: float) -> Interval:
    """Interval of a share: t on the logit scale, so that it stays within 0 and 1.

    Parameters
    ----------
    estimate : share.
    error : its standard error.
    freedom : degrees of freedom of that error.
    level : for example 0.95.

    Returns
    -------
    No interval (NaN) where the share is 0 or 1 or nothing varies: no error can be estimated.
    """
    if not 0 < estimate < 1 or not error > 0 or not freedom > 0:
        return NO_INTERVAL
    centre = np.log(estimate / (1 - estimate))
    reach = stats.t.ppf((1 + level) / 2, freedom) * error / (estimate * (1 - estimate))
    low, high = 1 / (1 + np.exp(-np.array([centre - reach, centre + reach])))
    return Interval(float(low), float(high))


def difference_interval(difference: float, error: float, freedom: float, level: float) -> Interval:
    """Interval of a difference of two shares: t on its own scale, cut at −1 and 1."""
    if not error > 0 or not freedom > 0:
        return NO_INTERVAL
    reach = stats.t.ppf((1 + level) / 2, freedom) * error
    return Interval(max(-1.0, difference - reach), min(1.0, difference + reach))


def p_value(difference: float, error: float, freedom: float) -> float:
    """Two-sided p of a difference under no change; NaN where no error can be estimated."""
    if not error > 0 or not freedom > 0:
        return float("nan")
    return float(2 * stats.t.sf(abs(difference) / error, freedom))


def detectable(error: float, freedom: float, level: float) -> float:
    """Smallest true change that a test at this level would find four times out of five."""
    if not error > 0 or not freedom > 0:
        return float("nan")
    reach = stats.t.ppf((1 + level) / 2, freedom) + stats.t.ppf(POWER, freedom)
    return float(reach * error)


def satterthwaite(variances: Floats, freedoms: Floats) -> float:
    """Degrees of freedom of a sum of independent variances.

    References
    ----------
    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance
    components. *Biometrics Bulletin* 2, 110-114; for two terms, Welch (1947).
    """
    known = (variances > 0) & (freedoms > 0)
    if not known.any():
        return 0.0
    total = variances[known].sum() ** 2
    return float(total / (variances[known] ** 2 / freedoms[known]).sum())


def adjust(p: pd.Series) -> pd.Series:
    """Benjamini-Yekutieli adjustment of p-values that depend on each other; NaN stays NaN.

    References
    ----------
    Benjamini, Y., Yekutieli, D. (2001). The control of the false discovery rate in multiple
    testing under dependency. *Annals of Statistics* 29, 1165-1188.
    """
    adjusted = pd.Series(np.nan, index=p.index, dtype="float64")
    known = p.notna()
    if known.any():
        adjusted[known] = stats.false_discovery_control(p[known].to_numpy(), method="by")
    return adjusted
