"""Transcript files to shards of ``turns`` and records of interviews, each file read once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.corpus.describe import Corpus, describe
from textlien.corpus.discovery import Transcript, discover, identifier_of
from textlien.corpus.records import InterviewRecord, SpeakerRecord
from textlien.corpus.roster import load_rosters
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_json
from textlien.files.digests import digest
from textlien.files.limits import LimitsOptions
from textlien.messages.message import Location
from textlien.pipeline.parallel import map_jobs
from textlien.pipeline.run_folder import Run
from textlien.pipeline.watcher import Unwatched, Watcher
from textlien.study.options import LabelsOptions, Study
from textlien.tables.parquet import table_digest, write_parquet
from textlien.text.words import word_count
from textlien.transcripts import Document, Reading, read
from textlien.transcripts.model import Decision

REVISION = 8
"""Raised when a reader gives other turns than before for the same file, or a record other parts."""

Records = Mapping[Transcript, tuple[InterviewRecord, ...]]
"""Interviews of each file that was read."""


def read_corpus(
    study: Study, run: Run, *, workers: int = 1, watcher: Watcher | None = None
) -> Corpus:
    """Discover the transcripts of a study, read those that were not read before, describe all.

    Parameters
    ----------
    study : with the corpora.
    run : takes one shard of ``turns`` an interview and a record of each file.
    workers : number of processes.
    watcher : receives the progress of stage ``read``.
    """
    watcher = watcher or Unwatched()
    transcripts, problems = discover(study)
    unread = [part for part in transcripts if not is_read(study, run, part)]

    jobs = reading_jobs(study, run, unread)
    for done, _ in enumerate(map_jobs(read_file, jobs, workers=workers), start=1):
        watcher.advanced("read", done, len(jobs))
    forget_others(study, run, transcripts)
    corpus = describe_files(study, run, transcripts)
    return corpus._replace(problems=[*problems, *corpus.problems])


def describe_files(study: Study, run: Run, transcripts: Sequence[Transcript]) -> Corpus:
    """Describe the interviews of transcripts that were read: tables and problems.

    Raises
    ------
    KeyError
        When a transcript was not read: see :func:`is_read`.
    """
    records = load_records(study, run, transcripts)
    return describe(study, transcripts, records, load_rosters(study, transcripts))


def record_path(study: Study, run: Run, transcript: Transcript) -> Path:
    """Where the record of a file is kept; it is named after all that the reading depends on."""
    labels = study.speakers.of_file(transcript.display_path)
    key = digest(
        REVISION,
        transcript.identifier,
        transcript.display_path,
        transcript.sha256,
        labels.model_dump(),
        study.limits.model_dump(),
    )
    return run.folder / "readings" / f"{key}.json"


def is_read(study: Study, run: Run, transcript: Transcript) -> bool:
    """True if nothing is left to read: the record and the shards are there, or it is a twin."""
    if transcript.twin:
        return True
    records = _stored(record_path(study, run, transcript))
    return records is not None and all(
        run.shard("turns", record.interview_id, record.turns).exists()
        for record in records
        if record.turns
    )


def load_records(study: Study, run: Run, transcripts: Iterable[Transcript]) -> Records:
    """The records of the transcripts that were read; a twin has none."""
    stored = {part: _stored(record_path(study, run, part)) for part in transcripts if not part.twin}
    return {part: records for part, records in stored.items() if records is not None}


def _stored(path: Path) -> tuple[InterviewRecord, ...] | None:
    """A record that was written, or None where there is none or it is damaged."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(InterviewRecord.from_plain(entry) for entry in entries)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def forget_others(study: Study, run: Run, transcripts: Iterable[Transcript]) -> None:
    """Delete the records of files that are no longer there, or were read with other options."""
    kept = {record_path(study, run, transcript) for transcript in transcripts}
    folder = run.folder / "readings"
    for path in folder.glob("*.json") if folder.is_dir() else ():
        if path not in kept:
            path.unlink()


class ReadingJob(NamedTuple):
    """One file to read, as a process takes it."""

    folder: Path
    transcript: Transcript
    labels: LabelsOptions
    limits: LimitsOptions
    record: Path


def reading_jobs(study: Study, run: Run, transcripts: Iterable[Transcript]) -> list[ReadingJob]:
    """Jobs to read files, whether they were read before or not; twins are passed over.

    Parameters
    ----------
    study : labels of speakers and limits.
    run : takes one shard of ``turns`` an interview and a record of each file.
    transcripts : files to read.
    """
    return [
        ReadingJob(
            run.folder,
            transcript,
            study.speakers.of_file(transcript.display_path),
            study.limits,
            record_path(study, run, transcript),
        )
        for transcript in transcripts
        if not transcript.twin
    ]


def read_file(job: ReadingJob) -> None:
    """Read one file; write its turns and a record of it.

    A file that cannot be read has a record too, with the problem.
    """
    file = job.transcript.display_path
    try:
        readings = read(job.transcript.path, file, job.labels, job.limits)
    except TextlienError as error:
        readings = [_unread(*error.in_file(file).problems)]
    except Exception as error:
        # Parsers of file formats fail in ways that their authors did not foresee; one file that
        # does must not stop a batch of hundreds.
        kind, detail = type(error).__name__, str(error)
        location = Location(file=file)
        problem = Problem.error("corpus.not-readable", location, kind=kind, detail=detail)
        readings = [_unread(problem)]
    run = Run(job.folder)
    names = _identifiers(job.transcript, readings)
    records = [_record(run, name, part) for name, part in zip(names, readings, strict=True)]
    write_json(job.record, [record.to_plain() for record in records])


def _identifiers(transcript: Transcript, readings: Sequence[Reading]) -> list[str]:
    """Identifiers of the interviews of one file, no two the same."""
    names: list[str] = []
    earlier: set[str] = set()
    for number, reading in enumerate(readings, start=1):
        suffix = identifier_of(reading.document.name) if len(readings) > 1 else ""
        name = "-".join(filter(None, (transcript.identifier, suffix)))
        names.append(f"{name}-{number}" if name in earlier else name)
        earlier.add(names[-1])
    return names


def _unread(*problems: Problem) -> Reading:
    """The reading of a file that could not be read."""
    return Reading(Document("", {}, ()), tables.make("turns", []), {}, problems)


def _record(run: Run, interview: str, reading: Reading) -> InterviewRecord:
    """Write the turns of one interview, and sum up all that is not speech."""
    turns = reading.turns.assign(interview_id=interview)
    key = ""
    if len(turns):
        key = table_digest(turns)
        write_parquet(run.shard("turns", interview, key), "turns", turns)
    counted = turns.assign(n_words=[word_count(text) for text in turns["text"]])
    words = counted.groupby("role")["n_words"].sum()
    end = turns[["time_start", "time_end"]].max().max()
    document = reading.document
    return InterviewRecord(
        interview,
        name=document.name,
        head=document.head,
        properties=document.properties,
        encoding=document.encoding,
        turns=key,
        n_turns=len(turns),
        n_words=int(words.get("interviewee", 0)),
        n_words_interviewer=int(words.get("interviewer", 0)),
        duration=None if pd.isna(end) else float(end),
        speakers=tuple(_speakers(counted, reading.roles)),
        variables=document.variables,
        problems=reading.problems,
    )


def _speakers(turns: pd.DataFrame, roles: Mapping[str, Decision]) -> list[SpeakerRecord]:
    """Speakers of one interview, in the order in which they first speak."""
    speech = turns.groupby("speaker", sort=False)["n_words"].agg(["size", "sum"])
    return [
        SpeakerRecord(
            label,
            roles[label].role,
            roles[label].reason,
            roles[label].sure,
            int(n_turns),
            int(n_words),
            *roles[label].evidence,
        )
        for label, n_turns, n_words in speech.itertuples()
    ]
