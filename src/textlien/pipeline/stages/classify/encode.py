"""Stage ``encode``: passages → their meaning, where axes are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.annotation.encoder import PACKAGES, REVISION, packed, require
from textlien.files.digests import digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.study.options import Encoder
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to encode: paths of its tables."""

    passages: Path
    vectors: Path
    encoder: Encoder


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the vectors of each interview; none where nothing asks for them."""
    axes = inputs.study.axes
    if not axes.model and not axes.codings:
        return {}
    made_by = digest(REVISION, axes.encoder, inputs.versions(*PACKAGES[axes.encoder]))
    return {name: digest(made_by, key) for name, key in inputs.shards("passages").items()}


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview.

    Raises
    ------
    TextlienError
        When the encoder that the study asks for is not installed.
    """
    require(inputs.study.axes.encoder)
    return Job(inputs.shard("passages", interview), shard, inputs.study.axes.encoder)


def execute(job: Job) -> None:
    """Encode the passages of one interview."""
    passages = read_parquet(job.passages, "passages")
    vectors = packed(passages["text"].astype(str).tolist(), job.encoder)
    frame = passages[["passage_id"]].assign(vector=vectors)
    write_parquet(job.vectors, "passage_vectors", frame.astype({"vector": "object"}))


def summary(rows: int) -> Message:
    """Number of vectors."""
    if not rows:
        return message("pipeline.no-vectors")
    return message("pipeline.summary-encode", rows=rows)
