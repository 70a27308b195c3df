"""Table ``contrasts``: change between two waves, in each city of both and in the panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Integers
from textlien.estimation.changes import Change, estimate_change, mean_change
from textlien.estimation.intervals import (
    adjust_by,
    detectable,
    difference_interval,
    p_value,
    verdict,
)
from textlien.estimation.method import Basis, Method
from textlien.estimation.shares import Error, error, together
from textlien.estimation.sums import InterviewSums, RefitSums
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, OUTSIDE

REVISION = 7
"""Raised when the same input gives other differences or intervals."""

_FEWEST_IN_PANEL = 2
"""Clusters that a city of the panel needs in each wave.

The panel needs an error from each city, not an interval in each: two clusters give one.
"""


class _Comparison(NamedTuple):
    """One city, or the panel, in two waves.

    ``city`` is ALL for the panel; counts are those of the left and of the right wave; ``sides``
    are the interviews of both, by city.
    """

    scope: str
    city: str
    change: Change
    sides: tuple[tuple[Integers, Integers], ...]
    n_interviews: tuple[int, int]
    n_passages: tuple[int, int]


def contrast(
    sums: InterviewSums,
    measure: str,
    waves: tuple[str, str],
    panel: Sequence[str],
    options: ProfilesOptions,
    refits: RefitSums | None = None,
) -> pd.DataFrame:
    """Differences right − left of each item, per city and for the panel.

    Parameters
    ----------
    sums : sums of one measure.
    measure : ``theme`` or ``axis``.
    waves : the left and the right wave.
    panel : cities of both waves that make up the panel, each with the same weight.
    options : weight that the sums were made with, level, and the fewest interviews for an interval.
    refits : of the themes, on other draws of the persons.

    Returns
    -------
    Table ``contrasts``. Each p is adjusted within its scope and measure.

    Notes
    -----
    The speech outside of all themes is not compared: its share tells how far the themes reach,
    not what was talked of, and it moves wherever they do. It is no member of the family of tests.
    Interviews are drawn within city and wave. People interviewed in both waves are drawn once
    for both, so that what they bring to each wave is not counted as independent. Degrees of
    freedom are Satterthwaite's over cities and waves (Welch's for one city). The panel is a mean
    of cities with fixed, equal weights: it changes only if cities change, not because more
    interviews were made in one of them. Where either share is a classifier's alone, there is no
    interval and no verdict: it may err more in one wave than in the other.
    """
    sums = sums.without(OUTSIDE) if measure == "theme" else sums
    comparisons = []
    for city in panel:
        comparison = _in_city(sums, city, waves)
        if comparison is not None:
            comparisons.append(comparison)
    if len(comparisons) > 1:
        comparisons.append(_in_panel(comparisons))
    rows = [
        {"left": waves[0], "right": waves[1], "measure": measure, "weight": options.weight, **row}
        for comparison in comparisons
        for row in _rows(comparison, sums.items, options, _of_themes(sums, refits, comparison))
    ]
    table = pd.DataFrame(rows, columns=tables.columns("contrasts"))
    for scope in ("panel", "city"):
        here = table["scope"] == scope
        table.loc[here, "p_adjusted"] = adjust_by(table.loc[here, "p"].astype("float64"))
    directions = ("increase", "decrease")
    table["verdict"] = [
        verdict(difference, p, options.level, directions)
        for difference, p in zip(table["difference"], table["p_adjusted"], strict=True)
    ]
    table["verdict"] = table["verdict"].mask(table["basis"] == Basis.UNCORRECTED, "uncorrected")
    return tables.make("contrasts", table)


def without_verdict_on(contrasts: pd.DataFrame, fragile: Collection[str]) -> pd.DataFrame:
    """The same table, in which no change of a fragile theme has a verdict.

    The error of a change is that of drawing interviews with the themes held fixed: nothing tells
    how far a theme would have moved that other interviews may not give at all.

    Parameters
    ----------
    contrasts : table.
    fragile : themes, as column ``item`` has them.
    """
    has_verdict = ~contrasts["verdict"].isin(["not computed", "uncorrected"])
    unsure = (contrasts["measure"] == "theme") & contrasts["item"].isin(fragile) & has_verdict
    return contrasts.assign(verdict=contrasts["verdict"].mask(unsure, "fragile"))


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


def _in_city(sums: InterviewSums, city: str, waves: tuple[str, str]) -> _Comparison | None:
    """Compare one city, or return None where a wave has no interview in it."""
    here = (sums.interviews["city"] == city).to_numpy()
    left, right = (np.flatnonzero(here & (sums.interviews["wave"] == wave)) for wave in waves)
    if not len(left) or not len(right):
        return None
    return _Comparison(
        "city",
        city,
        estimate_change(sums, left, right),
        ((left, right),),
        (len(left), len(right)),
        (int(sums.n_passages[left].sum()), int(sums.n_passages[right].sum())),
    )


def _in_panel(cities: Sequence[_Comparison]) -> _Comparison:
    """Average the comparisons of all cities."""
    return _Comparison(
        "panel",
        ALL,
        mean_change([city.change for city in cities]),
        tuple(side for city in cities for side in city.sides),
        (
            sum(city.n_interviews[0] for city in cities),
            sum(city.n_interviews[1] for city in cities),
        ),
        (sum(city.n_passages[0] for city in cities), sum(city.n_passages[1] for city in cities)),
    )


def _of_themes(sums: InterviewSums, refits: RefitSums | None, comparison: _Comparison) -> Error:
    """Error that the themes bring to a comparison: other persons would have given others.

    Variance of the difference over refits, these interviews held fixed, times what the delete-d
    jackknife takes for the persons that refits have in common.

    References
    ----------
    Shao, J., Wu, C. F. J. (1989). A general theory for jackknife variance estimation. *Annals of
    Statistics* 17, 1176-1197.
    """
    none = np.zeros(len(sums.items))
    if refits is None:
        return Error(none, none)
    differences = np.zeros((len(refits.numerators), len(sums.items)))
    for left, right in comparison.sides:
        before, after = (
            refits.numerators[:, side].sum(axis=1) / sums.denominators[side].sum()
            for side in (left, right)
        )
        differences += (after - before) / len(comparison.sides)
    # A theme that did not come back in a refit has no difference there.
    number = (~np.isnan(differences)).sum(axis=0)
    mean = np.nansum(differences, axis=0) / np.maximum(number, 1)
    squares = np.nansum((differences - mean) ** 2, axis=0)
    variance = refits.kept / (1 - refits.kept) * squares / np.maximum(number - 1, 1)
    return Error(np.sqrt(variance), np.maximum(number - 1.0, 0))


def _rows(
    comparison: _Comparison, items: Sequence[str], options: ProfilesOptions, of_themes: Error
) -> list[dict[str, object]]:
    """Rows of table ``contrasts`` but for what all of them share, and the adjusted p."""
    change, is_panel = comparison.change, comparison.scope == "panel"
    fewest = _FEWEST_IN_PANEL if is_panel else options.min_interviews
    errors = together(error(change.difference, change.design), of_themes)
    enough = change.fewest_clusters >= fewest
    shared = {
        "scope": comparison.scope,
        "city": comparison.city,
        "n_interviews_left": comparison.n_interviews[0],
        "n_interviews_right": comparison.n_interviews[1],
        "n_passages_left": comparison.n_passages[0],
        "n_passages_right": comparison.n_passages[1],
        "n_paired": change.n_paired,
        "method": Method.MEAN_OVER_CITIES if is_panel else Method.DIFFERENCE_OF_SHARES,
    }
    rows: list[dict[str, object]] = []
    for number, item in enumerate(items):
        left, right = float(change.left.values[number]), float(change.right.values[number])
        basis = change.difference.basis[number]
        tested = enough and basis is not Basis.UNCORRECTED
        se, df = float(errors.se[number]) if tested else 0.0, float(errors.df[number])
        rows.append(
            {
                **shared,
                "item": item,
                "estimate_left": left,
                "estimate_right": right,
                "difference": right - left,
                **difference_interval(right - left, se, df, options.level)._asdict(),
                "p": p_value(right - left, se, df),
                "detectable": detectable(se, df, options.level),
                "basis": basis,
                "n_codings_left": int(change.left.n_codings[number]),
                "n_codings_right": int(change.right.n_codings[number]),
            }
        )
    return rows
