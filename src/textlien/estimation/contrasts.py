"""Table ``contrasts``: change between two waves, in each city of both and in the panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.estimation.changes import Change, Side, estimate_change, mean_change
from textlien.estimation.intervals import (
    adjust_by,
    detectable,
    difference_interval,
    p_value,
    verdict,
)
from textlien.estimation.method import Method
from textlien.estimation.profiles import InterviewSums
from textlien.files.digests import digest
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, OUTSIDE

REVISION = 4
"""Raised when the same input gives other differences or intervals."""

_FEWEST_IN_PANEL = 2
"""Clusters that a city of the panel needs in each wave.

The panel needs an error from each city, not an interval in each: two clusters give one.
"""


class _Comparison(NamedTuple):
    """One city, or the panel, in two waves.

    ``city`` is ALL for the panel; counts are those of the left and of the right wave.
    """

    scope: str
    city: str
    change: Change
    n_interviews: tuple[int, int]
    n_passages: tuple[int, int]


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
    sums : sums of one measure.
    measure : ``theme`` or ``axis``.
    waves : the left and the right wave.
    panel : cities of both waves that make up the panel, each with the same weight.
    options : weight, replicates, level, and the fewest interviews for an interval.
    seed : seed of the bootstrap.

    Returns
    -------
    Table ``contrasts``. Each p is adjusted within its scope and measure.

    Notes
    -----
    The speech outside of all themes is not compared: its share tells how far the themes reach,
    not what was talked of, and it moves wherever they do. It is no member of the family of tests.
    Interviews are drawn within city and wave. People interviewed in both waves are drawn once
    for both, so that what they bring to each wave is not counted as independent. Degrees of
    freedom are Welch's, each side with its clusters less its strata, and no more than all clusters
    less all strata. The panel is a mean
    of cities with fixed, equal weights: it changes only if cities change, not because more
    interviews were made in one of them.
    """
    sums = sums.without(OUTSIDE)
    comparisons = []
    for city in panel:
        generator = np.random.default_rng([seed, int(digest(measure, *waves, city), 16)])
        comparison = _in_city(sums, city, waves, options.replicates, generator)
        if comparison is not None:
            comparisons.append(comparison)
    if len(comparisons) > 1:
        comparisons.append(_in_panel(comparisons))
    rows = [
        {"left": waves[0], "right": waves[1], "measure": measure, "weight": options.weight, **row}
        for comparison in comparisons
        for row in _rows(comparison, sums.items, options)
    ]
    table = pd.DataFrame(rows, columns=tables.columns("contrasts"))
    for scope in ("panel", "city"):
        here = table["scope"] == scope
        table.loc[here, "p_adjusted"] = adjust_by(table.loc[here, "p"].astype("float64"))
    table["verdict"] = [
        verdict(difference, p, options.level, ("increase", "decrease"))
        for difference, p in zip(table["difference"], table["p_adjusted"], strict=True)
    ]
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
    has_verdict = contrasts["verdict"] != "not computed"
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


def _in_city(
    sums: InterviewSums,
    city: str,
    waves: tuple[str, str],
    replicates: int,
    generator: np.random.Generator,
) -> _Comparison | None:
    """Compare one city, or return None where a wave has no interview in it."""
    here = (sums.interviews["city"] == city).to_numpy()
    members = [np.flatnonzero(here & (sums.interviews["wave"] == wave)) for wave in waves]
    if any(len(side) == 0 for side in members):
        return None
    people = sums.interviews["cluster"].to_numpy(dtype=object)
    left, right = (
        Side(sums.numerators[side], sums.denominators[side], people[side]) for side in members
    )
    passages = [int(sums.n_passages[side].sum()) for side in members]
    return _Comparison(
        "city",
        city,
        estimate_change(left, right, replicates, generator),
        (len(members[0]), len(members[1])),
        (passages[0], passages[1]),
    )


def _in_panel(cities: Sequence[_Comparison]) -> _Comparison:
    """Average the comparisons of all cities."""
    return _Comparison(
        "panel",
        ALL,
        mean_change([city.change for city in cities]),
        (
            sum(city.n_interviews[0] for city in cities),
            sum(city.n_interviews[1] for city in cities),
        ),
        (sum(city.n_passages[0] for city in cities), sum(city.n_passages[1] for city in cities)),
    )


def _rows(
    comparison: _Comparison, items: Sequence[str], options: ProfilesOptions
) -> list[dict[str, object]]:
    """Rows of table ``contrasts`` but for what all of them share, and the adjusted p."""
    change, is_panel = comparison.change, comparison.scope == "panel"
    fewest = _FEWEST_IN_PANEL if is_panel else options.min_interviews
    errors = change.se if change.fewest_clusters >= fewest else np.zeros(len(items))
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
    for item, left, right, se, df in zip(
        items, change.left, change.right, errors, change.df, strict=True
    ):
        difference = float(right - left)
        rows.append(
            {
                **shared,
                "item": item,
                "estimate_left": left,
                "estimate_right": right,
                "difference": difference,
                **difference_interval(difference, se, df, options.level)._asdict(),
                "p": p_value(difference, se, df),
                "detectable": detectable(se, df, options.level),
            }
        )
    return rows
