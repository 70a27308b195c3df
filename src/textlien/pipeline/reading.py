"""Stage ``read``: transcripts → interviews and turns."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from textlien import tables
from textlien.corpus.discovery import Transcript, find_transcripts, identifier_of
from textlien.corpus.metadata import Metadata, describe, load_roster, unify_cities
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_json
from textlien.files.digests import digest
from textlien.files.limits import LimitsOptions
from textlien.pipeline.parallel import map_jobs
from textlien.pipeline.run_folder import Run
from textlien.raw import raw_hint, raw_place, raw_problem, raw_text
from textlien.study.options import LabelsOptions, Study
from textlien.study.unmatched import unused
from textlien.tables.parquet import table_digest, write_parquet
from textlien.text.words import word_count
from textlien.transcripts import Document, Reading, read
from textlien.transcripts.model import Decision

REVISION = 6
"""Raised when a reader gives other turns than before for the same file."""


class Corpus(NamedTuple):
    """What the stage found.

    Attributes
    ----------
    interviews, speakers, variables : these tables.
    turns : key of the shard of table ``turns`` of each interview that is included.
    problems : of files and of interviews.
    read : number of files read anew.
    """

    interviews: pd.DataFrame
    speakers: pd.DataFrame
    variables: pd.DataFrame
    turns: dict[str, str]
    problems: list[Problem]
    read: int


class _Job(NamedTuple):
    folder: Path
    transcript: Transcript
    labels: LabelsOptions
    limits: LimitsOptions
    record: Path


def read_corpus(
    study: Study,
    run: Run,
    *,
    workers: int,
    advance: Callable[[int, int], None],
    force: bool = False,
    before: Callable[[], None] = lambda: None,
    prune: bool = True,
) -> Corpus:
    """Read every transcript that was not read before, and describe every interview.

    Parameters
    ----------
    study : with the corpora.
    run : takes one shard of ``turns`` an interview and a record of each file.
    workers : number of processes.
    advance : told how many files are done, and of how many.
    force : read all files again.
    before : called once before files are read, if any are to be.
    prune : forget files that are no longer there.
    """
    transcripts, problems = find_transcripts(study)
    labels = {t: study.speakers.of_file(t.shown) for t in transcripts}
    records = {
        t: run.folder / "readings" / f"{_key(t, labels[t], study.limits)}.json" for t in transcripts
    }
    jobs = [
        _Job(run.folder, transcript, labels[transcript], study.limits, record)
        for transcript, record in records.items()
        if not transcript.twin and (force or not _is_complete(record, run))
    ]
    if jobs:
        before()
    for done, _ in enumerate(map_jobs(_read_job, jobs, workers=workers), start=1):
        advance(done, len(jobs))
    described = _describe_all(study, transcripts, records, problems)
    problems += unused(study, _labels(transcripts, described))
    if prune:
        _forget(run.folder / "readings", set(records.values()))
    rows = [row for row, _ in described]
    entries = [(str(row["interview_id"]), entry) for row, entry in described]
    keys = {
        str(row["interview_id"]): entry["turns"]
        for row, entry in described
        if row["included"] and entry["turns"]
    }
    return Corpus(
        tables.make("interviews", rows),
        tables.make("speakers", _listed(entries, "speakers")),
        tables.make("variables", _listed(entries, "variables")),
        keys,
        problems,
        len(jobs),
    )


def _labels(
    transcripts: Sequence[Transcript], described: Sequence[tuple[dict[str, object], dict[str, Any]]]
) -> dict[str, list[str]]:
    """Labels of the speakers of each transcript, by its path as shown."""
    labels: dict[str, list[str]] = {transcript.shown: [] for transcript in transcripts}
    for row, entry in described:
        labels[str(row["file"])] += [speaker["speaker"] for speaker in entry["speakers"]]
    return labels


def _listed(entries: Sequence[tuple[str, dict[str, Any]]], part: str) -> list[dict[str, object]]:
    return [{"interview_id": name, **row} for name, entry in entries for row in entry[part]]


def _key(transcript: Transcript, labels: LabelsOptions, limits: LimitsOptions) -> str:
    options = labels.model_dump(), limits.model_dump()
    return digest(REVISION, transcript.identifier, transcript.shown, transcript.sha256, *options)


def _is_complete(record: Path, run: Run) -> bool:
    try:
        entries = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # not read yet, or damaged
        return False
    return all(
        run.shard("turns", entry["interview_id"], entry["turns"]).exists()
        for entry in entries
        if entry["turns"]
    )


def _read_job(job: _Job) -> None:
    """Read one file; write its turns and a record of it."""
    shown = job.transcript.shown
    try:
        readings = read(job.transcript.path, shown, job.labels, job.limits)
    except TextlienError as error:
        readings = [_unread(_placed(error, shown))]
    except Exception as error:
        # Parsers of file formats fail in ways that their authors did not foresee; one file that
        # does must not stop a batch of hundreds.
        message = f"cannot be read ({type(error).__name__}: {error})."
        hint = "Open it and save it again, or as .docx or .txt; if it opens well, report this."
        readings = [_unread(raw_problem(shown, message, hint))]
    run = Run(job.folder)
    seen: set[str] = set()
    entries = []
    for number, reading in enumerate(readings, start=1):
        name = identifier_of(reading.document.name) if len(readings) > 1 else ""
        interview = "-".join(filter(None, (job.transcript.identifier, name)))
        if interview in seen:
            interview = f"{interview}-{number}"
        seen.add(interview)
        entries.append(_record(run, interview, reading))
    write_json(job.record, entries)


def _placed(error: TextlienError, shown: str) -> Problem:
    """The error as a problem, its « file, place: » taken apart."""
    message, place = raw_text(error).removeprefix(shown), ""
    if message.startswith(", "):
        place, _, message = message.removeprefix(", ").partition(": ")
    return raw_problem(shown, message.removeprefix(": "), raw_hint(error), place)


def _unread(problem: Problem) -> Reading:
    return Reading(Document("", {}, ()), tables.make("turns", []), {}, (problem,))


def _record(run: Run, interview: str, reading: Reading) -> dict[str, Any]:
    turns = reading.turns.assign(interview_id=interview)
    key = ""
    if len(turns):
        turns = tables.make("turns", turns)
        key = table_digest(turns)
        write_parquet(run.shard("turns", interview, key), "turns", turns)
    counts = [word_count(text) for text in turns["text"]]
    counted = turns.assign(n_words=counts)
    words = counted.groupby("role")["n_words"].sum()
    times = turns[["time_start", "time_end"]].max().max()
    document = reading.document
    return {
        "interview_id": interview,
        "name": document.name,
        "head": dict(document.head),
        "properties": dict(document.properties),
        "encoding": document.encoding,
        "turns": key,
        "n_turns": len(turns),
        "n_words": int(words.get("interviewee", 0)),
        "n_words_interviewer": int(words.get("interviewer", 0)),
        "duration": None if pd.isna(times) else float(times),
        "speakers": _speakers(counted, reading.roles),
        "variables": [
            {"position": position, "variable": name, "value": value}
            for position, (name, value) in enumerate(document.variables, start=1)
        ],
        "problems": [problem.to_plain() for problem in reading.problems],
    }


def _speakers(turns: pd.DataFrame, roles: dict[str, Decision]) -> list[dict[str, object]]:
    """Rows of ``speakers`` of one interview, in the order in which they first speak."""
    said = turns.groupby("speaker", sort=False)["n_words"].agg(["size", "sum"])
    return [
        {
            "speaker": label,
            "role": roles[label].role,
            "reason": roles[label].reason,
            "sure": roles[label].sure,
            "n_turns": int(n_turns),
            "n_words": int(n_words),
        }
        for label, n_turns, n_words in said.itertuples()
    ]


def _forget(folder: Path, wanted: set[Path]) -> None:
    for path in folder.glob("*.json") if folder.is_dir() else ():
        if path not in wanted:
            path.unlink()


class _Described(NamedTuple):
    transcript: Transcript
    entry: dict[str, Any]
    metadata: Metadata
    problems: list[Problem]


def _describe_all(
    study: Study,
    transcripts: Sequence[Transcript],
    records: dict[Transcript, Path],
    problems: list[Problem],
) -> list[tuple[dict[str, object], dict[str, Any]]]:
    """Rows of ``interviews`` with the record of each; problems are added to ``problems``."""
    described: list[_Described] = []
    for number, corpus in enumerate(study.corpus):
        own = [transcript for transcript in transcripts if transcript.corpus == number]
        roster, faults = load_roster(study, corpus, [transcript.path for transcript in own])
        problems += faults
        for transcript in own:
            for entry in _entries(transcript, records[transcript]):
                metadata, found = describe(
                    study,
                    corpus,
                    roster,
                    transcript.path,
                    entry["name"],
                    entry["head"],
                    entry["properties"],
                )
                own_problems = [Problem.from_plain(plain) for plain in entry["problems"]] + found
                problems += own_problems
                described.append(_Described(transcript, entry, metadata, own_problems))
    spellings: dict[str, str] = {}
    if not study.cities_of_study:
        cities = [(item.transcript.shown, item.metadata.city) for item in described]
        spellings, faults = unify_cities(cities)
        problems += faults
    return [(_row(item, spellings), item.entry) for item in _distinct(described, problems)]


def _distinct(described: Sequence[_Described], problems: list[Problem]) -> list[_Described]:
    """Leave out an interview whose identifier another one has."""
    owner: dict[str, str] = {}
    distinct = []
    for item in described:
        identifier, shown = item.entry["interview_id"], item.transcript.shown
        if identifier in owner:
            message = (
                f'its identifier would be "{identifier}", which is that of {owner[identifier]}.'
            )
            problem = raw_problem(shown, message, "Rename one of the two files or interviews.")
            problems.append(problem)
            entry = {**item.entry, "interview_id": f"{identifier}-{digest(shown)}"}
            distinct.append(item._replace(entry=entry, problems=[*item.problems, problem]))
            continue
        owner[identifier] = shown
        distinct.append(item)
    return distinct


_UNREAD: dict[str, Any] = {
    "name": "",
    "head": {},
    "properties": {},
    "encoding": "",
    "turns": "",
    "n_turns": 0,
    "n_words": 0,
    "n_words_interviewer": 0,
    "duration": None,
    "speakers": [],
    "variables": [],
}


def _entries(transcript: Transcript, record: Path) -> list[dict[str, Any]]:
    if not transcript.twin:
        entries: list[dict[str, Any]] = json.loads(record.read_text(encoding="utf-8"))
        return entries
    message = f"same content as {transcript.twin}; left out, so that nobody is counted twice."
    problem = raw_problem(transcript.shown, message, "Delete one of the two files.")
    return [{**_UNREAD, "interview_id": transcript.identifier, "problems": [problem.to_plain()]}]


def _row(item: _Described, spellings: dict[str, str]) -> dict[str, object]:
    metadata = item.metadata
    return {
        "interview_id": item.entry["interview_id"],
        "file": item.transcript.shown,
        "format": item.transcript.path.suffix.lower().removeprefix("."),
        "encoding": item.entry["encoding"],
        "sha256": item.transcript.sha256,
        "wave": metadata.wave,
        "city": spellings.get(metadata.city, metadata.city),
        "actor": metadata.actor,
        "person": metadata.person,
        "date": metadata.date,
        "fictional": metadata.fictional,
        "included": not any(problem.severity == "error" for problem in item.problems),
        "n_turns": item.entry["n_turns"],
        "n_words": item.entry["n_words"],
        "n_words_interviewer": item.entry["n_words_interviewer"],
        "duration": item.entry["duration"],
        "problems": "\n".join(
            f"{raw_place(problem)}: {raw_text(problem)}"
            if raw_place(problem)
            else raw_text(problem)
            for problem in item.problems
            if problem.severity != "note"
        ),
    }
