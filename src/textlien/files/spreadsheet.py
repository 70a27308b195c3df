"""Tables as spreadsheets save them: .xlsx and .ods, read like a CSV file.

Cells are read as they were last computed; no formula is ever evaluated.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import python_calamine

from textlien.errors import Problem, TextlienError
from textlien.files.containers import opened_archive
from textlien.files.csvfile import Row, Sheet, read_csv, refuse_twins
from textlien.files.limits import LimitsOptions
from textlien.files.sheet_extent import extents
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
) -> Sheet:
    """Read a table, whatever program saved it.

    Parameters
    ----------
    path : a ``.csv``, ``.xlsx`` or ``.ods``.
    file : its name in messages.
    name : of a column, from what the header says.
    limits : what a spreadsheet may unpack to.
    wanted : columns one of which the sheet should have; the first sheet that has one is read,
        else the first that is not empty.

    Raises
    ------
    TextlienError
        As :func:`textlien.files.csvfile.read_csv`; for a spreadsheet also when it is damaged,
        protected, made to fill the memory, or empty.
    """
    if not _is_spreadsheet(path):
        return read_csv(path, file, name)
    if not path.is_file():
        raise TextlienError(Problem.error("files.missing", Location(file=file)))
    source = Source(path, file, limits=limits or LimitsOptions())
    _refuse_endless(source)
    sheets = [
        (title, _table(rows, Location(file=file, sheet=title), name))
        for title, rows in _sheets(source)
        if _has_text(rows)
    ]
    if not sheets:
        raise TextlienError(Problem.error("files.empty", Location(file=file)))
    chosen, sheet = next(
        (pair for pair in sheets if set(pair[1].header) & set(wanted)),
        sheets[0],
    )
    others = tuple(title for title, _ in sheets if title != chosen)
    if others:
        location = Location(file=file)
        note = Problem.note("files.other-sheets", location, sheet=chosen, others=others)
        return replace(sheet, notes=(note, *sheet.notes))
    return sheet


def _is_spreadsheet(path: Path) -> bool:
    """True for a workbook, even under the name of a CSV file, as some programs save it."""
    if path.suffix.lower() in SPREADSHEETS or not path.is_file():
        return path.suffix.lower() in SPREADSHEETS
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def _refuse_endless(source: Source) -> None:
    """Refuse a spreadsheet whose cells reach too far, before the library makes room for them."""
    with opened_archive(source, message("files.spreadsheet")) as archive:
        for rows, columns in extents(archive):
            if rows * columns > _MOST_CELLS:
                location = Location(file=source.file)
                raise TextlienError(
                    Problem.error("files.sheet-too-large", location, rows=rows, columns=columns)
                )


def _sheets(source: Source) -> list[tuple[str, _Rows]]:
    """Title and cells of each sheet, from its first row on."""
    location = Location(file=source.file)
    try:
        book = _book(source.path)
        return [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
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


def _table(rows: _Rows, location: Location, name: Callable[[str], str]) -> Sheet:
    """The header, the rows below it and the faults of their cells.

    Parameters
    ----------
    rows : cells of one sheet.
    location : the sheet.
    name : of a column, from what the header says.
    """
    header: tuple[str, ...] = ()
    filled: list[tuple[int, Row]] = []
    notes: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        cells = [_written(cell) for cell in row]
        if not any(cells):
            continue
        if not header:
            while cells and not cells[-1]:
                cells.pop()
            header = tuple(name(cell) for cell in cells)
            refuse_twins(header, replace(location, row=number))
            continue
        notes += _faults(cells, number, location.file)
        padded = cells + [""] * (len(header) - len(cells))
        filled.append((number, dict(zip(header, padded, strict=False))))
    return Sheet(header, tuple(filled), tuple(notes), unit="row")


def _faults(cells: list[str], number: int, file: str) -> Iterator[Problem]:
    """A warning for each formula of a row that has no result."""
    for column, cell in enumerate(cells):
        if cell in _ERRORS:
            location = Location(file=file, cell=f"{_letters(column)}{number}")
            yield Problem.warning("files.formula-error", location, result=cell)


def _letters(column: int) -> str:
    """Name of a column, from 0.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _written(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without « .0 », days without midnight."""
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "1", False: "0"}[cell]
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell).strip()
