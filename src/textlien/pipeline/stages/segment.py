"""Stage ``segment``: turns → passages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.files.digests import digest
from textlien.pipeline.stage import Context, Done, per_interview, workers_for
from textlien.segmentation.passages import segment
from textlien.study.options import SegmentOptions
from textlien.tables.parquet import read_parquet, write_parquet

SEGMENT_REVISION = 1


SEGMENTATION_WORDS = 300_000
"""Words to segment that are worth one more process."""


class _SegmentJob(NamedTuple):
    turns: Path
    passages: Path
    options: SegmentOptions


def _segment_job(job: _SegmentJob) -> int:
    passages = segment(read_parquet(job.turns, "turns"), job.options)
    write_parquet(job.passages, "passages", passages)
    return len(passages)


def segment_stage(context: Context) -> Done:
    """Cut each interview into passages."""
    options = context.study.segment
    turns = context.shard_keys("turns")
    keys = {i: digest(SEGMENT_REVISION, key, options.model_dump()) for i, key in turns.items()}

    def job(interview: str, shard: Path) -> _SegmentJob:
        return _SegmentJob(context.run.shard("turns", interview, turns[interview]), shard, options)

    workers = workers_for(context, "passages", keys, SEGMENTATION_WORDS)
    return per_interview(context, "passages", keys, job, _segment_job, workers=workers)
