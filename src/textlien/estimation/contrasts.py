"""Change between two waves, in each city of both and in the panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.arrays import Floats
from textlien.estimation.intervals import (
    adjust,
    detectable,
    difference_interval,
    multipliers,
    p_value,
    ratio,
    satterthwaite,
)
from textlien.estimation.profiles import InterviewSums
from textlien.files.digests import digest
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL

METHOD = "difference of shares; t interval, bootstrap over interviews, persons where paired"
_FEWEST_IN_PANEL = 2

PANEL_METHOD = f"mean over cities of the {METHOD}"


class _Change(NamedTuple):
    """Both shares of all items in one city (or the panel), and the error of their difference."""

    left: Floats
    right: Floats
    replicates: Floats
    freedom: Floats
    n_interviews: tuple[int, int]
    n_passages: tuple[int, int]
    n_paired: int
    fewest: int


def contrast(
    sums: InterviewSums,
    measure: str,
    waves: tuple[str, str],
    panel: Sequence[str],
    options: ProfilesOptions,
    seed: int,
) -> pd.DataFrame:
    """Differences right − left of each item, per city and for the panel.

    Parameters
    ----------
    sums : of one measure.
    measure : ``theme`` or ``axis``.
    waves : left, right.
    panel : cities of both waves that make up the panel, each with the same weight.
    options : weight, replicates, level, and the fewest interviews for an interval.
    seed : of the bootstrap.

    Returns
    -------
    Table ``contrasts``. Each p is adjusted within its scope and measure.

    Notes
    -----
    Interviews are drawn within city and wave. People interviewed in both waves are drawn once
    for both, so that what they bring to each wave is not counted as independent. Degrees of
    freedom are Welch's, each side with its clusters less its strata, and no more than all clusters
    less all strata. The panel is a mean
    of cities with fixed, equal weights: it changes only if cities change, not because more
    interviews were made in one of them.
    """
    changes = {}
    for city in panel:
        generator = np.random.default_rng([seed, int(digest(measure, *waves, city), 16)])
        change = _change_in(sums, city, waves, options, generator)
        if change is not None:
            changes[city] = change
    frames = [
        _rows("city", city, change, sums, measure, waves, options)
        for city, change in changes.items()
    ]
    rows = [row for frame in frames for row in frame]
    if len(changes) > 1:
        rows += _rows("panel", ALL, _mean(list(changes.values())), sums, measure, waves, options)
    table = pd.DataFrame(rows, columns=tables.columns("contrasts"))
    for scope in ("panel", "city"):
        here = table["scope"] == scope
        table.loc[here, "p_adjusted"] = adjust(table.loc[here, "p"].astype("float64"))
    table["verdict"] = [
        _verdict(difference, p, options.level)
        for difference, p in zip(table["difference"], table["p_adjusted"], strict=True)
    ]
    return tables.make("contrasts", table)


def panel_of(
    interviews: pd.DataFrame, waves: tuple[str, str], declared: Sequence[str]
) -> list[str]:
    """Cities to compare: those declared, else all that have interviews in both waves.

    A study whose interviews have no city at all is compared as one place.
    """
    in_wave = [set(interviews.loc[interviews["wave"] == wave, "city"]) for wave in waves]
    both = in_wave[0] & in_wave[1]
    if both != {""}:
        both -= {""}
    return [city for city in declared if city in both] if declared else sorted(both)


def _change_in(
    sums: InterviewSums,
    city: str,
    waves: tuple[str, str],
    options: ProfilesOptions,
    generator: np.random.Generator,
) -> _Change | None:
    here = (sums.interviews["city"] == city).to_numpy()
    sides = [np.flatnonzero(here & (sums.interviews["wave"] == wave).to_numpy()) for wave in waves]
    if any(len(side) == 0 for side in sides):
        return None
    people = [sums.interviews["cluster"].iloc[side].to_numpy(dtype=object) for side in sides]
    clusters, strata, n_paired = _clusters(people)
    weights = multipliers(strata, options.replicates, generator)
    estimates, replicates, variances = [], [], []
    for side, members in zip(sides, clusters, strict=True):
        numerators, denominators = sums.numerators[side], sums.denominators[side]
        drawn = ratio(weights[:, members], numerators, denominators)
        estimates.append(np.clip(numerators.sum(axis=0) / denominators.sum(), 0, 1))
        replicates.append(drawn)
        variances.append(drawn.var(axis=0, ddof=1))
    sizes = [len(np.unique(members)) for members in clusters]
    freedoms = np.array([_freedom(strata[np.unique(members)]) for members in clusters])
    welch = np.array([satterthwaite(pair, freedoms) for pair in np.transpose(variances)])
    return _Change(
        estimates[0],
        estimates[1],
        replicates[1] - replicates[0],
        np.minimum(welch, _freedom(strata)),
        (len(sides[0]), len(sides[1])),
        (int(sums.n_passages[sides[0]].sum()), int(sums.n_passages[sides[1]].sum())),
        n_paired,
        min(sizes),
    )


def _freedom(strata: NDArray[np.int64]) -> float:
    """Degrees of freedom of an error drawn within strata: units less strata."""
    return float(len(strata) - len(np.unique(strata)))


def _clusters(
    people: Sequence[NDArray[np.object_]],
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64], int]:
    """Cluster of each interview of both sides, stratum of each cluster, number of pairs.

    Strata are: left only, right only, both. Where one of them would hold a single cluster,
    pairs are broken instead, which widens the interval if a person resembles herself.
    """
    both = set(people[0]) & set(people[1])
    alone = [set(side) - both for side in people]
    if both and 1 in (len(both), len(alone[0]), len(alone[1])):
        both = set()
    names = [[("both" if p in both else side, p) for p in people[side]] for side in (0, 1)]
    unique = list(dict.fromkeys(names[0] + names[1]))
    number = {name: index for index, name in enumerate(unique)}
    clusters = [np.array([number[name] for name in side]) for side in names]
    strata = np.array([2 if kind == "both" else int(kind) for kind, _ in unique])
    return clusters, strata, len(both)


def _mean(changes: Sequence[_Change]) -> _Change:
    share = 1 / len(changes)
    variances = np.array([change.replicates.var(axis=0, ddof=1) * share**2 for change in changes])
    freedoms = np.array([change.freedom for change in changes])
    columns = range(variances.shape[1])
    return _Change(
        np.mean([change.left for change in changes], axis=0),
        np.mean([change.right for change in changes], axis=0),
        np.mean([change.replicates for change in changes], axis=0),
        np.array([satterthwaite(variances[:, i], freedoms[:, i]) for i in columns]),
        (sum(c.n_interviews[0] for c in changes), sum(c.n_interviews[1] for c in changes)),
        (sum(c.n_passages[0] for c in changes), sum(c.n_passages[1] for c in changes)),
        sum(change.n_paired for change in changes),
        min(change.fewest for change in changes),
    )


def _rows(
    scope: str,
    city: str,
    change: _Change,
    sums: InterviewSums,
    measure: str,
    waves: tuple[str, str],
    options: ProfilesOptions,
) -> list[dict[str, object]]:
    # The panel needs an error from each city, not an interval in each: two clusters are enough.
    enough = change.fewest >= (_FEWEST_IN_PANEL if scope == "panel" else options.min_interviews)
    errors = change.replicates.std(axis=0, ddof=1) if enough else np.zeros(len(sums.items))
    rows: list[dict[str, object]] = []
    for item, left, right, error, freedom in zip(
        sums.items, change.left, change.right, errors, change.freedom, strict=True
    ):
        difference = float(right - left)
        interval = difference_interval(difference, error, freedom, options.level)
        rows.append(
            {
                "scope": scope,
                "city": city,
                "left": waves[0],
                "right": waves[1],
                "measure": measure,
                "item": item,
                "estimate_left": left,
                "estimate_right": right,
                "difference": difference,
                **interval._asdict(),
                "p": p_value(difference, error, freedom),
                "detectable": detectable(error, freedom, options.level),
                "n_interviews_left": change.n_interviews[0],
                "n_interviews_right": change.n_interviews[1],
                "n_passages_left": change.n_passages[0],
                "n_passages_right": change.n_passages[1],
                "n_paired": change.n_paired,
                "weight": options.weight,
                "method": PANEL_METHOD if scope == "panel" else METHOD,
            }
        )
    return rows


def _verdict(difference: float, p_adjusted: float, level: float) -> str:
    if np.isnan(p_adjusted):
        return "not computed"
    if p_adjusted > 1 - level:
        return "inconclusive"
    return "increase" if difference > 0 else "decrease"
