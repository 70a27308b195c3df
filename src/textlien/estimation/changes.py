"""Change of shares between two waves of one city, and its mean over cities, on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.estimation.resampling import (
    bootstrap_weights,
    degrees_of_freedom,
    ratio_estimate,
    welch_satterthwaite_df,
)

_BOTH = 2
"""Stratum of the people interviewed in both waves; 0 and 1 are left only and right only."""


class Side(NamedTuple):
    """The interviews of one wave.

    Attributes
    ----------
    numerators : ``(interviews, items)``, Σ ω·value over the passages of each interview.
    denominators : ``(interviews,)``, Σ ω.
    people : ``(interviews,)``, names of the persons interviewed; equal names, same person.
    """

    numerators: Floats
    denominators: Floats
    people: NDArray[np.object_]


class Change(NamedTuple):
    """Shares of all items in two waves, and the uncertainty of their difference.

    Attributes
    ----------
    left, right : ``(items,)``, shares.
    replicates : ``(replicates, items)``, bootstrap differences right − left.
    df : ``(items,)``, degrees of freedom of their standard deviation.
    n_paired : number of persons drawn once for both waves.
    fewest_clusters : number of clusters of the wave that has fewer.
    """

    left: Floats
    right: Floats
    replicates: Floats
    df: Floats
    n_paired: int
    fewest_clusters: int

    @property
    def se(self) -> Floats:
        """Standard errors of the differences: ``(items,)``."""
        return np.asarray(self.replicates.std(axis=0, ddof=1))


class Design(NamedTuple):
    """Units that the bootstrap draws for two waves.

    Attributes
    ----------
    clusters : cluster of each interview, for the left and for the right wave.
    strata : ``(clusters,)``, stratum of each cluster.
    n_paired : number of persons that are one cluster of both waves.
    """

    clusters: tuple[Integers, Integers]
    strata: Integers
    n_paired: int


def estimate_change(
    left: Side, right: Side, replicates: int, generator: np.random.Generator
) -> Change:
    """Estimate the change between two waves in one place.

    Parameters
    ----------
    left, right : the two waves, at least one interview each.
    replicates : number of bootstrap samples.
    generator : source of the draws.
    """
    design = paired_design(left.people, right.people)
    weights = bootstrap_weights(design.strata, replicates, generator)
    estimates, samples = [], []
    for side, members in zip((left, right), design.clusters, strict=True):
        samples.append(ratio_estimate(weights[:, members], side.numerators, side.denominators))
        shares = side.numerators.sum(axis=0) / side.denominators.sum()
        estimates.append(np.clip(shares, 0, 1))
    variances = np.transpose([sample.var(axis=0, ddof=1) for sample in samples])
    units = [np.unique(members) for members in design.clusters]
    dfs = np.array([degrees_of_freedom(design.strata[unit]) for unit in units])
    welch = np.array([welch_satterthwaite_df(pair, dfs) for pair in variances])
    return Change(
        estimates[0],
        estimates[1],
        samples[1] - samples[0],
        np.minimum(welch, degrees_of_freedom(design.strata)),
        design.n_paired,
        min(len(unit) for unit in units),
    )


def paired_design(left: NDArray[np.object_], right: NDArray[np.object_]) -> Design:
    """Decide which interviews of two waves are drawn together.

    Parameters
    ----------
    left, right : names of the persons interviewed in each wave.

    Returns
    -------
    A design whose strata are: left only, right only, both. Where one of them would hold a single
    cluster, pairs are broken instead, which widens the interval if a person resembles herself.
    """
    both = set(left) & set(right)
    only = [set(side) - both for side in (left, right)]
    # A single cluster says nothing of its variation: its stratum would add no error at all.
    if both and 1 in (len(both), len(only[0]), len(only[1])):
        both = set()
    units = [
        [(_BOTH if person in both else wave, person) for person in side]
        for wave, side in enumerate((left, right))
    ]
    unique = list(dict.fromkeys(units[0] + units[1]))
    number = {unit: index for index, unit in enumerate(unique)}
    clusters = [np.array([number[unit] for unit in side]) for side in units]
    strata = np.array([stratum for stratum, _ in unique])
    return Design((clusters[0], clusters[1]), strata, len(both))


def mean_change(changes: Sequence[Change]) -> Change:
    """Average changes of several cities, each with the same weight."""
    weight = 1 / len(changes)
    variances = np.array([change.replicates.var(axis=0, ddof=1) * weight**2 for change in changes])
    dfs = np.array([change.df for change in changes])
    items = range(variances.shape[1])
    return Change(
        np.mean([change.left for change in changes], axis=0),
        np.mean([change.right for change in changes], axis=0),
        np.mean([change.replicates for change in changes], axis=0),
        np.array([welch_satterthwaite_df(variances[:, item], dfs[:, item]) for item in items]),
        sum(change.n_paired for change in changes),
        min(change.fewest_clusters for change in changes),
    )
