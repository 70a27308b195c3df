"""Tables of turns (.csv, .xlsx, .ods): one row per turn, columns known by name or cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.csvfile import Row, Sheet
from textlien.files.source import Source
from textlien.files.spreadsheet import read_sheets
from textlien.messages.message import Location
from textlien.text import marks
from textlien.text.folding import fold
from textlien.text.marks import clean_label
from textlien.text.normalise import has_text
from textlien.transcripts import notice
from textlien.transcripts.layout.tabular import turns
from textlien.transcripts.layout.tabular.cells import ASKS, LEAST, Column
from textlien.transcripts.layout.tabular.columns import Layout, lay_out
from textlien.transcripts.layout.tabular.headers import NAMES_OF_TEXT, ColumnRole, role_of_name
from textlien.transcripts.layout.tabular.tables import SIDES
from textlien.transcripts.model import Document, Role, Utterance
from textlien.transcripts.speakers.sides import QUESTION

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


_OURS = {
    ColumnRole.SPEAKER: "speaker",
    ColumnRole.TIME: "start",
    ColumnRole.END: "end",
    ColumnRole.SECTION: "section",
}
_WANTED = (NAMES_OF_TEXT | {*COLUMNS["text"]}) - {*COLUMNS["interview"]}
_VARIABLE = ColumnRole.BLANK
_APART = (ColumnRole.NOTES, ColumnRole.NUMBER)
# Words of the shortest question above a column; « Qui ? » is its name.
_SHORTEST_QUESTION = 4
_SECONDS_OF_DAY = 86_400


def read(source: Source) -> list[Document]:
    """Read a ``.csv``, ``.xlsx`` or ``.ods`` of turns: one document per interview, in order.

    Columns are known by their names, else by their cells. A row without a speaker goes on with the
    one above. A role column wins over what the labels say. Other columns are variables of the
    interview; codes, remarks and numbers stay out. Of a workbook every sheet of turns is read.

    Raises
    ------
    TextlienError
        When there is no column of texts, more rows than turns are allowed, or the file cannot be
        read.
    """
    file = source.file
    sheets = read_sheets(source.path, file, fold, source.limits, _WANTED, spread=False)
    all_columns = [_columns_of(sheet, file) for sheet in sheets]
    tables = [columns for columns in all_columns if columns.texts]
    if not tables:
        raise TextlienError(_no_text(all_columns[0]))
    rows, limit = sum(len(columns.rows) for columns in tables), source.limits.turns
    if rows > limit:
        place = Location(file=file)
        raise TextlienError(
            Problem.error("transcripts.too-many-rows", place, rows=rows, limit=limit)
        )
    documents = _joined(tables)
    unread = tuple(columns.sheet.title for columns in all_columns if not columns.texts)
    problems = [*_problems_of(tables, unread, file), *documents[0].problems]
    documents[0] = replace(documents[0], problems=tuple(problems))
    return [replace(document, encoding=sheets[0].encoding) for document in documents]


class _Columns(NamedTuple):
    """Columns of a table, and what places in it are called.

    Attributes
    ----------
    ours : names of the columns by our names for them, or "".
    texts : label of each column of speech; "" where a column of speakers says who it is.
    others : names of the columns that are variables of the interview.
    rows : number and cells of each.
    sheet : the table, which knows how its rows are counted.
    layout : roles of the columns that are not ours, or None where it is no table of turns.
    asking : numbers of the rows without a speaker that are questions.
    file : its name in messages.
    """

    ours: dict[str, str]
    texts: dict[str, str]
    others: list[str]
    rows: tuple[tuple[int, Row], ...]
    sheet: Sheet
    layout: Layout | None
    asking: frozenset[int]
    file: str


def _columns_of(sheet: Sheet, file: str) -> _Columns:
    """Which columns are ours, by an accepted name or by their cells, and which are others."""
    named = {
        name: next((column for column in accepted if column in sheet.header), "")
        for name, accepted in COLUMNS.items()
    }
    layout = _layout_of(sheet)
    pairs = _roles_of(sheet, layout)
    ours = named | _by_cells(named, pairs)
    texts = {ours["text"]: ""} if ours["text"] else _texts_of(pairs, ours)
    is_turn = _is_headless(layout, named)
    apart = {name for name, column in pairs if is_turn or _is_apart(column)}
    others = [name for name in sheet.header if name not in {*ours.values(), *texts, *apart, ""}]
    rows = (*(_first_row(sheet) if is_turn else ()), *sheet.rows)
    rest = _doubts(layout, pairs, apart, set(named.values()))
    return _Columns(ours, texts, others, rows, sheet, rest, _asking(sheet, rest), file)


def _asking(sheet: Sheet, layout: Layout | None) -> frozenset[int]:
    """Numbers of the rows without a speaker that are questions."""
    if layout is None:
        return frozenset()
    first = sheet.rows[0][0] - 1
    numbers = [first, *(number for number, _ in sheet.rows)]
    return frozenset(numbers[row] for row in turns.rows_that_ask(layout))


def _is_headless(layout: Layout | None, named: Mapping[str, str]) -> bool:
    """True if the first row is one of turns: nothing in it is the name of a column."""
    return layout is not None and not layout.header and not any(named.values())


def _roles_of(sheet: Sheet, layout: Layout | None) -> list[tuple[str, Column]]:
    """Each column of a sheet by its name, with what its cells look like."""
    return list(zip(sheet.header, layout.columns, strict=True)) if layout else []


def _first_row(sheet: Sheet) -> list[tuple[int, Row]]:
    """The row above all others, which is one of turns where a sheet names no columns."""
    return [(sheet.rows[0][0] - 1, dict(zip(sheet.header, sheet.written, strict=True)))]


def _by_cells(named: Mapping[str, str], pairs: Sequence[tuple[str, Column]]) -> dict[str, str]:
    """Names of the columns that are ours by what their cells look like."""
    reserved = set(named.values())
    return {
        _OURS[column.role]: name
        for name, column in reversed(pairs)
        if column.role in _OURS and not named[_OURS[column.role]] and name not in reserved
    }


def _layout_of(sheet: Sheet) -> Layout | None:
    """Roles of the columns of a sheet, by their names and cells."""
    rows = [[cells[name] for name in sheet.header] for _, cells in sheet.rows]
    numbers = {number: at for at, (number, _) in enumerate(sheet.rows, start=1)}
    continued = {
        (numbers[number], sheet.header.index(name))
        for number, name in sheet.continued
        if number in numbers and name in sheet.header
    }
    return lay_out([list(sheet.written), *rows], continued=continued) if rows else None


def _texts_of(pairs: Sequence[tuple[str, Column]], ours: dict[str, str]) -> dict[str, str]:
    """Label of each column of speech in a table that has none by an accepted name."""
    texts = {
        name: column.label
        for name, column in pairs
        if column.role in (ColumnRole.TEXT, ColumnRole.VOICE)
    }
    if any(_is_question(column.name) for name, column in pairs if name in texts):
        return {}
    named = any(role_of_name(name) is ColumnRole.TEXT for name in texts)
    return texts if named or ours["speaker"] or any(texts.values()) else {}


def _is_question(name: str) -> bool:
    """True if a question of a survey stands above a column."""
    return bool(ASKS.search(name)) and len(name.split()) >= _SHORTEST_QUESTION


def _is_apart(column: Column) -> bool:
    """True for codes, remarks and numbers of each turn, which are no variables of an interview."""
    varies = column.is_decimal and len(set(column.values)) > len(column.filled) / 2
    return column.role in _APART and (varies or role_of_name(column.name) in _APART)


def _doubts(
    layout: Layout | None, pairs: Sequence[tuple[str, Column]], apart: set[str], named: set[str]
) -> Layout | None:
    """The layout without columns that are variables; one with an accepted name is what it says."""
    if layout is None:
        return None
    settled = []
    for name, column in pairs:
        role = column.role if name in apart or column.role not in _APART else _VARIABLE
        settled.append(replace(column, role=role, sure=column.sure or name in named))
    return replace(layout, columns=tuple(settled))


def _no_text(columns: _Columns) -> Problem:
    """The error of a table without speech; of one with a question above each column by itself."""
    sheet = columns.sheet
    asked = [name for name in sheet.written if _is_question(name)]
    place = sheet.location(columns.file, 1)
    if asked:
        first = asked[0]
        return Problem.error("transcripts.open-survey", place, columns=len(asked), example=first)
    return Problem.error("transcripts.no-text-column", place, columns=sheet.header)


def _problems_of(
    tables: Sequence[_Columns], unread: tuple[str, ...], file: str
) -> Iterator[Problem]:
    """Notes of the tables, what is doubtful in their columns, and which sheets were read."""
    place = Location(file=file)
    titles = tuple(columns.sheet.title for columns in tables)
    if unread:
        yield Problem.note("files.other-sheets", place, sheet=titles[0], others=unread)
    if len(tables) > 1 and not all(columns.ours["interview"] for columns in tables):
        yield Problem.warning("transcripts.sheet-an-interview", place, sheets=titles)
    for columns in tables:
        yield from columns.sheet.notes
        if columns.layout:
            yield from turns.problems_of(columns.layout, file, are_parted=False)


def _joined(tables: Sequence[_Columns]) -> list[Document]:
    """The interviews of all tables, in order; parts of one name are one interview."""
    joined: dict[str, Document] = {}
    for columns in tables:
        title = columns.sheet.title if len(tables) > 1 else ""
        interviews: dict[str, list[tuple[int, Row]]] = {}
        for number, row in columns.rows:
            name = row.get(columns.ours["interview"], "").strip() or title
            interviews.setdefault(name, []).append((number, row))
        for name, rows in interviews.items():
            part = _document(name, rows, columns)
            joined[name] = _followed(joined[name], part) if name in joined else part
    return list(joined.values()) or [Document("", {}, ())]


def _followed(first: Document, second: Document) -> Document:
    """One interview of two parts."""
    return replace(
        first,
        utterances=(*first.utterances, *second.utterances),
        problems=(*first.problems, *second.problems),
        roles=second.roles | first.roles,
    )


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
    variables = tuple((column, head[column]) for column in columns.others if column in head)
    for above in columns.sheet.above:
        head |= notice.pairs("\t".join(filter(None, above.cells)))
    roles: dict[str, Role] = {}
    utterances = _together(_turns(rows, columns, problems, roles))
    labels = {utterance.speaker for utterance in utterances}
    guesses = {label: guess for label, guess in SIDES.items() if label in labels}
    return Document(
        name, head, utterances, tuple(problems), variables, roles=roles, guesses=guesses
    )


def _together(turns_of_rows: Iterator[tuple[Utterance, bool]]) -> tuple[Utterance, ...]:
    """Utterances, those that go on with the one above joined with it."""
    utterances: list[Utterance] = []
    for utterance, goes_on in turns_of_rows:
        if goes_on and utterances and utterances[-1].section == utterance.section:
            before = utterances[-1]
            original = f"{before.original}\n{utterance.original}"
            utterances[-1] = replace(before, original=original)
        else:
            utterances.append(utterance)
    return tuple(utterances)


def _turns(
    rows: Sequence[tuple[int, Row]],
    columns: _Columns,
    problems: list[Problem],
    roles: dict[str, Role],
) -> Iterator[tuple[Utterance, bool]]:
    """Rows with words as utterances, and whether each goes on with the one above.

    Problems and stated roles are added to the arguments.
    """
    speaker, section = "", ""
    goes_on = _goes_on(columns)
    is_day = _are_parts_of_a_day([row.get(columns.ours["start"], "") for _, row in rows])
    for number, row in rows:
        cells = {ours: row.get(name, "").strip() for ours, name in columns.ours.items()}
        place = columns.sheet.location(columns.file, number)
        role = _role(cells["role"], place, problems)
        name = _name_of(cells, role, asks=number in columns.asking)
        speaker = name or speaker
        section = clean_label(cells["section"]) or (section if goes_on else "")
        start = _time(cells["start"], place, problems, is_day=is_day)
        end = _time(cells["end"], place, problems, is_day=is_day)
        for who, text in _speech(row, columns, speaker):
            problems += _other_role(who, role, cells["role"], roles, place)
            at = replace(place, file="")
            turn = Utterance(who, text, start, end, at, section)
            yield turn, bool(speaker) and not name and who == speaker


def _name_of(cells: Mapping[str, str], role: Role | None, *, asks: bool) -> str:
    """Speaker that a row names, or its role; "" where it goes on with the one above."""
    name = cells["speaker"] or (cells["role"] if role else "")
    return clean_label(name) or (QUESTION if asks else "")


def _speech(row: Row, columns: _Columns, speaker: str) -> Iterator[tuple[str, str]]:
    """Speaker and words of each column of speech of a row."""
    for column, label in columns.texts.items():
        if has_text(row[column]):
            yield label or speaker, row[column].strip()


def _other_role(
    speaker: str, role: Role | None, cell: str, roles: dict[str, Role], place: Location
) -> list[Problem]:
    """Keep the first role that is stated of a speaker; a warning where this is another."""
    if role is None or roles.setdefault(speaker, role) == role:
        return []
    return [Problem.warning("transcripts.role-differs", place, speaker=speaker, role=cell)]


def _goes_on(columns: _Columns) -> bool:
    """True if a theme is written in the first of its rows only."""
    layout, name = columns.layout, columns.ours["section"]
    if layout is None or name not in columns.sheet.header:
        return False
    column = layout.columns[columns.sheet.header.index(name)]
    return column.role is ColumnRole.SECTION and column.coverage < LEAST.sparse


def _role(cell: str, place: Location, problems: list[Problem]) -> Role | None:
    """The role that a cell states."""
    role = _ROLES.get(fold(cell))
    if cell and not role:
        problems.append(Problem.warning("transcripts.unknown-role", place, role=cell))
    return role


def _are_parts_of_a_day(values: Sequence[str]) -> bool:
    """True if times are numbers below 1, as a spreadsheet keeps hours without their format."""
    numbers = [value.replace(",", ".") for value in values if value]
    decimals = [re.fullmatch(r"0|0\.\d{4,20}|\d(?:\.\d+)?e-0?[3-6]", text) for text in numbers]
    return len(numbers) > 1 and all(decimals)


def _time(
    value: str, place: Location, problems: list[Problem], *, is_day: bool = False
) -> float | None:
    """Seconds of a cell: a number, of which 1 ``is_day``, or hours, minutes and seconds."""
    if not value:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        moment = marks.times_of(value)[0]
    else:
        return round(number * _SECONDS_OF_DAY, 1) if is_day else number
    if moment is None:
        problems.append(Problem.warning("transcripts.no-time", place, value=value))
    return moment
