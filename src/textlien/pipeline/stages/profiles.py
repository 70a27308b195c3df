"""Stage ``profiles``: shares of themes and axes in each cell."""

from __future__ import annotations

from textlien.errors import Problem
from textlien.estimation.profiles import REVISION, profile
from textlien.messages.message import message
from textlien.pipeline.measures import measures, measures_key
from textlien.pipeline.stage import Inputs, Result
from textlien.tables.parquet import concatenate


def key(inputs: Inputs) -> str:
    """Digest of the measures and the options."""
    return measures_key(inputs, REVISION)


def compute(inputs: Inputs) -> Result:
    """Estimate the share of each theme and axis in each cell."""
    study = inputs.study
    parts = []
    problems: list[Problem] = []
    for measure, sums in measures(inputs).items():
        shares, problems_of_measure = profile(sums, measure, study.profiles, study.study.seed)
        parts.append(shares)
        problems += problems_of_measure
    table = concatenate("profiles", parts)
    cells = len(table[["wave", "city", "actor"]].drop_duplicates())
    summary = message("pipeline.summary-profiles", shares=len(table), cells=cells)
    return Result(summary, {"profiles": table}, problems)
