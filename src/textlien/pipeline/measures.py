"""The measures that profiles and contrasts estimate: themes and, where there is a model, axes."""

from __future__ import annotations

from collections.abc import Iterator

from textlien.estimation.profiles import (
    InterviewSums,
    axis_values,
    interview_sums,
    theme_values,
)
from textlien.files.digests import digest
from textlien.pipeline.stage import Inputs
from textlien.tables.parquet import concatenate, table_digest


def measures_key(inputs: Inputs, revision: int) -> str:
    """Digest of all that estimates of the measures depend on.

    Parameters
    ----------
    inputs : of the stage.
    revision : of the estimator.
    """
    study = inputs.study
    return digest(
        revision,
        inputs.versions("numpy", "scipy"),
        table_digest(inputs.interviews),
        list(inputs.shards("passages").values()),
        inputs.entry("themes").key,
        list(inputs.shards("passage_axes").values()),
        study.profiles.model_dump(),
        study.study.seed,
    )


def measures(inputs: Inputs) -> Iterator[tuple[str, InterviewSums]]:
    """Yield the name of each measure with its sums by interview.

    Cheap compared with the estimates, so that each stage makes its own.
    """
    run, weight = inputs.run, inputs.study.profiles.weight
    columns = ["passage_id", "interview_id", "n_words"]
    passages = concatenate("passages", run.shards("passages"))[columns]
    included = inputs.included
    passage_themes = run["passage_themes"]
    if len(passage_themes):
        values = theme_values(passage_themes)
        yield "theme", interview_sums(included, passages, values, weight)
    if inputs.shards("passage_axes"):
        values = axis_values(run["passage_axes"])
        yield "axis", interview_sums(included, passages, values, weight)
