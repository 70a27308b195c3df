"""Roles of the columns of a table of turns, from their names or from what their cells look like.

A table is judged as a whole: no row decides by itself which of its cells is speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from textlien.text.folding import fold
from textlien.transcripts.layout.tabular.cells import LEAST, Column, is_number, is_time
from textlien.transcripts.layout.tabular.headers import (
    ColumnRole,
    label_of_voice,
    may_be_header,
    role_of_name,
)
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import ANSWER, QUESTION

Row = Sequence[str]

_NOTES = ColumnRole.NOTES

# Rows above the header: titles of the table.
_MOST_TITLES = 4
# Rows below a header that are compared with it: to fold all cells of a long table takes time.
_SAMPLE = 200


@dataclass(frozen=True)
class Layout:
    """Columns of a table of turns, and its rows that are no turns.

    Attributes
    ----------
    columns : in order.
    header : numbers of the rows that name columns, repeated ones included.
    body : numbers of the rows that the cells of ``columns`` are of.
    """

    columns: tuple[Column, ...]
    header: frozenset[int] = frozenset()
    body: tuple[int, ...] = ()

    def of(self, *roles: ColumnRole) -> list[int]:
        """Numbers of the columns of these roles."""
        return [number for number, column in enumerate(self.columns) if column.role in roles]


def lay_out(
    rows: Sequence[Row],
    titles: Set[int] = frozenset(),
    continued: Set[tuple[int, int]] = frozenset(),
) -> Layout | None:
    """Give each column of a table its role; None where it is no table of turns.

    Parameters
    ----------
    rows : cells of each row, as many in each.
    titles : rows of one cell that spans all columns.
    continued : ``(row, column)`` of the cells that are merged with the one above.
    """
    if not rows:
        return None
    header = _header(rows, titles)
    names = _names(rows, header)
    body = [i for i in range(len(rows)) if i not in header and i not in titles and any(rows[i])]
    columns = tuple(
        Column(
            tuple(rows[i][number].strip() for i in body),
            frozenset(at for at, i in enumerate(body) if (i, number) in continued),
            names[number],
        )
        for number in range(len(rows[0]))
    )
    columns = _by_name(columns)
    columns = _speech(_speakers(_plain(columns)))
    layout = Layout(_others(columns), header, tuple(body))
    return layout if _is_of_turns(layout) else None


def _header(rows: Sequence[Row], titles: Set[int]) -> frozenset[int]:
    """Rows that name the columns: one or two, and their repetitions on every page."""
    candidates = (i for i, row in enumerate(rows) if i not in titles and _is_wide(row))
    first = next(candidates, None)
    if first is None or first > _MOST_TITLES or not _names_columns(rows, first):
        return frozenset()
    header = [first]
    if next(candidates, None) == first + 1 and _names_only(rows[first + 1]):
        header.append(first + 1)
    return _with_repetitions(rows, header)


def _with_repetitions(rows: Sequence[Row], header: Sequence[int]) -> frozenset[int]:
    """Rows of a header, and those that repeat one of them."""
    folded = {tuple(map(fold, rows[number])) for number in header}
    short = (i for i, row in enumerate(rows) if may_be_header(row))
    return frozenset(i for i in short if tuple(map(fold, rows[i])) in folded)


def _is_wide(row: Row) -> bool:
    """True for a row of several cells, or of the only one that there is."""
    return sum(map(bool, row)) >= min(2, len(row))


def first_header(rows: Sequence[Row], titles: Set[int] = frozenset()) -> Row | None:
    """The row that names the columns of a table, or None."""
    header = _header(rows, titles)
    return rows[min(header)] if header else None


def _names_only(row: Row) -> bool:
    """True if all filled cells of a row are names of columns."""
    return all(role_of_name(cell) for cell in row if cell)


def _names_columns(rows: Sequence[Row], index: int) -> bool:
    """True if a row names columns: by words for them, or unlike all cells below it."""
    pairs = _over_columns(rows, index)
    if not pairs or not may_be_header(rows[index]) or any(_recurs(*p) for p in pairs):
        return False
    is_name = any(role_of_name(cell) or _is_unlike(cell, column) for cell, column in pairs)
    return is_name or _names_voices(pairs)


def _over_columns(rows: Sequence[Row], index: int) -> list[tuple[str, Column]]:
    """Filled cells of a row, and the column below each, repetitions of the row left out."""
    row = rows[index]
    below = [other for other in rows[index + 1 : index + _SAMPLE] if list(other) != list(row)]
    columns = [Column(tuple(cells)) for cells in zip(*below, strict=True)]
    return [(cell, column) for cell, column in zip(row, columns, strict=False) if cell]


def _recurs(cell: str, column: Column) -> bool:
    """True if a cell comes back below, as speakers do and names of columns do not."""
    return fold(cell) in column.values


def _names_voices(pairs: Sequence[tuple[str, Column]]) -> bool:
    """True if names of persons or roles stand above several columns of speech."""
    voices = [cell for cell, column in pairs if column.is_text]
    return len(voices) > 1 and any(known_role(cell) or _is_name(cell) for cell in voices)


def _is_unlike(cell: str, column: Column) -> bool:
    """True if a cell is no number above numbers, or no time above times."""
    if len(column.filled) < LEAST.rows:
        return False
    over_numbers = column.is_counting and not is_number(cell)
    return over_numbers or (column.is_times and not is_time(cell))


def _is_name(cell: str) -> bool:
    """True for initials, and for words that all have capitals: « CD », « Mme Lamotte »."""
    words = cell.split()
    return all(word[0].isupper() for word in words) and (len(words) > 1 or cell.isupper())


def _names(rows: Sequence[Row], header: frozenset[int]) -> list[str]:
    """Name of each column: of two rows the lower one, where it is filled."""
    names = [""] * len(rows[0])
    for number in sorted(header):
        names = [cell.strip() or name for cell, name in zip(rows[number], names, strict=True)]
    return names


def _by_name(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Roles that names say, where the cells are not of another kind."""
    return tuple(
        replace(column, role=role)
        if column.filled and (role := role_of_name(column.name)) and _fits(column, role)
        else column
        for column in columns
    )


def _fits(column: Column, role: ColumnRole) -> bool:
    """True if the cells of a column can be of a role."""
    if role is ColumnRole.NUMBER:
        return not column.is_text
    if role in (ColumnRole.TIME, ColumnRole.END):
        return column.is_times or column.is_decimal
    if role is ColumnRole.SPEAKER:
        return column.is_short and not column.is_times
    if role is ColumnRole.TEXT:
        return not (column.is_numbers or column.is_times)
    return role is not ColumnRole.VOICE  # of one voice are several columns or none


def _plain(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Running numbers and times among columns without a role."""

    def role(column: Column) -> ColumnRole:
        """Role of a column by its cells."""
        if column.role is not ColumnRole.BLANK or len(column.filled) < LEAST.rows:
            return column.role
        if column.is_counting:
            return ColumnRole.NUMBER
        return ColumnRole.TIME if column.is_times else ColumnRole.BLANK

    return tuple(replace(column, role=role(column)) for column in columns)


def _speakers(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The column of speakers: the one so named, else the likeliest."""
    named = _numbers_of(columns, ColumnRole.SPEAKER)
    pool = named or [n for n in _open(columns) if columns[n].may_be_speakers]
    if not pool:
        return _speaker_of_one(columns)
    if len(named) == 1:
        return columns
    text = max(range(len(columns)), key=lambda number: columns[number].words)
    scores = {number: _likeness(columns[number], abs(number - text)) for number in pool}
    best, *rest = sorted(pool, key=lambda number: -scores[number])
    sure = not rest or scores[best] - scores[rest[0]] >= LEAST.margin
    changes = dict.fromkeys(named, ColumnRole.NOTES) | {best: ColumnRole.SPEAKER}
    settled = list(_with_roles(columns, changes))
    settled[best] = replace(settled[best], sure=sure)
    return tuple(settled)


def _speaker_of_one(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The column that names the one who answers only: rows without the name ask."""
    texts = [columns[number] for number in _texts(columns)]
    if len(texts) != 1:
        return columns
    for number in _open(columns):
        column = columns[number]
        pairs = list(zip(column.cells, texts[0].cells, strict=True))
        with_name = Column(tuple(text for name, text in pairs if name))
        without = Column(tuple(text for name, text in pairs if not name))
        asks = without.asks >= LEAST.asks and with_name.asks <= LEAST.answers
        if asks and column.is_short and len(set(column.values)) == 1:
            return _with_roles(columns, {number: ColumnRole.SPEAKER})
    return columns


def _numbers_of(columns: Sequence[Column], role: ColumnRole) -> list[int]:
    """Numbers of the columns of a role."""
    return [number for number, column in enumerate(columns) if column.role is role]


def _open(columns: Sequence[Column]) -> list[int]:
    """Numbers of the columns that have cells and no role."""
    return [n for n in _numbers_of(columns, ColumnRole.BLANK) if columns[n].filled]


def _with_roles(columns: tuple[Column, ...], roles: Mapping[int, ColumnRole]) -> tuple[Column, ...]:
    """The columns, some of them with another role."""
    return tuple(
        replace(column, role=roles.get(number, column.role))
        for number, column in enumerate(columns)
    )


def _likeness(column: Column, distance: int) -> float:
    """Score of a column of speakers: roles named, rows filled, voices that take turns."""
    covered = min(1.0, column.coverage + len(column.continued) / max(1, len(column.cells)))
    few = 1 - len(set(column.values)) / max(1, len(column.filled))
    return 2 * column.names_roles + covered + column.changes + few - 0.1 * distance


def _speech(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The column of speech, or the columns of one voice each."""
    named = _numbers_of(columns, ColumnRole.TEXT)
    if named:
        return _of_speech(columns, named, named)
    speakers = _numbers_of(columns, ColumnRole.SPEAKER)
    texts = _texts(columns)
    voices = _voices([columns[number] for number in texts])
    if voices and not _are_speakers([columns[number] for number in speakers]):
        return _of_voices(columns, dict(zip(texts, voices, strict=True)), speakers)
    if speakers:  # answers of a word or two, where there are no sentences
        return _of_speech(columns, texts or _not_numbers(columns), ())
    return _of_speech(columns, texts, ()) if len(texts) == 1 else columns


def _texts(columns: Sequence[Column]) -> list[int]:
    """Numbers of the columns of sentences, or of answers of a word, that have no role."""
    return [
        number
        for number in _open(columns)
        if columns[number].is_text or role_of_name(columns[number].name) is ColumnRole.VOICE
    ]


def _not_numbers(columns: Sequence[Column]) -> list[int]:
    """Numbers of the columns of words that have no role."""
    return [number for number in _open(columns) if not columns[number].is_numbers]


def _of_speech(
    columns: tuple[Column, ...], pool: Sequence[int], named: Sequence[int]
) -> tuple[Column, ...]:
    """The column of most words of a pool is speech; others named so are notes, in doubt."""
    if not pool:
        return columns
    best = max(pool, key=lambda number: columns[number].words)
    settled = list(_with_roles(columns, dict.fromkeys(named, _NOTES) | {best: ColumnRole.TEXT}))
    for number in set(named) - {best}:
        settled[number] = replace(settled[number], sure=not settled[number].is_text)
    return tuple(settled)


def _of_voices(
    columns: tuple[Column, ...], labels: Mapping[int, str], codes: Sequence[int]
) -> tuple[Column, ...]:
    """Columns of one voice each; what looked like speakers beside them are codes."""
    roles = dict.fromkeys(codes, ColumnRole.BLANK) | dict.fromkeys(labels, ColumnRole.VOICE)
    return tuple(
        replace(column, label=labels.get(number, ""))
        for number, column in enumerate(_with_roles(columns, roles))
    )


def _are_speakers(speakers: Sequence[Column]) -> bool:
    """True if a column has the name of speakers, or their roles: codes have neither."""
    return any(column.name or column.names_roles >= LEAST.names_roles for column in speakers)


def _voices(texts: Sequence[Column]) -> list[str]:
    """Label of each of several columns of speech: its name, or by which of two asks."""
    labels = [label_of_voice(column.name) for column in texts]
    if len(texts) > 1 and all(labels) and any(map(known_role, labels)):
        return labels
    if len(texts) != 2:
        return []
    asking, other = sorted(texts, key=lambda column: -column.asks)
    if asking.asks < LEAST.asks or other.asks > LEAST.answers:
        return []
    return labels if all(labels) else [QUESTION if c is asking else ANSWER for c in texts]


def _others(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Sections and notes among the columns that are left."""

    def settled(column: Column) -> Column:
        """A column that has a role."""
        if column.role is ColumnRole.SECTION:
            opens = column.continued or column.coverage <= LEAST.sparse or column.comes_back > 1
            return column if opens and not _scattered(column) else _notes(column)
        if column.role is not ColumnRole.BLANK or not column.filled:
            return column
        if column.continued or _heads_rows(column):
            return replace(column, role=ColumnRole.SECTION)
        return _notes(column)

    return tuple(map(settled, columns))


def _notes(column: Column) -> Column:
    """A column of notes; in doubt where it has no name and its cells are as long as speech."""
    doubtful = not column.name and column.is_text
    unnamed = bool(column.name) and column.is_text and role_of_name(column.name) is None
    return replace(column, role=ColumnRole.NOTES, sure=not (doubtful or unnamed))


def _scattered(column: Column) -> bool:
    """True if values come back after others, as codes do."""
    runs = 1 + sum(left != right for left, right in pairwise(column.values))
    return runs > len(set(column.values))


def _heads_rows(column: Column) -> bool:
    """True if a value stands in the first of several rows, and none comes back."""
    is_first = bool(column.cells and column.cells[0]) and column.is_short
    return is_first and column.coverage < LEAST.sparse and column.comes_back == 1


def _is_of_turns(layout: Layout) -> bool:
    """True if a table has speech, and a sign that it is speech."""
    if len(layout.of(ColumnRole.VOICE)) > 1:
        return True
    texts = [layout.columns[number] for number in layout.of(ColumnRole.TEXT)]
    if not texts:
        return False
    speakers = [layout.columns[number] for number in layout.of(ColumnRole.SPEAKER)]
    if speakers:
        return _are_turns(texts[0], speakers[0])
    return bool(layout.of(ColumnRole.TIME, ColumnRole.NUMBER) or layout.header)


def _are_turns(text: Column, speaker: Column) -> bool:
    """True if speakers have speech beside them: in a list of persons nobody comes back."""
    if not text.is_text:
        return speaker.may_be_speakers and len(speaker.filled) > LEAST.rows
    if speaker.comes_back > 1 or speaker.names_roles:
        return True
    return role_of_name(text.name) is ColumnRole.TEXT
