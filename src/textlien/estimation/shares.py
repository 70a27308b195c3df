"""Shares of some interviews, their differences and means, and the error of each by linearisation.

An estimate keeps what each interview brings to it (its *influence*: the estimate's derivative in
the weight of that interview), so that whatever is linear in shares has an error of one kind: a
city, a wave, a change, a panel. People are what is drawn, never passages, which resemble each other
within an interview.

References
----------
Wolter, K. (2007). *Introduction to Variance Estimation*, ch. 6. Bell, R., McCaffrey, D. (2002).
Bias reduction in standard errors for linear regression with multi-stage samples. *Survey
Methodology* 28, 169-181. Satterthwaite, F. E. (1946). An approximate distribution of estimates of
variance components. *Biometrics Bulletin* 2, 110-114.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.estimation.method import Basis
from textlien.estimation.sums import CodedSums, InterviewSums

FEWEST_CODINGS = 20
"""Codings below which a share is not corrected.

How many of them carry the item is no part of the rule: to leave out shares in which few are found
would flatter the others (+15 points become +13 in simulations).
"""

_FARTHEST = 4.0
"""Standard errors by which codings may miss the weight that they stand for.

Farther off, their probabilities cannot be those of the draw. An honest draw of passages of unequal
length is as far off once in some thousands.
"""

_TINY = 1e-9

_NEAR = 0.1
"""Part of the weight that codings may miss besides: passages that the coder left out."""


class Estimate(NamedTuple):
    """Shares, or what is linear in them, of all items.

    Attributes
    ----------
    values : ``(items,)``.
    influence : ``(interviews, items)``, of all interviews of the sums; 0 for those not in it.
    weights : ``(interviews,)``, part that each has in the estimate; 0 for those not in it.
    floor : ``(items,)``, least variance: that of as many passages drawn one by one.
    within : ``(items,)``, variance of drawing the passages that were coded, interviews fixed.
    basis : of each item.
    n_codings : ``(items,)``, passages whose coding enters.
    size : ``(items,)``, passages that the share is known from, as many of equal weight as tell as
        much (Kish), or those that were coded.
    """

    values: Floats
    influence: Floats
    weights: Floats
    floor: Floats
    within: Floats
    basis: tuple[Basis, ...]
    n_codings: Integers
    size: Floats


class Design(NamedTuple):
    """Persons that are drawn, and their strata.

    Attributes
    ----------
    clusters : ``(interviews,)``, number of the person; −1 where the interview is not drawn.
    strata : ``(persons,)``, stratum of each.
    """

    clusters: Integers
    strata: Integers


class Error(NamedTuple):
    """Standard errors and their degrees of freedom, ``(items,)`` each."""

    se: Floats
    df: Floats


def estimate(sums: InterviewSums, members: Integers) -> Estimate:
    """Estimate the shares of some interviews.

    Parameters
    ----------
    sums : of one measure.
    members : row numbers of the interviews.

    Returns
    -------
    Where values are guesses of a classifier, those that codings correct: mean of the foretold
    values, plus the weighted mean of what the codings drawn at random differ from them by (a
    difference estimator, with the slope of ``CodedSums.predicted``). Else the weighted mean of the
    values.
    """
    n_items = len(sums.items)
    kish = sums.denominators[members].sum() ** 2 / sums.squares[members].sum()
    size = np.full(n_items, kish)
    values, influence = _means(sums, members, sums.numerators)
    basis, within = [Basis.MEASURED] * n_items, np.zeros(n_items)
    n_codings = np.zeros(n_items, dtype=np.int64)
    floor = np.zeros(n_items)
    if sums.coded is not None:
        basis = _bases(sums, sums.coded, members)
        used = np.array([item in (Basis.CODED, Basis.CORRECTED) for item in basis])
        corrected = _corrected(sums, sums.coded, members)
        values = np.where(used, corrected.values, values)
        influence = np.where(used, corrected.influence, influence)
        within = np.where(used, corrected.within, 0.0)
        n_codings = np.where(used, corrected.n_codings, 0).astype(np.int64)
        size = np.where(used & (corrected.size < size), corrected.size, size)
        floor = np.maximum(_binomial(values, kish), np.where(used, corrected.floor, 0.0))
    whole = np.zeros((len(sums.denominators), n_items))
    whole[members] = influence
    weights = np.zeros(len(sums.denominators))
    weights[members] = sums.denominators[members] / sums.denominators[members].sum()
    return Estimate(
        np.clip(values, 0, 1),
        whole,
        weights,
        floor,
        within,
        tuple(basis),
        n_codings,
        size,
    )


def combine(estimates: Sequence[Estimate], factors: Sequence[float]) -> Estimate:
    """Sum estimates of different interviews, each times its factor."""
    c = np.array(factors)
    bases = zip(*(each.basis for each in estimates), strict=True)
    return Estimate(
        _sum([each.values for each in estimates], c),
        _sum([each.influence for each in estimates], c),
        _sum([each.weights for each in estimates], np.abs(c)),
        _sum([each.floor for each in estimates], c**2),
        _sum([each.within for each in estimates], c**2),
        tuple(max(basis, key=list(Basis).index) for basis in bases),
        np.sum([each.n_codings for each in estimates], axis=0),
        np.sum([each.size for each in estimates], axis=0),
    )


def _sum(arrays: Sequence[Floats], factors: Floats) -> Floats:
    """Sum of arrays, each times its factor."""
    return np.asarray(np.tensordot(factors, np.array(arrays), axes=1))


def error(of: Estimate, design: Design) -> Error:
    """Standard errors over persons, no less than that of passages drawn one by one.

    A stratum of one person adds nothing: she alone says nothing of her variation.
    """
    n_items = of.influence.shape[1]
    drawn = design.clusters >= 0
    totals, weights = np.zeros((len(design.strata), n_items)), np.zeros(len(design.strata))
    np.add.at(totals, design.clusters[drawn], of.influence[drawn])
    np.add.at(weights, design.clusters[drawn], of.weights[drawn])
    variances, dfs = [], []
    for stratum in np.unique(design.strata):
        members = design.strata == stratum
        n = int(members.sum())
        if n > 1:
            # CR2: who makes half of a city draws its share to herself, and her distance from it
            # looks small. With equal weights this is n / (n - 1).
            part = weights[members] / weights[members].sum()
            squares = (totals[members] - totals[members].mean(axis=0)) ** 2
            others = np.maximum(1 - part, _TINY)
            variances.append((squares / others[:, np.newaxis]).sum(axis=0))
            dfs.append(_degrees_of_freedom(part, others))
    if not variances:
        return Error(np.zeros(n_items), np.zeros(n_items))
    parts = np.array(variances)
    variance = parts.sum(axis=0)
    spread = (parts**2 / np.array(dfs)[:, np.newaxis]).sum(axis=0)
    df = np.divide(variance**2, spread, out=np.full(n_items, float(min(dfs))), where=spread > 0)
    return Error(np.sqrt(np.maximum(variance, of.floor)), df)


def _degrees_of_freedom(part: Floats, others: Floats) -> float:
    """Degrees of freedom of the variance of a weighted mean (Bell and McCaffrey).

    Persons of equal variance: one less than there are where all weigh the same, few where some
    weigh much.

    Parameters
    ----------
    part, others : ``(persons,)``, part of each in the weight, and of all others.
    """
    residuals = np.eye(len(part)) - part
    scaled = residuals * (part / np.sqrt(others))[:, np.newaxis]
    products = scaled @ scaled.T
    return float(np.trace(products) ** 2 / (products**2).sum())


def collapse_single(strata: Integers) -> Integers:
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


def together(first: Error, second: Error) -> Error:
    """Error of a sum of independent parts, with Satterthwaite's degrees of freedom."""
    variances = np.array([first.se, second.se]) ** 2
    dfs = np.array([first.df, second.df])
    spread = np.divide(variances**2, dfs, out=np.zeros(dfs.shape), where=dfs > 0).sum(axis=0)
    total = variances.sum(axis=0)
    df = np.divide(total**2, spread, out=first.df.astype(float), where=spread > 0)
    return Error(np.sqrt(total), df)


def _means(sums: InterviewSums, members: Integers, numerators: Floats) -> tuple[Floats, Floats]:
    """Weighted means of some interviews, and what each interview brings to them."""
    omega = sums.denominators[members]
    values = numerators[members].sum(axis=0) / omega.sum()
    influence = (numerators[members] - values * omega[:, np.newaxis]) / omega.sum()
    return np.asarray(values), np.asarray(influence)


def _corrected(sums: InterviewSums, coded: CodedSums, members: Integers) -> Estimate:
    """Means of what is foretold, plus those of the residuals of codings."""
    means, influence = _means(sums, members, coded.predicted)
    weights = coded.weights[members]
    total = weights.sum(axis=0)
    total = np.where(total > 0, total, 1.0)
    bias = coded.residuals[members].sum(axis=0) / total
    of_zero, of_one, of_two = (part[members].sum(axis=0) for part in coded.drawn)
    # Where the rarer answer is not among the few codings of a cell, they do not seem to vary.
    least = coded.spread * of_zero / total**2
    within = np.maximum(of_two - 2 * bias * of_one + bias**2 * of_zero, 0) / total**2
    numbers = coded.numbers[members].sum(axis=0)
    return Estimate(
        means + bias,
        influence + (coded.residuals[members] - bias * weights) / total,
        np.zeros(0),
        least,
        np.maximum(within, least),
        (),
        numbers.astype(np.int64),
        numbers,
    )


def _bases(sums: InterviewSums, coded: CodedSums, members: Integers) -> list[Basis]:
    """Basis of the share of each item."""
    numbers, measured = coded.numbers[members].sum(axis=0), sums.n_passages[members].sum()
    places = sums.interviews.iloc[members].groupby(["wave", "city"], sort=False).ngroup().to_numpy()
    in_place = np.zeros((int(places.max(initial=-1)) + 1, len(sums.items)))
    np.add.at(in_place, places, coded.numbers[members])
    fits = _fit_in_each_place(sums, coded, members)
    # Where each passage stands for itself, and for no other.
    whole = (numbers == measured) & (coded.drawn[0][members].sum(axis=0) == 0)
    enough = (numbers >= FEWEST_CODINGS) & in_place.all(axis=0)
    return [
        Basis.CODED if all_coded else Basis.CORRECTED if good else Basis.UNCORRECTED
        for all_coded, good in zip(whole, enough & fits, strict=True)
    ]


def _fit_in_each_place(
    sums: InterviewSums, coded: CodedSums, members: Integers
) -> NDArray[np.bool_]:
    """True for items whose codings fit in each city and wave that members are of.

    The whole of the place, since that is what was drawn from; and each, since one that stands for
    too much and one for too little would make up for each other.
    """
    places = sums.interviews[["wave", "city"]]
    fits = np.ones(len(sums.items), dtype=bool)
    for wave, city in places.iloc[members].drop_duplicates().itertuples(index=False, name=None):
        here = (places["wave"] == wave) & (places["city"] == city)
        fits &= fits_draw(sums, coded, np.flatnonzero(here))
    return fits


def fits_draw(sums: InterviewSums, coded: CodedSums, members: Integers) -> NDArray[np.bool_]:
    """True for items whose codings stand for about as much speech as there is.

    Where they do not, they were not drawn with the probabilities that are noted.
    """
    omega = sums.denominators[members].sum()
    missed = np.abs(coded.weights[members].sum(axis=0) - omega)
    chance = np.sqrt(coded.drawn[0][members].sum(axis=0))
    return np.asarray(missed <= _FARTHEST * chance + _NEAR * omega)


def _binomial(values: Floats, n: float) -> Floats:
    """Variance of shares of n passages drawn one by one; 0 counts as half a passage."""
    p = (np.clip(values, 0, 1) * n + 0.5) / (n + 1)
    return np.asarray(p * (1 - p) / n)
