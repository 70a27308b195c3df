"""Tables as spreadsheets save them: .xlsx and .ods, read like a CSV file.

Cells are read as they were last computed; no formula is ever evaluated.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import python_calamine

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive
from textlien.files.csvfile import Sheet, read_csv, refuse_twins
from textlien.files.limits import LimitsOptions
from textlien.files.sheet_extent import extents
from textlien.files.sheets.frame import Names, SheetRow, frame
from textlien.files.sheets.letters import letters
from textlien.files.sheets.unseen import unseen
from textlien.files.source import Source
from textlien.messages.message import Location, message

SPREADSHEETS = (".xlsx", ".ods")

Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta | None
_Rows = Sequence[Sequence[Cell]]

_ERRORS = frozenset(
    "#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM! #GETTING_DATA Err:502 Err:508".split()
)
# More than any table of turns or codings has, and a sheet that calamine can make room for.
_MOST_CELLS = 5_000_000


def read_sheet(
    path: Path,
    file: str,
    name: Callable[[str], str] = str.strip,
    limits: LimitsOptions | None = None,
    wanted: Iterable[str] = (),
    *,
    spread: bool = True,
) -> Sheet:
    """Read a table, whatever program saved it.

    Parameters
    ----------
    path : a ``.csv``, ``.xlsx`` or ``.ods``.
    file : its name in messages.
    name : of a column, from what the header says.
    limits : what a spreadsheet may unpack to.
    wanted : columns one of which the sheet should have; the first sheet that has one is read,
        else the first that is not empty; hidden ones last. Titles may stand above the header.
    spread : write the value of cells merged downwards in each of their rows.

    Raises
    ------
    TextlienError
        As :func:`textlien.files.csvfile.read_csv`; for a spreadsheet also when it is damaged,
        protected, made to fill the memory, or empty.
    """
    if not _is_spreadsheet(path):
        return read_csv(path, file, name, wanted)
    first, *rest = read_sheets(path, file, name, limits, wanted, spread=spread)
    if rest:
        titles = tuple(sheet.title for sheet in rest)
        place = Location(file=file)
        note = Problem.note("files.other-sheets", place, sheet=first.title, others=titles)
        return replace(first, notes=(note, *first.notes))
    return first


def read_sheets(
    path: Path,
    file: str,
    name: Callable[[str], str] = str.strip,
    limits: LimitsOptions | None = None,
    wanted: Iterable[str] = (),
    *,
    spread: bool = True,
) -> list[Sheet]:
    """Read all sheets that are not empty, those with a column that is wanted first.

    The parameters are those of :func:`read_sheet`. A CSV file is one sheet.

    Raises
    ------
    TextlienError
        As :func:`read_sheet`.
    """
    if not _is_spreadsheet(path):
        return [read_csv(path, file, name, wanted)]
    if not path.is_file():
        raise TextlienError(Problem.error("files.missing", Location(file=file)))
    source = Source(path, file, limits=limits or LimitsOptions())
    notes = _inspected(source)
    names = Names(name, frozenset(wanted))
    parts = [part for part in _sheets(source) if _has_text(part.rows)]
    if not parts:
        raise TextlienError(Problem.error("files.empty", Location(file=file)))
    sheets = [
        _table(part, names, Location(file=file, sheet=part.title), spread=spread) for part in parts
    ]
    first, *rest = sorted(sheets, key=lambda sheet: not set(sheet.header) & names.wanted)
    return [replace(first, notes=(*notes, *first.notes)), *rest]


def _is_spreadsheet(path: Path) -> bool:
    """True for a workbook, even under the name of a CSV file, as some programs save it."""
    if path.suffix.lower() in SPREADSHEETS or not path.is_file():
        return path.suffix.lower() in SPREADSHEETS
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def _inspected(source: Source) -> list[Problem]:
    """Problems of what cells do not show, before the library makes room for them.

    Raises
    ------
    TextlienError
        When cells reach too far.
    """
    location = Location(file=source.file)
    with opened_archive(source, message("files.spreadsheet")) as archive:
        for rows, columns in extents(archive):
            if rows * columns > _MOST_CELLS:
                raise TextlienError(
                    Problem.error("files.sheet-too-large", location, rows=rows, columns=columns)
                )
        parts = unseen(archive)
    problems = []
    if parts.formulas:
        place = replace(location, cell=parts.first)
        problems.append(
            Problem.warning("files.formulas-without-result", place, cells=parts.formulas)
        )
    if parts.hidden:
        problems.append(Problem.note("files.hidden-rows", location, rows=parts.hidden))
    return problems


class _Part(NamedTuple):
    """A sheet of a workbook: its cells from its first row on, and the ranges that are merged."""

    title: str
    rows: _Rows
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]


def _sheets(source: Source) -> list[_Part]:
    """The sheets of a workbook, hidden ones last."""
    location = Location(file=source.file)
    try:
        book = _book(source.path)
        visible = python_calamine.SheetVisibleEnum.Visible
        order = sorted(book.sheets_metadata, key=lambda sheet: sheet.visible != visible)
        sheets = [(part.name, book.get_sheet_by_name(part.name)) for part in order]
        return [
            _Part(title, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())
            for title, sheet in sheets
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except python_calamine.PasswordError as error:
        raise TextlienError(Problem.error("files.password", location)) from error
    except BaseException as error:  # calamine is Rust: a panic is not an Exception
        raise TextlienError(Problem.error("files.damaged-spreadsheet", location)) from error


def _book(path: Path) -> python_calamine.CalamineWorkbook:
    """The workbook; one under another name by what is in it."""
    if path.suffix.lower() in SPREADSHEETS:
        return python_calamine.CalamineWorkbook.from_path(path)
    with path.open("rb") as stream:
        return python_calamine.CalamineWorkbook.from_filelike(stream)


def _has_text(rows: _Rows) -> bool:
    """True for a sheet that is not blank."""
    return any(_written(cell) for row in rows for cell in row)


def _table(part: _Part, names: Names, location: Location, *, spread: bool) -> Sheet:
    """The header, the rows below it and the faults of their cells.

    Parameters
    ----------
    part : one sheet.
    names : that its columns may have.
    location : the sheet.
    spread : write the value of merged cells in each of their rows.
    """
    grid = [[_written(cell) for cell in row] for row in part.rows]
    merged = list(_merged_down(part, grid))
    for row, column, above in merged if spread else ():
        grid[row][column] = grid[above][column]
    rows = [SheetRow(number, tuple(cells)) for number, cells in enumerate(grid, start=1)]
    table = frame(rows, names, location)
    refuse_twins(table.header, replace(location, row=table.number))
    faults = [fault for row in table.rows for fault in _faults(row, location.file)]
    continued = {(row + 1, table.name(column)) for row, column, _ in merged}
    return Sheet(
        table.header,
        table.named_rows(),
        (*table.problems, *faults),
        table.above,
        frozenset(continued),
        written=table.written,
        unit="row",
        title=part.title,
    )


def _merged_down(part: _Part, grid: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """Row, column and first row of each cell that is merged with one above it."""
    ranges = [(top, left, min(bottom + 1, len(grid))) for (top, left), (bottom, _) in part.merged]
    cells = ((row, left, top) for top, left, end in ranges for row in range(top + 1, end))
    for row, column, top in islice(cells, _MOST_CELLS):
        if column < len(grid[row]) and not grid[row][column]:
            yield row, column, top


def _faults(row: SheetRow, file: str) -> Iterator[Problem]:
    """A warning for each formula of a row that has no result."""
    for column, cell in enumerate(row.cells):
        if cell in _ERRORS:
            location = Location(file=file, cell=f"{letters(column)}{row.number}")
            yield Problem.warning("files.formula-error", location, result=cell)


def _written(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without « .0 », days without midnight."""
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "1", False: "0"}[cell]
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.timedelta):
        seconds = round(cell.total_seconds(), 3)
        minutes, rest = divmod(seconds, 60)
        return f"{int(minutes) // 60}:{int(minutes) % 60:02d}:{rest:06.3f}".removesuffix(".000")
    return str(cell).strip()
