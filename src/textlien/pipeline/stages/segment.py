"""Stage ``segment``: turns → passages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.files.digests import digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.segmentation.passages import REVISION, segment
from textlien.study.options import SegmentOptions
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to cut: paths of its tables, and how."""

    turns: Path
    passages: Path
    options: SegmentOptions


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the passages of each interview."""
    options = inputs.study.segment.model_dump()
    return {name: digest(REVISION, key, options) for name, key in inputs.shards("turns").items()}


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview."""
    return Job(inputs.shard("turns", interview), shard, inputs.study.segment)


def execute(job: Job) -> None:
    """Cut one interview into passages."""
    passages = segment(read_parquet(job.turns, "turns"), job.options)
    write_parquet(job.passages, "passages", passages)


def summary(rows: int) -> Message:
    """Number of passages."""
    return message("pipeline.summary-segment", rows=rows)
