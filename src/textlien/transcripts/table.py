"""Tables of turns (.csv): one row a turn, columns named in French or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from textlien.csvfile import read_csv
from textlien.errors import Problem, TextlienError
from textlien.transcripts import marks
from textlien.transcripts.folding import fold
from textlien.transcripts.model import Document, Role, Source, Utterance
from textlien.transcripts.normal import normalise

COLUMNS: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "locuteur", "locutrice", "qui", "intervenant", "label"),
    "text": ("text", "texte", "parole", "paroles", "contenu", "propos", "transcription"),
    "interview": ("interview", "entretien", "interview id", "document", "doc id"),
    "role": ("role",),
    "start": ("start", "debut", "time start", "temps debut"),
    "end": ("end", "fin", "time end", "temps fin"),
}
"""Accepted column names, folded; other columns are metadata of the interview."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("interviewer", "enqueteur", "enquetrice", "chercheur"), "interviewer"),
    **dict.fromkeys(("interviewee", "enquete", "enquetee", "interviewe"), "interviewee"),
    **dict.fromkeys(("other", "autre"), "other"),
}


def read(source: Source) -> list[Document]:
    """Read a ``.csv`` of turns: one document an interview, in the order of the file.

    A role column wins over what the labels say.

    Raises
    ------
    TextlienError
        When there is no column of texts, or the file cannot be read.
    """
    shown = source.shown
    table = read_csv(source.path, shown, fold)
    names = {
        ours: next((name for name in accepted if name in table.header), "")
        for ours, accepted in COLUMNS.items()
    }
    if not names["text"]:
        found = ", ".join(f'"{column}"' for column in table.header)
        raise TextlienError(
            f"{shown}, line 1: no column of texts; found {found}.",
            'Name the columns "locuteur" and "texte" (or "speaker" and "text").',
        )
    ordered = list(dict.fromkeys(row.get(names["interview"], "") for _, row in table.rows))
    by_interview = sorted(
        table.rows, key=lambda row: ordered.index(row[1].get(names["interview"], ""))
    )
    documents = [
        _document(name.strip(), list(rows), names, shown)
        for name, rows in groupby(by_interview, lambda row: row[1].get(names["interview"], ""))
    ] or [Document("", {}, ())]
    first = documents[0]
    documents[0] = replace(first, problems=(*table.notes, *first.problems))
    return [replace(document, encoding=table.encoding) for document in documents]


def _document(
    name: str, rows: list[tuple[int, dict[str, str]]], names: dict[str, str], shown: str
) -> Document:
    problems: list[Problem] = []
    head: dict[str, str] = {}
    for line, row in rows:
        for column in row.keys() - set(names.values()):
            value = row[column].strip()
            if value and head.setdefault(column, value) != value:
                message = f'column "{column}": {value!r} after {head[column]!r} in one interview.'
                hint = "The first was kept. Give each interview one value."
                problems.append(Problem(shown, message, hint, f"line {line}", "warning"))
    roles: dict[str, Role] = {}
    utterances = tuple(_turns(rows, names, shown, problems, roles))
    return Document(name, head, utterances, tuple(problems), roles=roles)


def _turns(
    rows: list[tuple[int, dict[str, str]]],
    names: dict[str, str],
    shown: str,
    problems: list[Problem],
    roles: dict[str, Role],
) -> Iterator[Utterance]:
    for line, row in rows:
        cells = {ours: row.get(name, "").strip() for ours, name in names.items()}
        if not normalise(cells["text"]):
            continue
        speaker = marks.collapse_blanks(marks.normalise_characters(cells["speaker"]))
        role = _ROLES.get(fold(cells["role"]))
        if cells["role"] and not role:
            message = f'role "{cells["role"]}" is not known.'
            hint = 'Write "enquêteur", "enquêté" or "autre"; the label decides meanwhile.'
            problems.append(Problem(shown, message, hint, f"line {line}", "warning"))
        speaker = speaker or (cells["role"] if role else "")
        if role and roles.setdefault(speaker, role) != role:
            message = f'« {speaker} » is "{cells["role"]}" here, and something else above.'
            hint = "The first was kept. Give each speaker of an interview one role."
            problems.append(Problem(shown, message, hint, f"line {line}", "warning"))
        start, end = (_time(cells[key], shown, line, problems) for key in ("start", "end"))
        yield Utterance(speaker, cells["text"], start, end, f"line {line}")


def _time(value: str, shown: str, line: int, problems: list[Problem]) -> float | None:
    if not value:
        return None
    try:
        return float(value.replace(",", "."))
    except ValueError:
        moment = marks.times_of(value)[0]
    if moment is None:
        hint = "Write seconds, or hours:minutes:seconds."
        message = f'"{value}" is no time.'
        problems.append(Problem(shown, message, hint, f"line {line}", "warning"))
    return moment
