"""Table ``profiles``: the share of each theme and of each axis per wave, city and actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Integers
from textlien.errors import Problem
from textlien.estimation.intervals import NO_INTERVAL, Interval, logit_interval, share_interval
from textlien.estimation.method import Basis, Method
from textlien.estimation.shares import (
    FEWEST_CODINGS,
    Design,
    Error,
    Estimate,
    collapse_single,
    error,
    estimate,
    fits_draw,
)
from textlien.estimation.sums import InterviewSums
from textlien.messages.message import Location
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL

_NAMED = 5
"""Cells that a warning names."""

REVISION = 5
"""Raised when the same input gives other shares or intervals."""


def profile(
    sums: InterviewSums, measure: str, weight: str, options: ProfilesOptions
) -> tuple[pd.DataFrame, list[Problem]]:
    """Share of each item in each cell, with intervals.

    Parameters
    ----------
    sums : sums of one measure.
    measure : ``theme`` or ``axis``.
    weight : that the sums were made with.
    options : level, and the fewest interviews for an interval.

    Returns
    -------
    Table ``profiles`` for wave × city, wave × city × actor (if asked for), wave × actor and
    wave; and a problem for each cell of a city with too few interviews for an interval.

    Notes
    -----
    Cities are taken as chosen, not drawn: where several are put together people are drawn
    within each. So intervals speak of other such interviews in the same cities; those « within »
    of these very interviews, of which only some passages were coded. A share that is a
    classifier's alone has neither: no number of interviews tells how far it is off.
    """
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    for wave, city, actor, members in _cells(sums.interviews, by_actor=options.by_actor):
        shares, design = estimate(sums, members), design_of(sums, members)
        n_clusters = len(design.strata)
        enough = n_clusters >= options.min_interviews
        # One warning per cell: the axes have the same interviews as the themes.
        if not enough and actor == ALL and measure == "theme" and weight == options.weight:
            problems.append(_too_few(wave, city, n_clusters, options.min_interviews))
        n_passages = int(sums.n_passages[members].sum())
        cell = {
            "wave": wave,
            "city": city,
            "actor": actor,
            "measure": measure,
            "n_interviews": len(members),
            "n_passages": n_passages,
            "weight": weight,
            "method": Method.MEAN_OVER_PASSAGES,
        }
        rows += [
            cell | row
            for row in _rows(
                sums.items, shares, error(shares, design), options, n_passages, enough=enough
            )
        ]
    return tables.make("profiles", rows), problems


def _rows(
    items: Sequence[str],
    shares: Estimate,
    errors: Error,
    options: ProfilesOptions,
    n_passages: int,
    *,
    enough: bool,
) -> Iterator[dict[str, object]]:
    """Columns of table ``profiles`` that each item has of its own."""
    for number, item in enumerate(items):
        basis, n_codings = shares.basis[number], int(shares.n_codings[number])
        share, df, size = (float(part[number]) for part in (shares.values, errors.df, shares.size))
        interval, within = NO_INTERVAL, NO_INTERVAL
        if basis is Basis.MEASURED and enough:
            interval = logit_interval(share, errors.se[number], df, options.level)
        elif basis is not Basis.UNCORRECTED and enough:
            interval = share_interval(share, errors.se[number], df, options.level, size)
        if basis in (Basis.MEASURED, Basis.CODED):
            within = Interval(share, share)
        elif basis is Basis.CORRECTED:
            se = float(np.sqrt(shares.within[number]))
            left = max(1 - n_codings / n_passages, 1 / n_passages)
            within = share_interval(share, se, n_codings - 1, options.level, n_codings / left)
            within = within if se > 0 or share in (0, 1) else Interval(share, share)
        yield {
            "item": item,
            "estimate": share,
            **interval._asdict(),
            "low_within": within.low,
            "high_within": within.high,
            "basis": basis,
            "n_codings": n_codings,
        }


def doubts(sums: InterviewSums) -> list[Problem]:
    """Warn of shares of axes that no coding corrects, and of codings that correct none.

    Parameters
    ----------
    sums : of the axes.
    """
    coded = sums.coded
    if coded is None:
        return []
    where, interviews = Location(option="axes"), sums.interviews[["wave", "city"]]
    problems, alone = [], []
    cells = list(interviews.drop_duplicates().itertuples(index=False, name=None))
    for wave, city in cells:
        here = (interviews["wave"] == wave) & (interviews["city"] == city)
        members = np.flatnonzero(here)
        if Basis.UNCORRECTED in estimate(sums, members).basis:
            alone.append(f"{city} {wave}".strip())
        speech = coded.weights[members].sum(axis=0) / sums.denominators[members].sum()
        wrong = speech[(speech > 0) & ~fits_draw(sums, coded, members)]
        if len(wrong):
            cell = {"city": city, "wave": wave, "speech": float(wrong[0])}
            problems.append(Problem.warning("estimation.draw-does-not-fit", where, **cell))
    if alone:
        figures = {"n": len(alone), "total": len(cells), "least": FEWEST_CODINGS}
        places = tuple(alone[:_NAMED])
        problems.append(Problem.warning("estimation.uncorrected", where, places=places, **figures))
    unused = int(coded.unused.max(axis=1).sum())
    if unused:
        problems.append(Problem.warning("estimation.unused-codings", where, n=unused))
    return problems


def design_of(sums: InterviewSums, members: Integers) -> Design:
    """Draw of the persons of a cell, within cities."""
    cell = sums.interviews.iloc[members]
    codes, names = pd.factorize(cell["cluster"])
    strata = np.zeros(len(names), dtype="int64")
    strata[codes] = pd.factorize(cell["city"])[0]
    clusters = np.full(len(sums.interviews), -1)
    clusters[members] = codes
    return Design(clusters, collapse_single(strata))


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
