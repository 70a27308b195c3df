"""Stage ``annotate``: passages → tokens."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.files.digests import digest
from textlien.pipeline.stage import Context, Done, per_interview, workers_for
from textlien.study.options import AnnotateOptions
from textlien.tables.parquet import read_parquet, write_parquet

ANNOTATE_REVISION = 2


ANNOTATION_WORDS = 150_000
"""Words to annotate that are worth one more process, which first has to load its model."""


class _AnnotateJob(NamedTuple):
    turns: Path
    passages: Path
    tokens: Path
    options: AnnotateOptions


def _annotate_job(job: _AnnotateJob) -> int:
    from textlien.annotation.annotate import annotate  # loads spaCy

    turns, passages = read_parquet(job.turns, "turns"), read_parquet(job.passages, "passages")
    tokens = annotate(passages, turns, job.options)
    write_parquet(job.tokens, "tokens", tokens)
    return len(tokens)


def annotate_stage(context: Context) -> Done:
    """Give each token its lemma and part of speech."""
    from textlien.annotation.annotate import pipeline_version

    options = context.study.annotate
    run, turns, passages = context.run, context.shard_keys("turns"), context.shard_keys("passages")
    pipeline = context.study.resolve_pipeline(options.pipeline)
    version, libraries = pipeline_version(pipeline), context.versions("spacy", "simplemma")
    context.run.manifest["libraries"]["annotator"] = version
    made_by = digest(ANNOTATE_REVISION, options.model_dump(), version, libraries)
    here = options.model_copy(update={"pipeline": pipeline})
    keys = {interview: digest(made_by, key) for interview, key in passages.items()}

    def job(interview: str, shard: Path) -> _AnnotateJob:
        return _AnnotateJob(
            run.shard("turns", interview, turns[interview]),
            run.shard("passages", interview, passages[interview]),
            shard,
            here,
        )

    workers = workers_for(context, "tokens", keys, ANNOTATION_WORDS)
    return per_interview(context, "tokens", keys, job, _annotate_job, workers=workers)
