"""Tables as spreadsheets save them: .xlsx and .ods, read like a CSV file.

Cells are read as they were last computed; no formula is ever evaluated.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import python_calamine

from textlien.errors import Problem
from textlien.files.containers import opened_archive
from textlien.files.csvfile import CsvFile, Row, read_csv, refuse_twins
from textlien.files.limits import LimitsOptions
from textlien.files.sheet_extent import extents
from textlien.files.source import Source
from textlien.raw import raw_error, raw_problem

SPREADSHEETS = (".xlsx", ".ods")

Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta | None
_Rows = Sequence[Sequence[Cell]]

_ERRORS = frozenset(
    "#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM! #GETTING_DATA Err:502 Err:508".split()
)
_MOST_CELLS = 5_000_000


def read_sheet(
    path: Path,
    shown: str,
    name: Callable[[str], str] = str.strip,
    limits: LimitsOptions | None = None,
    wanted: Iterable[str] = (),
) -> CsvFile:
    """Read a table, whatever program saved it.

    Parameters
    ----------
    path : a ``.csv``, ``.xlsx`` or ``.ods``.
    shown : its name in messages.
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
    if path.suffix.lower() not in SPREADSHEETS:
        return read_csv(path, shown, name)
    if not path.is_file():
        raise raw_error(f"{shown}: there is no such file.", "Correct the path.")
    source = Source(path, shown, limits=limits or LimitsOptions())
    with opened_archive(source, "a spreadsheet (.xlsx, .ods)") as archive:
        for height, width in extents(archive):  # before the library makes room for them
            if height * width > _MOST_CELLS:
                raise raw_error(
                    f"{shown}: a sheet has {height:,} rows and {width:,} columns.",
                    "Delete the rows and columns that are empty, or split it.",
                )
    sheets = list(_sheets(source))
    tables = [
        (title, _table(rows, shown, title, name)) for title, rows in sheets if _has_text(rows)
    ]
    if not tables:
        raise raw_error(f"{shown}: the file is empty.", "Restore it, or remove it.")
    chosen = next(
        (pair for pair in tables if set(pair[1].header) & set(wanted)),
        tables[0],
    )
    others = [title for title, _ in tables if title != chosen[0]]
    notes = list(chosen[1].notes)
    if others:
        named = ", ".join(f"« {title} »" for title in others)
        message = f"only the sheet « {chosen[0]} » was read; there are also {named}."
        hint = "Put what is to be read on one sheet."
        notes.insert(0, raw_problem(shown, message, hint, severity="note"))
    return CsvFile(chosen[1].header, chosen[1].rows, tuple(notes), unit="row")


def _sheets(source: Source) -> Iterator[tuple[str, _Rows]]:
    """Title and cells of each sheet, from its first row on."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(source.path)
        found = []
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            found.append((title, sheet.to_python(skip_empty_area=False)))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine is Rust: a panic is no Exception
        if "password" in str(error).lower():
            raise raw_error(
                f"{source.shown}: protected by a password.", "Save it without one."
            ) from error
        raise raw_error(
            f"{source.shown}: a damaged spreadsheet ({type(error).__name__}).",
            "Open it in Excel or LibreOffice, let it repair the file, and save it again.",
        ) from error
    yield from found


def _has_text(rows: _Rows) -> bool:
    return any(_written(cell) for row in rows for cell in row)


def _table(rows: _Rows, shown: str, title: str, name: Callable[[str], str]) -> CsvFile:
    header: tuple[str, ...] = ()
    found: list[tuple[int, Row]] = []
    notes: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        cells = [_written(cell) for cell in row]
        if not any(cells):
            continue
        if not header:
            while cells and not cells[-1]:
                cells.pop()
            header = tuple(name(cell) for cell in cells)
            refuse_twins(header, f"{shown}, sheet « {title} »")
            continue
        notes += _faults(cells, number, shown)
        padded = cells + [""] * (len(header) - len(cells))
        found.append((number, dict(zip(header, padded, strict=False))))
    return CsvFile(header, tuple(found), tuple(notes), unit="row")


def _faults(cells: list[str], number: int, shown: str) -> Iterator[Problem]:
    for column, cell in enumerate(cells):
        if cell in _ERRORS:
            message = f"the formula of this cell has no result: {cell}."
            hint = "Mend it, or write the value itself."
            yield raw_problem(shown, message, hint, f"cell {_letters(column)}{number}", "warning")


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
