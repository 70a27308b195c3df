"""Table ``profiles``: the share of each theme and of each axis per wave, city and actor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.errors import Problem
from textlien.estimation.intervals import logit_interval
from textlien.estimation.method import Method
from textlien.estimation.resampling import Shares, estimate_shares
from textlien.files.digests import digest
from textlien.messages.message import Location
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, OUTSIDE

REVISION = 3
"""Raised when the same input gives other shares or intervals."""


class InterviewSums(NamedTuple):
    """Sums of one measure over the passages of each interview.

    Attributes
    ----------
    interviews : table ``interviews`` of those that have a passage measured, indexed by
        ``interview_id``, with a column ``cluster``: the person if known, else the interview.
    numerators : ``(n, items)``, Σ ω·value over the passages of the interview.
    denominators : ``(n,)``, Σ ω.
    n_passages : ``(n,)``, number of passages measured.
    items : names of the columns of ``numerators``.
    """

    interviews: pd.DataFrame
    numerators: Floats
    denominators: Floats
    n_passages: Floats
    items: list[str]

    def without(self, item: str) -> InterviewSums:
        """The same sums but for one item."""
        kept = [name != item for name in self.items]
        return self._replace(
            numerators=self.numerators[:, kept],
            items=[name for name in self.items if name != item],
        )


def theme_values(passage_themes: pd.DataFrame, passages: pd.Series) -> pd.DataFrame:
    """Share of each theme in each passage, and of what is outside of all themes.

    Parameters
    ----------
    passage_themes : table; shares that are not listed are 0.
    passages : identifiers of all passages. One without any theme counts as well: whole, it is
        outside of all themes.

    Returns
    -------
    Passages × themes, the last column :data:`~textlien.tables.OUTSIDE`; rows sum to 1.
    """
    wide = passage_themes.pivot(index="passage_id", columns="theme", values="share")
    shares = wide.reindex(passages).fillna(0.0).rename(columns=str)
    return shares.assign(**{OUTSIDE: np.clip(1 - shares.sum(axis=1), 0, 1)})


def axis_values(passage_axes: pd.DataFrame) -> pd.DataFrame:
    """Table ``passage_axes`` as passages × axes: calibrated probabilities.

    Their mean estimates a share with less bias than a count of decisions does, since what one
    passage loses at the threshold another wins.
    """
    columns = list(dict.fromkeys(passage_axes["axis"]))
    wide = passage_axes.pivot(index="passage_id", columns="axis", values="probability")
    return wide[columns]


def interview_sums(
    interviews: pd.DataFrame, passages: pd.DataFrame, values: pd.DataFrame, weight: str
) -> InterviewSums:
    """Sum a measure over the passages of each interview.

    Parameters
    ----------
    interviews, passages : tables (of ``passages`` only ids and ``n_words`` are used).
    values : passages × items; a passage that is not in it is not measured, and counts in
        neither numerator nor denominator.
    weight : what a passage counts: ``words`` (the result is a share of speech), ``passages`` (each
        counts 1), ``interviews`` (each interview counts 1, whatever its length).
    """
    measured = passages.loc[passages["passage_id"].isin(values.index)]
    table = values.reindex(measured["passage_id"]).to_numpy(dtype="float64")
    codes, names = pd.factorize(measured["interview_id"])
    n_passages = np.zeros(len(names))
    np.add.at(n_passages, codes, 1)
    omega = {
        "words": measured["n_words"].to_numpy(dtype="float64"),
        "passages": np.ones(len(measured)),
        "interviews": 1 / n_passages[codes],
    }[weight]
    numerators = np.zeros((len(names), values.shape[1]))
    np.add.at(numerators, codes, table * omega[:, np.newaxis])
    denominators = np.zeros(len(names))
    np.add.at(denominators, codes, omega)
    rows = interviews.set_index("interview_id").loc[list(names)]
    cluster = rows["person"].where(rows["person"] != "", rows.index.to_series())
    return InterviewSums(
        rows.assign(cluster=cluster),
        numerators,
        denominators,
        n_passages,
        [str(item) for item in values.columns],
    )


def profile(
    sums: InterviewSums, measure: str, options: ProfilesOptions, seed: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """Share of each item in each cell, with intervals.

    Parameters
    ----------
    sums : sums of one measure.
    measure : ``theme`` or ``axis``.
    options : weight, replicates, level, and the fewest interviews for an interval.
    seed : seed of the bootstrap; each cell has its own stream, so that one more city does not
        change the intervals of the others.

    Returns
    -------
    Table ``profiles`` for wave × city, wave × city × actor (if asked for), wave × actor and
    wave; and a problem for each cell of a city with too few interviews for an interval.

    Notes
    -----
    Cities are taken as chosen, not drawn: where several are put together the bootstrap draws
    within each. So intervals speak of other such interviews in the same cities.
    """
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    for wave, city, actor, members in _cells(sums.interviews, by_actor=options.by_actor):
        generator = np.random.default_rng([seed, int(digest(measure, wave, city, actor), 16)])
        shares = _estimate(sums, members, options.replicates, generator)
        enough = shares.n_clusters >= options.min_interviews
        # One warning per cell: the axes have the same interviews as the themes.
        if not enough and actor == ALL and measure == "theme":
            problems.append(_too_few(wave, city, shares.n_clusters, options.min_interviews))
        for item, estimate, se in zip(sums.items, shares.estimates, shares.se, strict=True):
            interval = logit_interval(estimate, se if enough else 0.0, shares.df, options.level)
            rows.append(
                {
                    "wave": wave,
                    "city": city,
                    "actor": actor,
                    "measure": measure,
                    "item": item,
                    "estimate": estimate,
                    **interval._asdict(),
                    "n_interviews": len(members),
                    "n_passages": int(sums.n_passages[members].sum()),
                    "weight": options.weight,
                    "method": Method.MEAN_OVER_PASSAGES,
                }
            )
    return tables.make("profiles", rows), problems


def _cells(interviews: pd.DataFrame, *, by_actor: bool) -> Iterator[tuple[str, str, str, Integers]]:
    """Yield wave, city, actor and the row numbers of each cell."""
    rows = pd.DataFrame({key: interviews[key].to_numpy() for key in ("wave", "city", "actor")})
    groupings = [["wave"], ["wave", "city"]]
    if by_actor:
        groupings += [["wave", "actor"], ["wave", "city", "actor"]]
    for keys in groupings:
        for values, members in rows.groupby(keys, sort=False).indices.items():
            cell = dict(zip(keys, values if isinstance(values, tuple) else (values,), strict=True))
            if "" in (cell.get("city"), cell.get("actor")):
                continue
            yield (
                cell["wave"],
                cell.get("city", ALL),
                cell.get("actor", ALL),
                np.asarray(members, dtype=np.int64),
            )


def _estimate(
    sums: InterviewSums, members: Integers, replicates: int, generator: np.random.Generator
) -> Shares:
    """Estimate the shares of one cell, with cities as strata."""
    cell = sums.interviews.iloc[members]
    clusters, names = pd.factorize(cell["cluster"])
    strata = np.zeros(len(names), dtype="int64")
    strata[clusters] = pd.factorize(cell["city"])[0]
    numerators, denominators = sums.numerators[members], sums.denominators[members]
    return estimate_shares(numerators, denominators, clusters, strata, replicates, generator)


def _too_few(wave: str, city: str, interviews: int, least: int) -> Problem:
    """Warn that a cell has shares without intervals."""
    where = Location(option="profiles.min_interviews")
    if city == ALL:
        return Problem.warning(
            "estimation.too-few-in-wave", where, wave=wave, interviews=interviews, least=least
        )
    return Problem.warning(
        "estimation.too-few-in-city",
        where,
        city=city,
        wave=wave,
        interviews=interviews,
        least=least,
    )
