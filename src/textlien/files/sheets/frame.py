"""The table in a sheet: its header, the rows below it, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.sheets.letters import letters
from textlien.messages.message import Location

# Rows above a header: title, project, date, a blank one; more are a table of their own.
_MOST_TITLES = 15
_LONGEST_EXAMPLE = 40
# Words of a name in a second row of the header.
_LONGEST_NAME = 4
# Fewer numbers beside a table are no running number of its rows; a table with a remark below has
# more rows.
_FEW = 2
_TOTAL = re.compile(r"(?:sous-)?tota(?:l|ux)\b|moyenne\b|somme\b|effectif\b", re.IGNORECASE)
_FIGURE = re.compile(r"[-+]?[\d\s.,]{1,20}%?")


class SheetRow(NamedTuple):
    """A row of a sheet: its number as programs show it, and its cells, stripped."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Number of cells that are not blank."""
        return sum(map(bool, self.cells))


@dataclass(frozen=True)
class Frame:
    """A table, and what stands around it.

    Attributes
    ----------
    header : name of each column.
    rows : below it, not blank, each as wide as the header.
    above : rows over the header: titles, a notice.
    problems : what was left out.
    number : of the row of the header, or None.
    too_wide : numbers of the rows with cells beyond the last one of the header.
    written : header as the sheet has it.
    """

    header: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    above: tuple[SheetRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    number: int | None = None
    too_wide: frozenset[int] = frozenset()
    written: tuple[str, ...] = ()

    def named_rows(self) -> tuple[tuple[int, dict[str, str]], ...]:
        """Number of each row and its cells by column."""
        pairs = (dict(zip(self.header, row.cells, strict=True)) for row in self.rows)
        return tuple((row.number, cells) for row, cells in zip(self.rows, pairs, strict=True))

    def name(self, column: int) -> str:
        """Name of a column by its number from 0, or ""."""
        return self.header[column] if column < len(self.header) else ""


@dataclass(frozen=True)
class Names:
    """Names that columns may have.

    Attributes
    ----------
    fold : a name from what the header says.
    wanted : one of which the header should have.
    """

    fold: Callable[[str], str] = str.strip
    wanted: frozenset[str] = frozenset()

    def hits(self, cells: Sequence[str]) -> bool:
        """True if a row has a name that is wanted."""
        return any(self.fold(cell) in self.wanted for cell in cells if cell)


def frame(rows: Sequence[SheetRow], names: Names, place: Location) -> Frame:
    """Find the table in a sheet.

    Parameters
    ----------
    rows : of the sheet, blank ones included.
    names : that columns may have.
    place : the sheet, or the file.

    Returns
    -------
    The table. Its header is the first row with a name that is wanted and no wider row above; else
    the first row, or the first of several cells below titles of one.
    """
    filled = [row for row in rows if row.filled]
    if not filled:
        return Frame()
    index = _header(filled, names)
    head, above, body = filled[index], filled[:index], filled[index + 1 :]
    cells = list(head.cells)
    if body and _is_second(cells, body[0]):
        pairs = zip(_padded(body[0].cells, len(cells)), cells, strict=True)
        cells = [lower or upper for lower, upper in pairs]
        body = body[1:]
    while not cells[-1]:
        cells.pop()
    header = tuple(map(names.fold, cells))
    body, below = _without_foot(rows, body, len(header))
    problems = [
        *_left_out("files.rows-above", above, place),
        *_left_out("files.rows-below", below, place),
        *_cells_left_out(list(_beside(body, header)), place),
    ]
    return Frame(
        header,
        _cut(body, len(header)),
        tuple(above),
        tuple(problems),
        head.number,
        frozenset(row.number for row in body if any(row.cells[len(head.cells) :])),
        tuple(cells),
    )


def _cut(rows: Sequence[SheetRow], width: int) -> tuple[SheetRow, ...]:
    """Rows as wide as the header, blank ones left out."""
    cut = (row._replace(cells=_padded(row.cells, width)) for row in rows)
    return tuple(row for row in cut if row.filled)


def _header(rows: Sequence[SheetRow], names: Names) -> int:
    """Number of the row that names the columns."""
    widest = 0
    for number, row in enumerate(rows[: _MOST_TITLES + 1]):
        if names.hits(row.cells) and row.filled >= min(widest, 2):
            return number
        widest = max(widest, row.filled)
    titles = len(list(takewhile(lambda row: row.filled == 1, rows)))
    is_wide = 2 * sum(row.filled > 1 for row in rows[titles:]) >= len(rows[titles:]) > 1
    return titles if 0 < titles <= _MOST_TITLES and is_wide else 0


def _is_second(header: Sequence[str], row: SheetRow) -> bool:
    """True for a second row of names: « début », « fin » under « Temps » and beside it.

    It has a name under a blank one of the first row and under the one before that, and nothing
    under others.
    """
    pairs = list(enumerate(zip(header, row.cells, strict=False)))
    under = {number for number, (upper, lower) in pairs if lower and lower != upper}
    spanned = {number for number, (upper, _) in pairs if not upper}
    spanned |= {number - 1 for number in spanned}
    return len(under) > 1 and under <= spanned and _are_names(row)


def _are_names(row: SheetRow) -> bool:
    """True if cells of a row are of few words, and none begins with a figure."""
    return all(len(cell.split()) <= _LONGEST_NAME and not cell[:1].isdigit() for cell in row.cells)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Cells of a row, as many as the header has."""
    return (*cells[:width], *[""] * (width - len(cells)))


def _without_foot(
    rows: Sequence[SheetRow], body: list[SheetRow], width: int
) -> tuple[list[SheetRow], list[SheetRow]]:
    """The rows of a table, and those below it: remarks of one cell after a gap, and totals."""
    blank = {row.number for row in rows if not row.filled}
    parted = [at for at, row in enumerate(body) if at and row.number - 1 in blank]
    end = len(body)
    if len(parted) == 1 and _is_remark(body[parted[0] :], parted[0], width):
        end = parted[0]
    while end > 1 and _is_total(body[end - 1]):
        end -= 1
    return body[:end], body[end:]


def _is_remark(rows: Sequence[SheetRow], above: int, width: int) -> bool:
    """True for rows of one cell each, below a table of several rows and columns."""
    return above > _FEW and width > 1 and all(row.filled == 1 for row in rows)


def _is_total(row: SheetRow) -> bool:
    """True for a row of sums: « Total | | 42 »."""
    first, *others = [cell for cell in row.cells if cell]
    return bool(_TOTAL.match(first)) and all(_FIGURE.fullmatch(cell) for cell in others)


def _beside(rows: Sequence[SheetRow], header: Sequence[str]) -> Iterator[tuple[SheetRow, int]]:
    """Filled cells in columns without a name, but a running number of the rows."""
    last = max((len(row.cells) for row in rows), default=0)
    for column in range(last):
        if column < len(header) and header[column]:
            continue
        cells = [row for row in rows if any(row.cells[column : column + 1])]
        is_number = all(row.cells[column].isdecimal() for row in cells)
        yield from ((row, column) for row in cells if len(cells) < _FEW or not is_number)


def _cells_left_out(beside: Sequence[tuple[SheetRow, int]], place: Location) -> Iterator[Problem]:
    """A warning on cells beside a table, with the first of them."""
    if beside:
        row, column = beside[0]
        yield Problem.warning(
            "files.cells-beside",
            _at(place, row.number),
            cells=len(beside),
            cell=f"{letters(column)}{row.number}",
            example=_excerpt(row.cells[column]),
        )


def _left_out(identifier: str, rows: Sequence[SheetRow], place: Location) -> Iterator[Problem]:
    """A note on rows above or below a table, with the first of them."""
    if rows:
        example = _excerpt(" ".join(filter(None, rows[0].cells)))
        kind = Problem.note if identifier == "files.rows-above" else Problem.warning
        yield kind(identifier, _at(place, rows[0].number), rows=len(rows), example=example)


def _at(place: Location, number: int) -> Location:
    """A row of a sheet; of a CSV file, which has no sheet, a line."""
    return replace(place, row=number) if place.sheet else replace(place, line=number)


def _excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[:_LONGEST_EXAMPLE]}…"
