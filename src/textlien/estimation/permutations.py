"""Tests that draw no passage: labels permuted between interviews, or shifted along them.

Everything here takes and gives arrays. Under no association any order of the labels is as likely
as the one that was observed; so one long interview is one interview, however much it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers

DRAWS = 19_999
"""Permutations drawn. The least p is 1/20,000, so that a cell among some hundreds can still be
established after adjustment."""

_AT_A_TIME = 250
"""Permutations held in memory at once."""

_EXACT = 1e-9
"""Differences of floats that are no difference: a permutation as extreme as the observed one."""


class Series(NamedTuple):
    """The passages of an interview, in the order of speech.

    Attributes
    ----------
    values : ``(passages, items)``.
    weights : ``(passages,)``, above 0.
    labels : ``(passages,)``, 1 for those that are compared with the others, else 0.
    """

    values: Floats
    weights: Floats
    labels: Floats

    @property
    def share(self) -> Floats:
        """Share of each item in the labelled passages: ``(items,)``."""
        weights = self.labels * self.weights
        return np.asarray(weights @ self.values / weights.sum())


class Association(NamedTuple):
    """Deviation of groups from what they would be without association.

    Attributes
    ----------
    expected : ``(groups, items)``, mean of the group under permutation.
    chi2 : ``(groups, items)``, squared standardised deviation, with the sign of the deviation; NaN
        where nothing can be permuted.
    p : ``(groups, items)``, two-sided; NaN where ``chi2`` is.
    """

    expected: Floats
    chi2: Floats
    p: Floats


def permute_labels(
    values: Floats,
    groups: Integers,
    strata: Integers,
    generator: np.random.Generator,
    draws: int = DRAWS,
) -> Association:
    """Compare the mean of each group with its permutation distribution.

    Parameters
    ----------
    values : ``(units, items)``.
    groups : ``(units,)``, group of each unit, numbered from 0; −1 for a unit of none.
    strata : ``(units,)``, stratum of each unit; labels are permuted within.
    generator : source of the draws.
    draws : number of permutations.

    Notes
    -----
    With m of the N units of stratum s in the group, a sum drawn without replacement has mean
    m·x̄ₛ and variance m(1 − m/N)·Sₛ²; both add up over strata. p = (1 + b)/(B + 1), with b the
    number of permutations that lie at least as far from the mean (Phipson and Smyth 2010).
    """
    order = np.argsort(strata, kind="stable")
    values, groups, strata = values[order], groups[order], strata[order]
    members = (groups == np.arange(groups.max(initial=-1) + 1)[:, np.newaxis]).astype("float64")
    expected, variance = _moments(values, members, strata)
    observed = members @ values - expected
    extreme = np.zeros(observed.shape)
    for start in range(0, draws, _AT_A_TIME):
        n = min(_AT_A_TIME, draws - start)
        permutations = np.argsort(generator.random((n, len(strata))) + strata, axis=1)
        sums = members @ values[permutations] - expected
        extreme += (np.abs(sums) >= np.abs(observed) - _EXACT).sum(axis=0)
    sizes = np.maximum(members.sum(axis=1), 1)[:, np.newaxis]
    return Association(expected / sizes, *_tested(observed, variance, extreme, draws))


def shift_labels(
    series: Sequence[Series], generator: np.random.Generator, draws: int = DRAWS
) -> Association:
    """Compare the mean share of labelled passages with that of as long a stretch elsewhere.

    Parameters
    ----------
    series : the interviews; each has a labelled passage.
    generator : source of the draws.
    draws : number of times that each interview is shifted.

    Returns
    -------
    Of one group: arrays ``(items,)``.

    Notes
    -----
    The labels of an interview are shifted along it, as on a circle. So a null answer is as long,
    and what is said holds together as much, as in the interview: permuting passages would take
    each for a separate witness, and flipping signs of differences would take the absence of a
    rare theme from short answers for an avoidance.

    References
    ----------
    Circular shifts of one series against another: Lotwick, H. W., Silverman, B. W. (1982).
    Methods for analysing spatial processes of several types of points. *JRSS B* 44, 406-413.
    """
    shifted = [_all_shifts(each) for each in series]
    expected = np.sum([shares.mean(axis=0) for shares in shifted], axis=0)
    variance = np.sum([shares.var(axis=0) for shares in shifted], axis=0)
    observed = np.sum([shares[0] for shares in shifted], axis=0) - expected
    sums = np.zeros((draws, len(observed)))
    for shares in shifted:
        sums += shares[generator.integers(len(shares), size=draws)]
    extreme = (np.abs(sums - expected) >= np.abs(observed) - _EXACT).sum(axis=0)
    tests = _tested(observed, variance, np.asarray(extreme, dtype="float64"), draws)
    return Association(expected / len(series), *tests)


def _all_shifts(series: Series) -> Floats:
    """Share of each item in the labelled passages, for each shift of the labels: the first is 0."""
    n = len(series.labels)
    places = (np.arange(n) - np.arange(n)[:, np.newaxis]) % n
    weights = series.labels[places] * series.weights
    return np.asarray(weights @ series.values / weights.sum(axis=1, keepdims=True))


def _moments(values: Floats, members: Floats, strata: Integers) -> tuple[Floats, Floats]:
    """Mean and variance of each group's sum over permutations within strata."""
    shape = (len(members), values.shape[1])
    mean, variance = np.zeros(shape), np.zeros(shape)
    for stratum in np.unique(strata):
        here = strata == stratum
        n, m = int(here.sum()), members[:, here].sum(axis=1)[:, np.newaxis]
        mean += m * values[here].mean(axis=0)
        if n > 1:
            variance += m * (1 - m / n) * values[here].var(axis=0, ddof=1)
    return mean, variance


def _tested(
    observed: Floats, variance: Floats, extreme: Floats, draws: int
) -> tuple[Floats, Floats]:
    """Signed chi² and p of deviations; NaN without variance."""
    varies: NDArray[np.bool_] = variance > _EXACT**2
    chi2 = np.sign(observed) * observed**2 / np.where(varies, variance, 1)
    p = (1 + extreme) / (draws + 1)
    return np.where(varies, chi2, np.nan), np.where(varies, p, np.nan)
