"""Stage ``annotate``: passages → tokens."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.annotation.annotate import REVISION, pipeline_version
from textlien.files.digests import digest
from textlien.messages.message import Message, message
from textlien.pipeline.stage import Inputs
from textlien.study.options import AnnotateOptions
from textlien.tables.parquet import read_parquet, write_parquet


class Job(NamedTuple):
    """One interview to annotate: paths of its tables, and how."""

    turns: Path
    passages: Path
    tokens: Path
    options: AnnotateOptions


def keys(inputs: Inputs) -> dict[str, str]:
    """Key of the tokens of each interview."""
    options = inputs.study.annotate
    annotator = pipeline_version(inputs.study.resolve_pipeline(options.pipeline))
    libraries = inputs.versions("spacy", "simplemma")
    made_by = digest(REVISION, options.model_dump(), annotator, libraries)
    return {name: digest(made_by, key) for name, key in inputs.shards("passages").items()}


def job(inputs: Inputs, interview: str, shard: Path) -> Job:
    """The job of one interview, with the pipeline as this machine finds it."""
    options = inputs.study.annotate
    pipeline = inputs.study.resolve_pipeline(options.pipeline)
    return Job(
        inputs.shard("turns", interview),
        inputs.shard("passages", interview),
        shard,
        options.model_copy(update={"pipeline": pipeline}),
    )


def execute(job: Job) -> None:
    """Give each token of one interview its lemma and part of speech."""
    from textlien.annotation.annotate import annotate  # loads spaCy

    turns, passages = read_parquet(job.turns, "turns"), read_parquet(job.passages, "passages")
    write_parquet(job.tokens, "tokens", annotate(passages, turns, job.options))


def summary(rows: int) -> Message:
    """Number of tokens."""
    return message("pipeline.summary-annotate", rows=rows)
