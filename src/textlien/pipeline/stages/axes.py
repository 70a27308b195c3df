"""Stage ``axes``: a model → scores of all passages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from textlien.axes.registry import AxesModel, load_model
from textlien.axes.score import score
from textlien.files.digests import digest, file_digest
from textlien.pipeline.stage import Context, Done, per_interview
from textlien.pipeline.stages.train import _model_folder
from textlien.tables.parquet import read_parquet, write_parquet

SCORE_REVISION = 2


class _ScoreJob(NamedTuple):
    passages: Path
    scores: Path
    model: Path


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> AxesModel:
    return load_model(folder)


def _score_job(job: _ScoreJob) -> int:
    scores = score(read_parquet(job.passages, "passages"), _loaded(job.model))
    write_parquet(job.scores, "passage_axes", scores)
    return len(scores)


def axes_stage(context: Context) -> Done:
    """Score every passage on every axis of the model."""
    run, folder = context.run, _model_folder(context)
    keys: dict[str, str] = {}
    if folder:
        made_by = digest(SCORE_REVISION, file_digest(folder / "manifest.json"))
        keys = {i: digest(made_by, key) for i, key in context.shard_keys("passages").items()}

    def job(interview: str, shard: Path) -> _ScoreJob:
        key = context.shard_keys("passages")[interview]
        return _ScoreJob(run.shard("passages", interview, key), shard, folder or Path())

    done = per_interview(context, "passage_axes", keys, job, _score_job, workers=1)
    return done if folder else Done("no model", done.changed)
