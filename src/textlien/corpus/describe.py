"""Tables ``interviews``, ``speakers`` and ``variables`` of a study whose files were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.corpus.cities import unify_cities
from textlien.corpus.discovery import Transcript
from textlien.corpus.file_name import perhaps_no_interview
from textlien.corpus.metadata import Metadata, metadata_of
from textlien.corpus.records import InterviewRecord
from textlien.corpus.roster import Roster
from textlien.corpus.twins import Key
from textlien.corpus.vocabulary import Vocabulary
from textlien.errors import Problem
from textlien.files.digests import digest
from textlien.messages.message import Location
from textlien.study.options import CorpusOptions

REVISION = 2
"""Raised when the same records and metadata give other interviews; no file is read again."""

_ABSENCES = ("corpus.no-city", "corpus.no-row")
"""Problems of what is not said of an interview."""


class Corpus(NamedTuple):
    """The interviews of a study.

    Attributes
    ----------
    interviews, speakers, variables : these tables.
    turns : key of the shard of table ``turns`` of each interview that is included.
    problems : of files and of interviews.
    """

    interviews: pd.DataFrame
    speakers: pd.DataFrame
    variables: pd.DataFrame
    turns: dict[str, str]
    problems: list[Problem]


class _Interview(NamedTuple):
    """One interview with all that describes it."""

    transcript: Transcript
    record: InterviewRecord
    metadata: Metadata
    problems: tuple[Problem, ...]

    @property
    def is_included(self) -> bool:
        """True unless a problem leaves the interview out."""
        return not any(problem.severity == "error" for problem in self.problems)


def describe(
    vocabulary: Vocabulary,
    corpora: Sequence[CorpusOptions],
    transcripts: Sequence[Transcript],
    records: Mapping[Transcript, Sequence[InterviewRecord]],
    rosters: Sequence[Roster],
    twins: Mapping[Key, Problem],
) -> Corpus:
    """Describe every interview by city, wave, actor and person.

    Parameters
    ----------
    vocabulary : of the study.
    corpora : options of each ``[[corpus]]``, in order.
    transcripts : :func:`~textlien.corpus.discovery.discover` of the study.
    records : what each file held; a file that has the bytes of another needs none.
    rosters : metadata table of each ``[[corpus]]``, in order.
    twins : the problem of each interview that another one repeats
        (:func:`~textlien.corpus.twins.find_twins`).

    Returns
    -------
    The tables, and the problems of the records, of the rosters and of the descriptions. An
    interview that has a problem of severity ``error`` is not included.
    """
    problems: list[Problem] = []
    interviews: list[_Interview] = []
    for number, (corpus, roster) in enumerate(zip(corpora, rosters, strict=True)):
        problems += roster.problems
        for transcript in (part for part in transcripts if part.corpus == number):
            for record in [_twin(transcript)] if transcript.twin else records[transcript]:
                metadata, faults = metadata_of(vocabulary, corpus, roster, transcript, record)
                faults = _problems(transcript, record, twins, faults)
                interviews.append(_Interview(transcript, record, metadata, tuple(faults)))
                problems += faults
    spellings: dict[str, str] = {}
    if not vocabulary.cities:
        cities = [(item.transcript.display_path, item.metadata.city) for item in interviews]
        spellings, faults = unify_cities(cities)
        problems += faults
        problems += _without_city(interviews)
    distinct, faults = _distinct(interviews)
    return _tables(distinct, spellings, [*problems, *faults])


def _without_city(interviews: Sequence[_Interview]) -> list[Problem]:
    """A warning for each interview without a city in a study whose others have one."""
    if not any(item.metadata.city for item in interviews):
        return []
    return [
        Problem.warning("corpus.no-city", Location(file=item.transcript.display_path))
        for item in interviews
        if item.is_included and not item.metadata.city
        if not any(problem.message.id in _ABSENCES for problem in item.problems)
    ]


def _problems(
    transcript: Transcript,
    record: InterviewRecord,
    twins: Mapping[Key, Problem],
    faults: Sequence[Problem],
) -> list[Problem]:
    """The problems of an interview; one that is left out needs no city or row any more."""
    twin = twins.get((transcript.display_path, record.interview_id))
    problems = [*record.problems, *([twin] if twin else [])]
    if any(problem.severity == "error" for problem in problems):
        return [*problems, *(fault for fault in faults if fault.id not in _ABSENCES)]
    doubt = perhaps_no_interview(transcript, record)
    return [*problems, *([doubt] if doubt else []), *faults]


def _twin(transcript: Transcript) -> InterviewRecord:
    """The record of a file that is not read, since another one has the same bytes."""
    location = Location(file=transcript.display_path)
    problem = Problem.error("corpus.twin", location, twin=transcript.twin)
    return InterviewRecord(transcript.identifier, problems=(problem,))


def _distinct(interviews: Sequence[_Interview]) -> tuple[list[_Interview], list[Problem]]:
    """Refuse each interview whose identifier an earlier one has, and give it another one."""
    owners: dict[str, str] = {}
    distinct: list[_Interview] = []
    problems: list[Problem] = []
    for item in interviews:
        identifier, file = item.record.interview_id, item.transcript.display_path
        if identifier not in owners:
            owners[identifier] = file
            distinct.append(item)
            continue
        problem = Problem.error(
            "corpus.same-identifier",
            Location(file=file),
            identifier=identifier,
            owner=owners[identifier],
        )
        record = replace(item.record, interview_id=f"{identifier}-{digest(file)}")
        distinct.append(item._replace(record=record, problems=(*item.problems, problem)))
        problems.append(problem)
    return distinct, problems


def _tables(
    interviews: Sequence[_Interview], spellings: Mapping[str, str], problems: list[Problem]
) -> Corpus:
    """The tables of some interviews."""
    records = [item.record for item in interviews]
    return Corpus(
        tables.make("interviews", [_row(item, spellings) for item in interviews]),
        tables.make(
            "speakers",
            [
                {"interview_id": record.interview_id, **asdict(speaker)}
                for record in records
                for speaker in record.speakers
            ],
        ),
        tables.make(
            "variables",
            [
                {
                    "interview_id": record.interview_id,
                    "position": position,
                    "variable": name,
                    "value": value,
                }
                for record in records
                for position, (name, value) in enumerate(record.variables, start=1)
            ],
        ),
        {
            item.record.interview_id: item.record.turns
            for item in interviews
            if item.is_included and item.record.turns
        },
        problems,
    )


def _identifiers(item: _Interview) -> list[str]:
    """Identifiers of what is wrong with an interview, or is to be checked."""
    identifiers = [problem.id for problem in item.problems if problem.severity != "note"]
    if item.is_included and not all(speaker.sure for speaker in item.record.speakers):
        identifiers.append("corpus.roles-to-check")
    return list(dict.fromkeys(identifiers))


def _row(item: _Interview, spellings: Mapping[str, str]) -> dict[str, object]:
    """Row of table ``interviews``; ``spellings`` are main names of cities."""
    record, metadata = item.record, item.metadata
    return {
        "interview_id": record.interview_id,
        "file": item.transcript.display_path,
        "format": item.transcript.path.suffix.lower().removeprefix("."),
        "encoding": record.encoding,
        "sha256": item.transcript.sha256,
        "wave": metadata.wave,
        "city": spellings.get(metadata.city, metadata.city),
        "actor": metadata.actor,
        "person": metadata.person,
        "date": metadata.date,
        "fictional": metadata.fictional,
        "included": item.is_included,
        "n_turns": record.n_turns,
        "n_words": record.n_words,
        "n_words_interviewer": record.n_words_interviewer,
        "duration": record.duration,
        "problems": " ".join(_identifiers(item)),
    }
