"""Stage ``read``: transcripts → interviews and turns."""

from __future__ import annotations

from textlien.corpus import describe
from textlien.corpus.discovery import discover
from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Location, message
from textlien.pipeline.reading import (
    describe_files,
    forget_others,
    is_read,
    processes_worth,
    read_file,
    reading_jobs,
)
from textlien.pipeline.stage import Inputs, Jobs, Result
from textlien.study.options import Study


def key(inputs: Inputs) -> str:
    """Digest of the transcripts, the metadata and all options that describe interviews."""
    study = inputs.study
    transcripts, problems = discover(study)
    return digest(
        describe.REVISION,
        # A record is named after all that the reading of its file depends on.
        [
            (job.record.stem, job.transcript.twin)
            for job in reading_jobs(inputs.run, transcripts, study.limits)
        ],
        [problem.to_plain() for problem in problems],
        [corpus.model_dump() for corpus in study.corpus],
        [_metadata_digest(study, corpus.metadata) for corpus in study.corpus],
        study.actors,
        study.cities.aliases,
        study.speakers.model_dump(),
        study.limits.model_dump(),
    )


def _metadata_digest(study: Study, path: str) -> str:
    """Digest of a table of metadata, or "" where there is none."""
    file = study.resolve(path)
    return file_digest(file) if path and file.is_file() else ""


def jobs(inputs: Inputs, every: bool) -> Jobs:
    """The files that were not read before; all of them if ``every``."""
    transcripts, _ = discover(inputs.study)
    files = reading_jobs(inputs.run, transcripts, inputs.study.limits)
    pending = [job for job in files if every or not is_read(job)]
    return Jobs(
        read_file,
        [job for job in pending if not job.transcript.twin],
        sum(not job.transcript.twin for job in files),
        processes=processes_worth(pending),
    )


def compute(inputs: Inputs) -> Result:
    """Describe all interviews, from the records of the reading.

    Raises
    ------
    TextlienError
        When none can be used.
    """
    study, run = inputs.study, inputs.run
    transcripts, problems = discover(study)
    files = reading_jobs(run, transcripts, study.limits)
    forget_others(run, files)
    corpus = describe_files(study, files)
    problems += corpus.problems
    if not corpus.turns:
        problem = Problem.error("pipeline.no-interview-read", Location(file=study.file.name))
        raise TextlienError(problem, *problems)
    interviews = corpus.interviews
    turns = int(interviews.loc[interviews["included"], "n_turns"].sum())
    return Result(
        message("pipeline.summary-read", interviews=len(corpus.turns), turns=turns),
        {
            "interviews": interviews,
            "speakers": corpus.speakers,
            "variables": corpus.variables,
        },
        problems,
        shards={"turns": corpus.turns},
        inputs=dict(zip(interviews["file"], interviews["sha256"], strict=True)),
    )
