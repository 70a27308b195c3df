"""Change of shares between two waves of one city, and its mean over cities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Integers
from textlien.estimation.shares import Design, Estimate, combine, estimate
from textlien.estimation.sums import InterviewSums

_BOTH = 2
"""Stratum of the people interviewed in both waves; 0 and 1 are left only and right only."""

_STRATA = 3

_FEWEST_IN_STRATUM = 3
"""People of a stratum below which nobody is drawn for both waves."""


class Change(NamedTuple):
    """Shares of all items in two waves, and their difference.

    Attributes
    ----------
    left, right, difference : estimates; difference is right − left.
    design : what is drawn, for the error of the difference.
    n_paired : number of persons drawn once for both waves.
    fewest_clusters : number of persons of the wave that has fewer.
    """

    left: Estimate
    right: Estimate
    difference: Estimate
    design: Design
    n_paired: int
    fewest_clusters: int


class PairedDesign(NamedTuple):
    """Persons that are drawn for two waves.

    Attributes
    ----------
    clusters : cluster of each interview, for the left and for the right wave.
    strata : ``(clusters,)``, stratum of each cluster.
    n_paired : number of persons that are one cluster of both waves.
    """

    clusters: tuple[Integers, Integers]
    strata: Integers
    n_paired: int


def estimate_change(sums: InterviewSums, left: Integers, right: Integers) -> Change:
    """Estimate the change between two waves in one place.

    Parameters
    ----------
    sums : of one measure.
    left, right : row numbers of the interviews of each wave, at least one.
    """
    people = sums.interviews["cluster"].to_numpy(dtype=object)
    paired = paired_design(people[left], people[right])
    clusters = np.full(len(people), -1)
    clusters[left], clusters[right] = paired.clusters
    before, after = estimate(sums, left), estimate(sums, right)
    return Change(
        before,
        after,
        combine([after, before], [1, -1]),
        Design(clusters, paired.strata),
        paired.n_paired,
        min(len(np.unique(side)) for side in paired.clusters),
    )


def paired_design(left: NDArray[np.object_], right: NDArray[np.object_]) -> PairedDesign:
    """Decide which interviews of two waves are drawn together.

    Parameters
    ----------
    left, right : names of the persons interviewed in each wave.

    Returns
    -------
    A design whose strata are: left only, right only, both. Where one of them would hold one or two
    people, pairs are broken instead, which widens the interval if a person resembles herself.
    """
    both = set(left) & set(right)
    only = [set(side) - both for side in (left, right)]
    # One says nothing of their variation, and two so little (a single degree of freedom) that
    # intervals are five times as wide as with pairs broken.
    if any(0 < len(people) < _FEWEST_IN_STRATUM for people in (both, *only)):
        both = set()
    units = [
        [(_BOTH if person in both else wave, person) for person in side]
        for wave, side in enumerate((left, right))
    ]
    unique = list(dict.fromkeys(units[0] + units[1]))
    number = {unit: index for index, unit in enumerate(unique)}
    clusters = [np.array([number[unit] for unit in side], dtype=np.int64) for side in units]
    strata = np.array([stratum for stratum, _ in unique], dtype=np.int64)
    return PairedDesign((clusters[0], clusters[1]), strata, len(both))


def mean_change(changes: Sequence[Change]) -> Change:
    """Average changes of several cities, each with the same weight; each city draws its people."""
    weights = [1 / len(changes)] * len(changes)
    clusters = np.full(len(changes[0].design.clusters), -1)
    strata: list[Integers] = []
    for number, change in enumerate(changes):
        here = change.design.clusters >= 0
        clusters[here] = change.design.clusters[here] + sum(map(len, strata))
        strata.append(change.design.strata + _STRATA * number)
    return Change(
        combine([change.left for change in changes], weights),
        combine([change.right for change in changes], weights),
        combine([change.difference for change in changes], weights),
        Design(clusters, np.concatenate(strata)),
        sum(change.n_paired for change in changes),
        min(change.fewest_clusters for change in changes),
    )
