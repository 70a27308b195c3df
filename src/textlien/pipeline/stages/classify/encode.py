"""Stage ``encode``: passages → their meaning, where axes are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.annotation.encoder import PACKAGE, REVISION, packed
from textlien.files.digests import digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to encode: paths of its tables."""

    passages: Path
    vectors: Path


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the vectors of each interview; none where nothing asks for them."""
    axes = inputs.study.axes
    if not axes.model and not axes.codings:
        return {}
    made_by = digest(REVISION, inputs.versions(PACKAGE))
    return {name: digest(made_by, key) for name, key in inputs.shards("passages").items()}


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview."""
    return Job(inputs.shard("passages", interview), shard)


def execute(job: Job) -> None:
    """Encode the passages of one interview."""
    passages = read_parquet(job.passages, "passages")
    vectors = packed(passages["text"].astype(str).tolist())
    frame = passages[["passage_id"]].assign(vector=vectors)
    write_parquet(job.vectors, "passage_vectors", frame.astype({"vector": "object"}))


def summary(rows: int) -> Message:
    """Number of vectors."""
    if not rows:
        return message("pipeline.no-vectors")
    return message("pipeline.summary-encode", rows=rows)
