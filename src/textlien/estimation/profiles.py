"""Prevalence: the share of each theme and of each axis per wave, city and actor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.errors import Problem
from textlien.estimation.intervals import collapse_single, logit_interval, multipliers, ratio
from textlien.files.digests import digest
from textlien.raw import raw_problem
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL

METHOD = "mean over passages; logit t interval, bootstrap over interviews"


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


def theme_values(passage_themes: pd.DataFrame) -> pd.DataFrame:
    """Table ``passage_themes`` as passages × themes; shares that are not listed are 0."""
    wide = passage_themes.pivot(index="passage_id", columns="theme", values="share").fillna(0.0)
    return wide.rename(columns=str)


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
    weight : of a passage: ``words`` (the result is a share of speech), ``passages`` (each
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
    described = interviews.set_index("interview_id").loc[list(names)]
    cluster = described["person"].where(described["person"] != "", described.index.to_series())
    described = described.assign(cluster=cluster)
    return InterviewSums(
        described, numerators, denominators, n_passages, [str(item) for item in values.columns]
    )


def profile(
    sums: InterviewSums, measure: str, options: ProfilesOptions, seed: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """Share of each item in each cell, with intervals.

    Parameters
    ----------
    sums : of one measure.
    measure : ``theme`` or ``axis``.
    options : weight, replicates, level, and the fewest interviews for an interval.
    seed : of the bootstrap; each cell has its own stream, so that one more city does not
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
        estimates, errors, freedom, clusters = _estimate(sums, members, options, generator)
        enough = clusters >= options.min_interviews
        if not enough and actor == ALL and measure == "theme":
            problems.append(_too_few(wave, city, clusters, options))
        for item, estimate, error in zip(sums.items, estimates, errors, strict=True):
            interval = logit_interval(estimate, error if enough else 0.0, freedom, options.level)
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
                    "method": METHOD,
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
            named = dict(zip(keys, values if isinstance(values, tuple) else (values,), strict=True))
            if "" in (named.get("city"), named.get("actor")):
                continue
            yield (
                named["wave"],
                named.get("city", ALL),
                named.get("actor", ALL),
                np.asarray(members, dtype=np.int64),
            )


def _estimate(
    sums: InterviewSums, members: Integers, options: ProfilesOptions, generator: np.random.Generator
) -> tuple[Floats, Floats, float, int]:
    """Estimates and standard errors of all items, degrees of freedom, number of clusters."""
    described = sums.interviews.iloc[members]
    clusters, names = pd.factorize(described["cluster"])
    cities = pd.factorize(described["city"])[0]
    strata = np.zeros(len(names), dtype="int64")
    strata[clusters] = cities
    strata = collapse_single(strata)
    weights = multipliers(strata, options.replicates, generator)[:, clusters]
    numerators, denominators = sums.numerators[members], sums.denominators[members]
    estimates = numerators.sum(axis=0) / denominators.sum()
    errors = ratio(weights, numerators, denominators).std(axis=0, ddof=1)
    freedom = len(names) - len(np.unique(strata))
    return np.clip(estimates, 0, 1), errors, float(freedom), len(names)


def _too_few(wave: str, city: str, found: int, options: ProfilesOptions) -> Problem:
    place = f"{city}, {wave}" if city != ALL else f"wave {wave}"
    return raw_problem(
        "profiles",
        f"{found} interview{'s' if found > 1 else ''} with passages: too few for an interval "
        f"(at least {options.min_interviews}).",
        "Shares are given without one. Add interviews, or set [profiles] min_interviews lower.",
        place,
        "warning",
    )
