"""One transcript of any accepted format to table ``turns``, with roles and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pandas as pd

from textlien import tables
from textlien.errors import Problem, TextlienError
from textlien.files.limits import LimitsOptions
from textlien.files.source import Source
from textlien.messages.message import Location, Message, message
from textlien.study.options import LabelsOptions
from textlien.text.words import word_count
from textlien.transcripts import content
from textlien.transcripts.model import Document, Reading, Role, Utterance
from textlien.transcripts.quality import oddities
from textlien.transcripts.speakers.doubts.doubt import doubt
from textlien.transcripts.speakers.roles import decide

_MEGABYTE = 2**20

FORMATS: dict[str, str] = {
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".vtt": "vtt",
    ".srt": "srt",
    ".json": "whisper",
    ".textgrid": "textgrid",
    ".eaf": "eaf",
    ".trs": "trs",
    ".cha": "chat",
    ".xml": "tei",
    ".tei": "tei",
    ".html": "noscribe",
    ".htm": "noscribe",
    ".sonal": "sonal",
    ".csv": "table",
    ".xlsx": "table",
    ".ods": "table",
}
"""Module of the reader of each suffix in lower case; its ``read`` gives a file's interviews.

Modules are loaded when they are needed: a study of Word files does not wait for a PDF library.
"""

SUFFIXES = tuple(FORMATS)
"""What a transcript is to be saved as."""

ACCEPTED = frozenset((*FORMATS, ".doc", ".docm", ".dotx", ".dotm"))
"""Suffixes of files that are opened: Word's own names for documents with macros and for templates,
and « .doc », under which programs save RTF, HTML and .docx too."""

_SAME = {
    ".htm": ".html",
    ".tei": ".xml",
    ".markdown": ".md",
    **dict.fromkeys((".docm", ".dotx", ".dotm"), ".docx"),
}
"""Suffixes of one format: between them, none is wrong."""

_REMEDIES = {
    ".rtrs": "rtrs",
    ".crp": "crp",
    **dict.fromkeys((".dot", ".wps"), "old-word"),
    **dict.fromkeys((".pages", ".gdoc"), "own-program"),
    **dict.fromkeys(
        (".nvp", ".nvpx", ".mx20", ".mx22", ".mx24", ".atlproj", ".qdpx", ".hpr7", ".qdc"),
        "project",
    ),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".mp4", ".wma", ".ogg"), "sound"),
    **dict.fromkeys(("", ".text", ".transcript", ".transcription", ".log", ".asc"), "text"),
    ".xls": "xls",
    ".otr": "otr",
}
"""What to do about files that people have beside transcripts."""


def remedy(suffix: str) -> Message:
    """Hint on what to do about a file of a kind that is not read.

    >>> remedy(".WPS").id
    'transcripts.remedy-old-word'
    """
    name = _REMEDIES.get(suffix.lower())
    if name:
        return message(f"transcripts.remedy-{name}")
    return message("transcripts.save-as", suffixes=tuple(sorted(SUFFIXES)))


def read(
    path: Path, file: str, options: LabelsOptions, limits: LimitsOptions | None = None
) -> list[Reading]:
    """Read the interviews of one file.

    Parameters
    ----------
    path : the file.
    file : its name in messages.
    options : labels that the study file gives for this file.
    limits : what it may cost; ``[limits]`` of the study file.

    Returns
    -------
    One reading an interview; an interview that cannot be used has a problem of severity
    ``error`` and does not keep the others of its file from being read.

    Raises
    ------
    TextlienError
        When the file is missing, empty, damaged, or of no known format.
    """
    limits = limits or LimitsOptions()
    _check_file(path, file, limits)
    labels = frozenset((*options.interviewer, *options.interviewee, *options.other))
    suffix = path.suffix.lower()
    actual = content.suffix_of(path, file) or suffix
    documents = _reader_of(actual)(Source(path, file, labels, limits))
    notes = content.cut_short(path, actual, file)
    if _SAME.get(actual, actual) != _SAME.get(suffix, suffix):
        notes.append(content.other_content(actual, path, file))
    documents[0] = replace(documents[0], problems=(*notes, *documents[0].problems))
    documents = [part for document in documents for part in document.apart()]
    turns = sum(len(document.utterances) for document in documents)
    if turns > limits.turns:
        place = Location(file=file)
        raise TextlienError(
            Problem.error("transcripts.too-many-turns", place, turns=turns, limit=limits.turns)
        )
    return [_reading(document, options, file) for document in documents]


def _check_file(path: Path, file: str, limits: LimitsOptions) -> None:
    """Refuse a file of another kind, a missing, an empty and a large one before it is opened."""
    place = Location(file=file)
    suffix = path.suffix
    if suffix.lower() not in ACCEPTED:
        raise TextlienError(
            Problem.error("transcripts.unread-kind", place, suffix=suffix, remedy=remedy(suffix))
        )
    if not path.is_file():
        raise TextlienError(Problem.error("files.missing", place))
    size = path.stat().st_size
    if size == 0:
        raise TextlienError(Problem.error("files.empty", place))
    if size > limits.file_mb * _MEGABYTE:
        problem = Problem.error(
            "transcripts.large-file",
            place,
            megabytes=round(size / _MEGABYTE),
            limit=limits.file_mb,
        )
        raise TextlienError(problem)


def _reader_of(suffix: str) -> Callable[[Source], list[Document]]:
    """The function that reads files of a suffix; its module is loaded now."""
    module = import_module(f"textlien.transcripts.formats.{_module_of(suffix)}")
    reader: Callable[[Source], list[Document]] = module.read
    return reader


def _module_of(suffix: str) -> str:
    """Name of the module that reads files of a suffix; of « .doc », documents of Word."""
    return FORMATS.get(suffix, "docx")


def _reading(document: Document, options: LabelsOptions, file: str) -> Reading:
    """Decide the roles of an interview, and report omissions and oddities."""
    decisions, notes = decide(document, options, file)
    decisions, doubts = doubt(document, decisions, file)
    roles = {label: decision.role for label, decision in decisions.items()}
    place = Location(file=file, interview=document.name)
    turns = _turns(document.utterances, roles)
    lacking = _lacking(document.utterances, roles, place)
    problems = (*document.problems, *notes, *doubts, *lacking, *oddities(turns, place))
    return Reading(document, turns, decisions, problems)


def _lacking(
    utterances: tuple[Utterance, ...], roles: dict[str, Role], place: Location
) -> Iterator[Problem]:
    """The error of an interview without text, or without a word of an interviewee."""
    answers = [turn.text for turn in utterances if roles[turn.speaker] == "interviewee"]
    if not utterances:
        yield Problem.error("transcripts.no-text", place)
    elif not answers:
        yield Problem.error("transcripts.no-interviewee", place, labels=tuple(roles))
    elif not any(word_count(text) for text in answers):
        yield Problem.error("transcripts.no-word-of-interviewee", place)


def _turns(utterances: tuple[Utterance, ...], roles: dict[str, Role]) -> pd.DataFrame:
    """Table ``turns`` of one interview, without its identifier."""
    rows: list[dict[str, object]] = []
    start = 0
    for number, utterance in enumerate(utterances):
        end = start + len(utterance.text)
        rows.append(
            {
                "interview_id": "",
                "turn": number,
                "speaker": utterance.speaker,
                "role": roles[utterance.speaker],
                "time_start": utterance.time_start,
                "time_end": utterance.time_end,
                "start": start,
                "end": end,
                "section": utterance.section,
                "place": utterance.place.code(),
                "text": utterance.text,
                "original": utterance.original,
            }
        )
        start = end + 1  # the line feed that joins turns
    return tables.make("turns", rows)
