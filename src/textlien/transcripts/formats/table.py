"""Tables of turns (.csv, .xlsx, .ods): one row a turn, columns named in French or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.csvfile import Row
from textlien.files.source import Source
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location
from textlien.raw import raw_error, raw_problem
from textlien.text import marks
from textlien.text.folding import fold
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
    """Read a ``.csv``, ``.xlsx`` or ``.ods`` of turns: one document an interview, in order.

    A role column wins over what the labels say. Other columns are variables of the interview.

    Raises
    ------
    TextlienError
        When there is no column of texts, more rows than turns are allowed, or the file cannot be
        read.
    """
    shown = source.shown
    table = read_sheet(source.path, shown, fold, source.limits, COLUMNS["text"])
    names = {
        ours: next((name for name in accepted if name in table.header), "")
        for ours, accepted in COLUMNS.items()
    }
    if not names["text"]:
        found = ", ".join(f'"{column}"' for column in table.header)
        raise raw_error(
            f"{shown}, {table.unit} 1: no column of texts; found {found}.",
            'Name the columns "locuteur" and "texte" (or "speaker" and "text").',
        )
    if len(table.rows) > source.limits.turns:
        raise raw_error(
            f"{shown}: {len(table.rows):,} rows; the limit is {source.limits.turns:,} turns.",
            "Split the file, or raise [limits] turns.",
        )
    interviews: dict[str, list[tuple[int, Row]]] = {}
    for number, row in table.rows:
        interviews.setdefault(row.get(names["interview"], "").strip(), []).append((number, row))
    others = [column for column in table.header if column and column not in names.values()]
    documents = [
        _document(name, rows, _Columns(names, others, table.unit), shown)
        for name, rows in interviews.items()
    ] or [Document("", {}, ())]
    first = documents[0]
    documents[0] = replace(first, problems=(*table.notes, *first.problems))
    return [replace(document, encoding=table.encoding) for document in documents]


class _Columns(NamedTuple):
    """Columns of a table: ours by our names, the others, and what its rows are called."""

    ours: dict[str, str]
    others: list[str]
    unit: str


def _document(name: str, rows: list[tuple[int, Row]], columns: _Columns, shown: str) -> Document:
    problems: list[Problem] = []
    head: dict[str, str] = {}
    for line, row in rows:
        for column in columns.others:
            value = row[column].strip()
            if value and head.setdefault(column, value) != value:
                message = f'column "{column}": {value!r} after {head[column]!r} in one interview.'
                hint = "The first was kept. Give each interview one value."
                place = _place(columns.unit, line)
                problems.append(raw_problem(shown, message, hint, place, "warning"))
    roles: dict[str, Role] = {}
    utterances = tuple(_turns(rows, columns, shown, problems, roles))
    variables = tuple((column, head[column]) for column in columns.others if column in head)
    return Document(name, head, utterances, tuple(problems), variables, roles=roles)


def _turns(
    rows: list[tuple[int, Row]],
    columns: _Columns,
    shown: str,
    problems: list[Problem],
    roles: dict[str, Role],
) -> Iterator[Utterance]:
    for line, row in rows:
        cells = {ours: row.get(name, "").strip() for ours, name in columns.ours.items()}
        place = _place(columns.unit, line)
        if not normalise(cells["text"]):
            continue
        speaker = marks.collapse_blanks(marks.normalise_characters(cells["speaker"]))
        role = _ROLES.get(fold(cells["role"]))
        if cells["role"] and not role:
            message = f'role "{cells["role"]}" is not known.'
            hint = 'Write "enquêteur", "enquêté" or "autre"; the label decides meanwhile.'
            problems.append(raw_problem(shown, message, hint, place, "warning"))
        speaker = speaker or (cells["role"] if role else "")
        if role and roles.setdefault(speaker, role) != role:
            message = f'« {speaker} » is "{cells["role"]}" here, and something else above.'
            hint = "The first was kept. Give each speaker of an interview one role."
            problems.append(raw_problem(shown, message, hint, place, "warning"))
        start, end = (_time(cells[key], shown, place, problems) for key in ("start", "end"))
        section = marks.collapse_blanks(marks.normalise_characters(cells["section"]))
        yield Utterance(speaker, cells["text"], start, end, place, section)


def _place(unit: str, number: int) -> Location:
    return Location(row=number) if unit == "row" else Location(line=number)


def _time(value: str, shown: str, place: Location, problems: list[Problem]) -> float | None:
    if not value:
        return None
    try:
        return float(value.replace(",", "."))
    except ValueError:
        moment = marks.times_of(value)[0]
    if moment is None:
        hint = "Write seconds, or hours:minutes:seconds."
        message = f'"{value}" is no time.'
        problems.append(raw_problem(shown, message, hint, place, "warning"))
    return moment
