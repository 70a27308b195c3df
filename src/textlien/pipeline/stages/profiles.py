"""Stage ``profiles``: shares of themes and axes in each cell."""

from __future__ import annotations

from textlien.errors import Problem
from textlien.estimation.profiles import REVISION, doubts, profile
from textlien.messages.message import Location, message
from textlien.pipeline.measures import measures, measures_key
from textlien.pipeline.stage import Inputs, Result
from textlien.tables import WEIGHTS
from textlien.tables.parquet import concatenate


def key(inputs: Inputs) -> str:
    """Digest of the measures and the options."""
    return measures_key(inputs, REVISION)


def compute(inputs: Inputs) -> Result:
    """Estimate the share of each theme and axis in each cell, by each weight of passages."""
    study = inputs.study
    parts = []
    problems: list[Problem] = []
    for weight in sorted(WEIGHTS, key=lambda name: name != study.profiles.weight):
        for measure, sums in measures(inputs, weight).items():
            shares, problems_of_measure = profile(sums, measure, weight, study.profiles)
            parts.append(shares)
            problems += problems_of_measure
    problems += [problem for sums in measures(inputs).values() for problem in doubts(sums)]
    if study.profiles.replicates:
        where = Location(option="profiles.replicates")
        problems.append(Problem.warning("estimation.without-replicates", where))
    table = concatenate("profiles", parts)
    cells = len(table[["wave", "city", "actor"]].drop_duplicates())
    summary = message("pipeline.summary-profiles", shares=len(table) // len(WEIGHTS), cells=cells)
    return Result(summary, {"profiles": table}, problems)
