"""Stage ``axes``: a model → scores of all passages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from textlien.annotation.encoder import unpacked
from textlien.axes.registry import AxesModel, load_model
from textlien.axes.score import REVISION, score
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.study.options import Encoder
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to score: paths of its tables and of the model."""

    passages: Path
    vectors: Path
    scores: Path
    model: Path
    encoder: Encoder


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the scores of each interview; none where there is no model."""
    model = inputs.entry("train").model
    if not model:
        return {}
    made_by = digest(REVISION, file_digest(inputs.study.resolve(model) / "manifest.json"))
    return {name: digest(made_by, key) for name, key in inputs.shards("passage_vectors").items()}


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview."""
    model = inputs.study.resolve(inputs.entry("train").model)
    vectors = inputs.shard("passage_vectors", interview)
    return Job(
        inputs.shard("passages", interview), vectors, shard, model, inputs.study.axes.encoder
    )


def execute(job: Job) -> None:
    """Score the passages of one interview on every axis of the model."""
    vectors = unpacked(read_parquet(job.vectors, "passage_vectors")["vector"], job.encoder)
    scores = score(read_parquet(job.passages, "passages"), _model(job.model), vectors)
    write_parquet(job.scores, "passage_axes", scores)


@lru_cache(maxsize=1)
def _model(folder: Path) -> AxesModel:
    """The model in a folder, loaded once per process."""
    return load_model(folder)


def summary(rows: int) -> Message:
    """Number of scores."""
    return message("pipeline.summary-axes", rows=rows) if rows else message("pipeline.no-scores")
