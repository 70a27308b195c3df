"""Stage ``profiles``: shares of themes and axes in each cell."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textlien.errors import Problem
from textlien.estimation.profiles import (
    InterviewSums,
    axis_values,
    interview_sums,
    profile,
    theme_values,
)
from textlien.files.digests import digest
from textlien.pipeline.stage import Context, Done, whole
from textlien.tables.parquet import concatenate, table_digest

PROFILES_REVISION = 1


def _sums(context: Context) -> dict[str, InterviewSums]:
    """Sums by interview of the themes and, where there is a model, of the axes."""
    if context.sums is None:
        context.sums = dict(_measures(context))
    return context.sums


def _measures(context: Context) -> Iterator[tuple[str, InterviewSums]]:
    """Yield each measure with its sums."""
    run, weight = context.run, context.study.profiles.weight
    columns = ["passage_id", "interview_id", "n_words"]
    passages = concatenate("passages", run.shards("passages"))[columns]
    included = context.interviews[context.interviews["included"]]
    if len(run["passage_themes"]):
        values = theme_values(run["passage_themes"])
        yield "theme", interview_sums(included, passages, values, weight)
    if context.shard_keys("passage_axes"):
        values = axis_values(run["passage_axes"])
        yield "axis", interview_sums(included, passages, values, weight)


def _measures_key(context: Context) -> str:
    return digest(
        PROFILES_REVISION,
        context.versions("numpy", "scipy"),
        table_digest(context.interviews),
        list(context.shard_keys("passages").values()),
        context.key("themes"),
        list(context.shard_keys("passage_axes").values()),
        context.study.profiles.model_dump(),
        context.study.study.seed,
    )


def profiles_stage(context: Context) -> Done:
    """Estimate the share of each theme and axis in each cell."""
    study = context.study

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        parts, problems = [], []
        for measure, sums in _sums(context).items():
            table, found = profile(sums, measure, study.profiles, study.study.seed)
            parts.append(table)
            problems += found
        table = concatenate("profiles", parts)
        cells = len(table[["wave", "city", "actor"]].drop_duplicates())
        return [table], problems, f"{len(table):,} shares in {cells} cells"

    return whole(context, _measures_key(context), ("profiles",), compute)
