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
from textlien.corpus.roster import described_by_rows, load_rosters
from textlien.corpus.twins import find_twins
from textlien.corpus.vocabulary import vocabulary_of
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_json
from textlien.files.digests import digest
from textlien.files.limits import LimitsOptions
from textlien.messages.message import Location
from textlien.pipeline.parallel import map_jobs
from textlien.pipeline.run_folder import Run
from textlien.pipeline.warnings import corpus_warnings
from textlien.pipeline.watcher import Unwatched, Watcher
from textlien.study.options import Study
from textlien.study.unmatched import unused
from textlien.tables.parquet import table_digest, write_parquet
from textlien.text.sketch import sketch
from textlien.text.words import word_count
from textlien.transcripts import Document, Reading, read
from textlien.transcripts.model import Decision

REVISION = 9
"""Raised when a reader gives other turns than before for the same file, or a record other parts."""

Records = Mapping[Transcript, tuple[InterviewRecord, ...]]
"""Interviews of each file that was read."""

_FILES_A_PROCESS = 30
"""Files that are worth one more process: more than a second of work (one takes .04 s in the
demonstration), for a process that takes a second to start."""


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
    jobs = reading_jobs(run, transcripts, study.limits)
    unread = [job for job in jobs if not is_read(job)]
    processes = min(workers, processes_worth(unread))
    for done, _ in enumerate(map_jobs(read_file, unread, workers=processes), start=1):
        watcher.advanced("read", done, len(unread))
    forget_others(run, jobs)
    corpus = describe_files(study, jobs)
    return corpus._replace(problems=[*problems, *corpus.problems])


class ReadingJob(NamedTuple):
    """One file to read, as a process takes it.

    Attributes
    ----------
    folder : of the run, which takes a shard of ``turns`` for each interview.
    transcript : the file.
    limits : sizes from which a file is refused.
    """

    folder: Path
    transcript: Transcript
    limits: LimitsOptions

    @property
    def record(self) -> Path:
        """Where the record of the file is kept, named after all that the reading depends on."""
        key = digest(
            REVISION,
            self.transcript.identifier,
            self.transcript.display_path,
            self.transcript.sha256,
            self.transcript.labels.model_dump(),
            self.limits.model_dump(),
        )
        return self.folder / "readings" / f"{key}.json"


def reading_jobs(
    run: Run, transcripts: Iterable[Transcript], limits: LimitsOptions
) -> list[ReadingJob]:
    """A job for each file, whether it was read before or not."""
    return [ReadingJob(run.folder, transcript, limits) for transcript in transcripts]


def processes_worth(jobs: Sequence[ReadingJob]) -> int:
    """Number of processes that the reading of some files is worth."""
    return max(1, len(jobs) // _FILES_A_PROCESS)


def is_read(job: ReadingJob) -> bool:
    """True if nothing is left to read: the record and the shards are there, or it is a twin."""
    if job.transcript.twin:
        return True
    records = _stored(job.record)
    run = Run(job.folder)
    return records is not None and all(
        run.shard("turns", record.interview_id, record.turns).exists()
        for record in records
        if record.turns
    )


def forget_others(run: Run, jobs: Iterable[ReadingJob]) -> None:
    """Delete the records of files that are no longer there, or were read with other options."""
    kept = {job.record for job in jobs}
    folder = run.folder / "readings"
    for path in folder.glob("*.json") if folder.is_dir() else ():
        if path not in kept:
            path.unlink()


def describe_files(study: Study, jobs: Sequence[ReadingJob]) -> Corpus:
    """Describe the interviews of transcripts that were read: tables and problems.

    Raises
    ------
    KeyError
        When a transcript was not read: see :func:`is_read`.
    """
    transcripts = [job.transcript for job in jobs]
    records = load_records(jobs)
    vocabulary = vocabulary_of(study)
    rows = described_by_rows(load_rosters(study, transcripts, {}))
    twins = find_twins(transcripts, records, rows)
    rosters = load_rosters(study, transcripts, twins.kept)
    corpus = describe(vocabulary, study.corpus, transcripts, records, rosters, twins.problems)
    labels = {
        part.display_path: [
            speaker.speaker for record in records.get(part, ()) for speaker in record.speakers
        ]
        for part in transcripts
    }
    unmatched = unused(study.speakers.file, labels, study.file.name)
    warnings = corpus_warnings(corpus.interviews, corpus.speakers, study.file.name)
    return corpus._replace(problems=[*corpus.problems, *unmatched, *warnings])


def load_records(jobs: Iterable[ReadingJob]) -> Records:
    """The records of the files that were read; a twin has none."""
    stored = {job.transcript: _stored(job.record) for job in jobs if not job.transcript.twin}
    return {part: records for part, records in stored.items() if records is not None}


def _stored(path: Path) -> tuple[InterviewRecord, ...] | None:
    """A record that was written, or None where there is none or it is damaged."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(InterviewRecord.from_plain(entry) for entry in entries)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def read_file(job: ReadingJob) -> None:
    """Read one file; write its turns and a record of it.

    A file that cannot be read has a record too, with the problem.
    """
    file = job.transcript.display_path
    try:
        readings = read(job.transcript.path, file, job.transcript.labels, job.limits)
    except TextlienError as error:
        readings = [_unread(*error.in_file(file).problems)]
    except Exception as error:
        # Parsers of file formats fail in ways that their authors did not foresee; one such file
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
    """Write the turns of one interview, and record everything but the speech."""
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
        sketch=sketch(list(turns["text"]), [role != "interviewer" for role in turns["role"]]),
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
