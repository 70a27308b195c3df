"""Stage ``axes``: a model and hand codings → scores of all passages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from textlien.annotation.encoder import unpacked
from textlien.axes.learning.decisions import Cuts
from textlien.axes.registry import AxesModel, load_model
from textlien.axes.score import REVISION, Label, cuts_of, score
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.segmentation.passages import interview_of
from textlien.study.options import AxesOptions, Encoder
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to score.

    Attributes
    ----------
    passages, vectors, scores, model : paths of its tables and of the model.
    labels : its hand codings.
    options : errors that decisions may have, as JSON.
    """

    passages: Path
    vectors: Path
    scores: Path
    model: Path
    encoder: Encoder
    labels: tuple[Label, ...]
    options: str


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the scores of each interview; none where there is no model.

    Its hand codings are part of it: with a model that the study names, they change nothing else.
    """
    model = inputs.entry("train").model
    if not model:
        return {}
    model_file = inputs.study.resolve(model) / "manifest.json"
    made_by = digest(REVISION, file_digest(model_file), _options(inputs))
    labels = _labels(inputs)
    return {
        name: digest(made_by, key, labels.get(name, ()))
        for name, key in inputs.shards("passage_vectors").items()
    }


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview."""
    model = inputs.study.resolve(inputs.entry("train").model)
    vectors = inputs.shard("passage_vectors", interview)
    passages, labels = inputs.shard("passages", interview), _labels(inputs).get(interview, ())
    encoder = inputs.study.axes.encoder
    return Job(passages, vectors, shard, model, encoder, labels, _options(inputs))


def execute(job: Job) -> None:
    """Score the passages of one interview on every axis of the model."""
    vectors = unpacked(read_parquet(job.vectors, "passage_vectors")["vector"], job.encoder)
    passages, model = read_parquet(job.passages, "passages"), _model(job.model)
    scores = score(passages, model, vectors, _cuts(job.model, job.options), job.labels)
    write_parquet(job.scores, "passage_axes", scores)


@lru_cache(maxsize=1)
def _model(folder: Path) -> AxesModel:
    """The model in a folder, loaded once per process."""
    return load_model(folder)


@lru_cache(maxsize=1)
def _cuts(folder: Path, options: str) -> Mapping[str, Cuts]:
    """Where « yes » and « no » begin, chosen once per process."""
    return cuts_of(_model(folder).classifiers, AxesOptions.model_validate_json(options))


def _options(inputs: Inputs) -> str:
    """Options that decisions depend on."""
    return inputs.study.axes.model_dump_json(include=_OF_DECISIONS)


_OF_DECISIONS = {"false_discovery_rate", "false_omission_rate", "confidence", "thresholds"}


def _labels(inputs: Inputs) -> dict[str, tuple[Label, ...]]:
    """Hand codings of each interview."""
    labels = inputs.run["labels"]
    by_interview: dict[str, list[Label]] = {}
    for label in zip(labels["passage_id"], labels["axis"], labels["value"], strict=True):
        passage, axis, value = str(label[0]), str(label[1]), float(label[2])
        by_interview.setdefault(interview_of(passage), []).append(Label(passage, axis, value))
    return {interview: tuple(rows) for interview, rows in by_interview.items()}


def summary(rows: int) -> Message:
    """Number of scores."""
    return message("pipeline.summary-axes", rows=rows) if rows else message("pipeline.no-scores")
