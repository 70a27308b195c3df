"""The measures that profiles and contrasts estimate: themes and, where there is a model, axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pandas as pd

from textlien.axes.unscored import NO_CONTENT
from textlien.estimation.coded import axis_sums
from textlien.estimation.sums import InterviewSums, interview_sums, theme_values
from textlien.files.digests import digest
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs
from textlien.tables import WEIGHTS
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
        inputs.entry("codings").key,
        study.profiles.model_dump(),
    )


def measures(inputs: Inputs, weight: str = "") -> Mapping[str, InterviewSums]:
    """Sums by interview of each measure, by its name.

    Profiles and contrasts of one run share them: every passage of the corpus is read for them.

    Parameters
    ----------
    inputs : of the stage.
    weight : what a passage counts; by default that of the options.
    """
    return _measures(inputs.run, weight or inputs.study.profiles.weight, measures_key(inputs, 0))


@lru_cache(maxsize=len(WEIGHTS))
def _measures(
    run: Run,
    weight: str,
    key: str,  # noqa: ARG001 - the tables of a run may change
) -> Mapping[str, InterviewSums]:
    """Sums of the tables that a run holds while its measures have one key."""
    return dict(_sums(run, weight))


def shares_that_count(run: Run) -> pd.DataFrame:
    """Table ``passage_themes`` but for themes set aside: what they hold is outside of themes."""
    themes, passage_themes = run["themes"], run["passage_themes"]
    aside = themes.loc[themes["aside"], "theme"]
    return passage_themes[~passage_themes["theme"].isin(aside)]


def _sums(run: Run, weight: str) -> Iterator[tuple[str, InterviewSums]]:
    """Yield the name of each measure with its sums by interview."""
    columns = ["passage_id", "interview_id", "n_words"]
    passages = concatenate("passages", run.shards("passages"))[columns]
    interviews = run["interviews"]
    included = interviews[interviews["included"]]
    passage_themes = shares_that_count(run)
    if len(passage_themes):
        values = theme_values(passage_themes, passages["passage_id"])
        yield "theme", interview_sums(included, passages, values, weight)
    if run.manifest.shards.get("passage_axes"):
        scores, draws, unscored = (
            run[name] for name in ("passage_axes", "label_draws", "passages_without_axis")
        )
        silent = unscored.loc[unscored["reason"] == NO_CONTENT, "passage_id"]
        yield "axis", axis_sums(included, passages, scores, draws, weight, list(silent))
