"""Transcripts of any accepted format to table ``turns``: who said what, in which role."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pandas as pd

from textlien import tables
from textlien.files.limits import LimitsOptions
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.study.options import LabelsOptions
from textlien.text.words import word_count
from textlien.transcripts.model import Document, Reading, Role, Utterance
from textlien.transcripts.quality import oddities
from textlien.transcripts.speakers.roles import decide

__all__ = ["FORMATS", "SUFFIXES", "Document", "Reading", "Source", "Utterance", "read", "remedy"]

FORMATS: dict[str, str] = {
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".txt": "text",
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

_OTHERS = {
    ".rtrs": "In Sonal, export the interview as .rtf or .txt.",
    ".crp": "This is a list of interviews of Sonal: give the .sonal files beside it.",
    **dict.fromkeys((".doc", ".dot", ".wps"), "Open it in Word or LibreOffice; save it as .docx."),
    **dict.fromkeys((".pages", ".gdoc"), "Open it where it was written, and export it as .docx."),
    **dict.fromkeys(
        (".nvp", ".nvpx", ".mx20", ".mx22", ".mx24", ".atlproj", ".qdpx", ".hpr7", ".qdc"),
        "This is a whole project: export the transcripts from it as .docx or .txt.",
    ),
    **dict.fromkeys(
        (".mp3", ".wav", ".m4a", ".mp4", ".wma", ".ogg"), "This is sound: transcribe it first."
    ),
    ".xls": "Open it in a spreadsheet and save it as .xlsx or .csv.",
    ".otr": "In oTranscribe, export it as plain text.",
}
"""What to do about files that people have beside transcripts."""


def remedy(suffix: str) -> str:
    """What to do about a file of a kind that is not read.

    >>> remedy(".DOC")
    'Open it in Word or LibreOffice; save it as .docx.'
    """
    known = f"Save it as one of: {', '.join(sorted(SUFFIXES))}."
    return _OTHERS.get(suffix.lower(), known)


def read(
    path: Path, shown: str, options: LabelsOptions, limits: LimitsOptions | None = None
) -> list[Reading]:
    """Read the interviews of one file.

    Parameters
    ----------
    path : the file.
    shown : its name in messages.
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
    if path.suffix.lower() not in FORMATS:
        raise raw_error(f'{shown}: files in "{path.suffix}" are not read.', remedy(path.suffix))
    if not path.is_file():
        raise raw_error(f"{shown}: there is no such file.", "Correct the path.")
    declared = frozenset((*options.interviewer, *options.interviewee, *options.other))
    if path.stat().st_size == 0:
        raise raw_error(f"{shown}: the file is empty.", "Restore it, or remove it.")
    limits = limits or LimitsOptions()
    _refuse_large(path, shown, limits)
    reader = _reader_of(path.suffix.lower())
    documents = reader(Source(path, shown, declared, limits))
    _refuse_many(documents, shown, limits)
    return [_reading(document, options, shown) for document in documents]


def _refuse_large(path: Path, shown: str, limits: LimitsOptions) -> None:
    size = path.stat().st_size / 2**20
    if size > limits.file_mb:
        raise raw_error(
            f"{shown}: {size:,.0f} MB; the limit is {limits.file_mb:,} MB.",
            "An hour of speech is 0.1 MB of text. If it is one, raise [limits] file_mb.",
        )


def _refuse_many(documents: list[Document], shown: str, limits: LimitsOptions) -> None:
    turns = sum(len(document.utterances) for document in documents)
    if turns > limits.turns:
        raise raw_error(
            f"{shown}: {turns:,} turns; the limit is {limits.turns:,}.",
            "Split the file, or raise [limits] turns.",
        )


def _reader_of(suffix: str) -> Callable[[Source], list[Document]]:
    module = import_module(f"textlien.transcripts.formats.{FORMATS[suffix]}")
    reader: Callable[[Source], list[Document]] = module.read
    return reader


def _reading(document: Document, options: LabelsOptions, shown: str) -> Reading:
    decisions, notes = decide(document, options, shown)
    roles = {label: decision.role for label, decision in decisions.items()}
    problems = [*document.problems, *notes]
    place = Location(interview=document.name)
    if not document.utterances:
        hint = "Restore its content, or remove it."
        problems.append(raw_problem(shown, "no text.", hint, place))
    elif "interviewee" not in roles.values():
        labels = ", ".join(f"« {label} »" for label in roles)
        hint = 'Name the interviewees\' labels: [speakers] interviewee = ["…"] in the study file.'
        message = f"no turn of an interviewee; the labels are {labels}."
        problems.append(raw_problem(shown, message, hint, place))
    elif not any(
        word_count(said.text)
        for said in document.utterances
        if roles[said.speaker] == "interviewee"
    ):
        hint = "Restore its content, or remove it."
        problems.append(raw_problem(shown, "no word of an interviewee.", hint, place))
    turns = _turns(document.utterances, roles)
    problems += oddities(turns, shown, place)
    return Reading(document, turns, decisions, tuple(problems))


def _turns(utterances: tuple[Utterance, ...], roles: dict[str, Role]) -> pd.DataFrame:
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
