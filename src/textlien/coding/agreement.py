"""Agreement between coders: how often two readers of the same passages give the same values."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.arrays import Floats, Integers
from textlien.estimation.intervals import NO_INTERVAL, Interval, log_interval
from textlien.estimation.resampling import bootstrap_weights
from textlien.segmentation.passages import interview_of

REPLICATES = 2000
"""Bootstrap samples: the standard error then varies by about 2 % with the seed."""

_FEWEST_INTERVIEWS = 3
"""Interviews that an interval needs, as ``[profiles] min_interviews`` has it by default."""

_LEAST_USABLE = 0.5
"""Share of samples in which both values must occur: with fewer the rest is a biased choice."""


class Agreement(NamedTuple):
    """Alpha of one axis, with its interval."""

    alpha: float
    low: float
    high: float


def agreement(
    values: pd.DataFrame, *, level: float = 0.95, seed: int = 0, replicates: int = REPLICATES
) -> pd.DataFrame:
    """Agreement on each axis, over the passages that two coders or more have read.

    Parameters
    ----------
    values : value (0 or 1) that each coder gave each passage: columns ``passage_id``, ``axis``,
        ``coder``, ``value``, as :func:`textlien.coding.labels.values_by_coder` gives them.
    level, seed, replicates : level of the intervals, and the bootstrap's seed and size.

    Returns
    -------
    One row per axis: ``coders`` (how many), ``n_passages`` and ``n_interviews`` read twice or more,
    ``prevalence`` (mean of the coders' shares of passages coded 1), ``agreement`` (share of
    pairs of values of one passage that are equal), ``alpha`` with ``low`` and ``high``. Alpha is
    NaN when every coder used a single value: it is undefined without variation. The interval is
    NaN too where coders never disagree, or with fewer than three interviews.

    Notes
    -----
    Agreement in per cent alone flatters a rare axis, which is why alpha and prevalence stand
    beside it. The interval resamples interviews (see :func:`alpha_interval`), for passages of one
    interview are not independent.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed., chapter 12.
    """
    generator = np.random.default_rng(seed)
    rows = []
    for axis, of_axis in values.groupby("axis", sort=False):
        wide = of_axis.pivot_table(index="passage_id", columns="coder", values="value")
        wide = wide[wide.notna().sum(axis=1) >= 2]
        if wide.empty:
            continue
        interviews, names = pd.factorize(wide.index.map(interview_of))
        result = alpha_interval(_counts(wide), interviews, level, replicates, generator)
        rows.append(
            {
                "axis": axis,
                "coders": int(wide.notna().any().sum()),
                "n_passages": len(wide),
                "n_interviews": len(names),
                "prevalence": float(wide.mean().mean()),
                "agreement": _equal_pairs(wide),
                **result._asdict(),
            }
        )
    return pd.DataFrame(rows)


def alpha(counts: Floats, weights: Floats) -> Floats:
    r"""Krippendorff's alpha of values 0 and 1, in closed form.

    Parameters
    ----------
    counts : ``(passages, 2)``, how many coders gave 0 and how many 1; at least two a passage.
    weights : ``(replicates, passages)``, how often each passage counts.

    Returns
    -------
    Array ``(replicates,)``; NaN where only one of the values occurs.

    Notes
    -----
    With :math:`n_0`, :math:`n_1` the counts of a passage, :math:`m` their sum and :math:`N_0`,
    :math:`N_1`, :math:`N` the sums over passages,
    :math:`\alpha = 1 - (N - 1) \sum \frac{n_0 n_1}{m - 1} / (N_0 N_1)`.
    """
    zeros, ones = counts.T
    disagreement = weights @ (zeros * ones / (zeros + ones - 1))
    n_zeros, n_ones = weights @ zeros, weights @ ones
    expected = n_zeros * n_ones
    result = np.full(len(weights), np.nan)
    varies = expected > 0
    n_values = n_zeros[varies] + n_ones[varies]
    result[varies] = 1 - (n_values - 1) * disagreement[varies] / expected[varies]
    return result


def alpha_interval(
    counts: Floats,
    interviews: Integers,
    level: float,
    replicates: int,
    generator: np.random.Generator,
) -> Agreement:
    """Alpha with an interval from a bootstrap over interviews.

    Parameters
    ----------
    counts : see :func:`alpha`.
    interviews : ``(passages,)``, interview of each passage, numbered from 0.
    level : level of the interval.
    replicates : number of bootstrap samples.
    generator : source of the draws.

    Notes
    -----
    1 − α is observed over expected disagreement, a ratio that is never negative: the interval is
    a t interval on its logarithm, with the standard error of
    :func:`textlien.estimation.resampling.bootstrap_weights` and interviews less one degrees of
    freedom. In simulations (``tests/coding/test_agreement.py``) it holds the true alpha more
    often than percentiles do, most of all with few interviews.
    """
    estimate = float(alpha(counts, np.ones((1, len(counts))))[0])
    n_interviews = int(interviews.max()) + 1
    if n_interviews < _FEWEST_INTERVIEWS:
        return Agreement(estimate, *NO_INTERVAL)
    strata = np.zeros(n_interviews, dtype=np.int64)
    weights = bootstrap_weights(strata, replicates, generator)
    drawn = alpha(counts, weights[:, interviews])
    usable = drawn[~np.isnan(drawn)]
    if len(usable) < _LEAST_USABLE * replicates:
        return Agreement(estimate, *NO_INTERVAL)
    ratio = log_interval(1 - estimate, float(usable.std(ddof=1)), n_interviews - 1, level)
    return Agreement(estimate, *_of_disagreement(ratio))


def _of_disagreement(ratio: Interval) -> Interval:
    """Bounds of alpha from those of 1 − α; alpha is never below −1."""
    return Interval(float(np.maximum(1 - ratio.high, -1)), 1 - ratio.low)


def _counts(wide: pd.DataFrame) -> Floats:
    """Numbers of coders who gave 0 and who gave 1, by passage: (passages, 2)."""
    ones = wide.sum(axis=1).to_numpy(float)
    return np.stack([wide.notna().sum(axis=1).to_numpy(float) - ones, ones], axis=1)


def _equal_pairs(wide: pd.DataFrame) -> float:
    """Share of pairs of values of one passage that are equal."""
    agreeing = pairs = 0
    for left, right in combinations(wide.columns, 2):
        both = wide[[left, right]].dropna()
        pairs += len(both)
        agreeing += int((both[left] == both[right]).sum())
    return agreeing / pairs
