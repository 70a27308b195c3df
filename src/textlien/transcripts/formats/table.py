"""Tables of turns (.csv, .xlsx, .ods): one row per turn, columns named in French or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.csvfile import Row, Sheet
from textlien.files.source import Source
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location
from textlien.text import marks
from textlien.text.folding import fold
from textlien.text.marks import clean_label
from textlien.text.normalise import normalise
from textlien.transcripts.model import Document, Role, Utterance

COLUMNS: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "locuteur", "locutrice", "qui", "intervenant", "label"),
    "text": ("text", "texte", "parole", "paroles", "contenu", "propos", "transcription"),
    "interview": ("interview", "entretien", "interview id", "document", "doc id"),
    "role": ("role",),
    "start": ("start", "debut", "time start", "temps debut"),
    "end": ("end", "fin", "time end", "temps fin"),
    "section": ("section", "partie", "rubrique", "theme"),
}
"""Accepted column names, folded; other columns are metadata of the interview."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("interviewer", "enqueteur", "enquetrice", "chercheur"), "interviewer"),
    **dict.fromkeys(("interviewee", "enquete", "enquetee", "interviewe"), "interviewee"),
    **dict.fromkeys(("other", "autre"), "other"),
}


def read(source: Source) -> list[Document]:
    """Read a ``.csv``, ``.xlsx`` or ``.ods`` of turns: one document per interview, in order.

    A role column wins over what the labels say. Other columns are variables of the interview.

    Raises
    ------
    TextlienError
        When there is no column of texts, more rows than turns are allowed, or the file cannot be
        read.
    """
    file = source.file
    table = read_sheet(source.path, file, fold, source.limits, COLUMNS["text"])
    columns = _columns_of(table, file)
    if not columns.ours["text"]:
        raise TextlienError(
            Problem.error(
                "transcripts.no-text-column", table.location(file, 1), columns=table.header
            )
        )
    if len(table.rows) > source.limits.turns:
        place, limit = Location(file=file), source.limits.turns
        raise TextlienError(
            Problem.error("transcripts.too-many-rows", place, rows=len(table.rows), limit=limit)
        )
    interviews: dict[str, list[tuple[int, Row]]] = {}
    for number, row in table.rows:
        interviews.setdefault(row.get(columns.ours["interview"], "").strip(), []).append(
            (number, row)
        )
    documents = [_document(name, rows, columns) for name, rows in interviews.items()] or [
        Document("", {}, ())
    ]
    first = documents[0]
    documents[0] = replace(first, problems=(*table.notes, *first.problems))
    return [replace(document, encoding=table.encoding) for document in documents]


class _Columns(NamedTuple):
    """Columns of a table, and what places in it are called.

    Attributes
    ----------
    ours : names of the columns by our names for them, or "".
    others : names of the other columns.
    sheet : the table, which knows how its rows are counted.
    file : its name in messages.
    """

    ours: dict[str, str]
    others: list[str]
    sheet: Sheet
    file: str


def _columns_of(table: Sheet, file: str) -> _Columns:
    """Which columns are ours, by any of their accepted names, and which are others."""
    ours = {
        name: next((column for column in accepted if column in table.header), "")
        for name, accepted in COLUMNS.items()
    }
    others = [column for column in table.header if column and column not in ours.values()]
    return _Columns(ours, others, table, file)


def _document(name: str, rows: list[tuple[int, Row]], columns: _Columns) -> Document:
    """One interview of its rows."""
    problems: list[Problem] = []
    head: dict[str, str] = {}
    for number, row in rows:
        for column in columns.others:
            value = row[column].strip()
            if value and head.setdefault(column, value) != value:
                problem = Problem.warning(
                    "transcripts.value-differs",
                    columns.sheet.location(columns.file, number),
                    column=column,
                    value=value,
                    first=head[column],
                )
                problems.append(problem)
    roles: dict[str, Role] = {}
    utterances = tuple(_turns(rows, columns, problems, roles))
    variables = tuple((column, head[column]) for column in columns.others if column in head)
    return Document(name, head, utterances, tuple(problems), variables, roles=roles)


def _turns(
    rows: list[tuple[int, Row]],
    columns: _Columns,
    problems: list[Problem],
    roles: dict[str, Role],
) -> Iterator[Utterance]:
    """Rows with words as utterances; problems and stated roles are added to the arguments."""
    for number, row in rows:
        cells = {ours: row.get(name, "").strip() for ours, name in columns.ours.items()}
        place = columns.sheet.location(columns.file, number)
        if not normalise(cells["text"]):
            continue
        speaker = clean_label(cells["speaker"])
        role = _ROLES.get(fold(cells["role"]))
        if cells["role"] and not role:
            problems.append(Problem.warning("transcripts.unknown-role", place, role=cells["role"]))
        speaker = speaker or (cells["role"] if role else "")
        if role and roles.setdefault(speaker, role) != role:
            problems.append(
                Problem.warning(
                    "transcripts.role-differs", place, speaker=speaker, role=cells["role"]
                )
            )
        start, end = (_time(cells[key], place, problems) for key in ("start", "end"))
        section = clean_label(cells["section"])
        yield Utterance(speaker, cells["text"], start, end, replace(place, file=""), section)


def _time(value: str, place: Location, problems: list[Problem]) -> float | None:
    """Seconds of a cell: a number, or hours, minutes and seconds."""
    if not value:
        return None
    try:
        return float(value.replace(",", "."))
    except ValueError:
        moment = marks.times_of(value)[0]
    if moment is None:
        problems.append(Problem.warning("transcripts.no-time", place, value=value))
    return moment
