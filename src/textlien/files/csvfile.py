"""CSV files as spreadsheets write them: any usual separator, any usual French encoding."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from textlien.errors import Problem, TextlienError, raise_all
from textlien.files.encoding import read_text
from textlien.files.sheets.frame import Names, SheetRow, frame
from textlien.messages.message import Location

SEPARATORS = (";", ",", "\t", "|")

Row = dict[str, str]

# Rows listed where many have too many cells: they have one cause.
_MOST_LINES = 10
# Lines among which the header is looked for: titles stand above it.
_MOST_TITLES = 15
_STATED = re.compile(r"""["']?sep=(.)["']?[;,\t|]{0,200}(?:\r\n|\r|\n|$)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and rows of a CSV file, or of one sheet of a spreadsheet.

    Attributes
    ----------
    header : names of the columns, in order.
    rows : of each row that is not blank, the line on which it begins and its cells by column:
        stripped, "" where the row is too short.
    notes : what had to be decided, as the encoding.
    above : rows over the header that are not blank, as titles.
    continued : row and column of each cell that is merged with the one above.
    written : header as the sheet has it.
    encoding : "utf_8", "cp1252"…; "" of a spreadsheet.
    title : of a sheet of a spreadsheet.
    unit : what the number of a row counts: "line", or "row" of a spreadsheet.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    notes: tuple[Problem, ...] = ()
    above: tuple[SheetRow, ...] = ()
    continued: frozenset[tuple[int, str]] = frozenset()
    written: tuple[str, ...] = ()
    encoding: str = ""
    unit: Literal["line", "row"] = "line"
    title: str = ""

    def location(self, file: str, number: int) -> Location:
        """The location of a row by its number, in a file as the user knows it."""
        if self.unit == "line":
            return Location(file=file, line=number)
        return Location(file=file, row=number)


def read_csv(
    path: Path,
    file: str,
    name: Callable[[str], str] = str.strip,
    wanted: Iterable[str] = (),
) -> Sheet:
    """Read a CSV file.

    The separator is that of a first line « sep=; » as Excel writes it, else the one by which a line
    has a name that is wanted, else the one that gives the first line most columns; of two that
    give as many, the first of :data:`SEPARATORS`.

    Parameters
    ----------
    path : the file.
    file : its name in messages.
    name : of a column, from what the header says; folds case and accents where they do not matter.
    wanted : names one of which the header should have: titles may stand above it.

    Raises
    ------
    TextlienError
        When the file cannot be read, is empty, names a column twice, has a quotation mark that is
        never closed, or has rows with more cells than columns (the sign of a text whose separator
        is not in quotes): all such rows at once.
    """
    text, encoding, notes = read_text(path, file)
    text = text.lstrip("\ufeff")
    names = Names(name, frozenset(wanted))
    stated = _STATED.match(text)
    if stated:  # its line stays in the count of lines
        text = "\n" + text[stated.end() :]
    separator = stated[1] if stated else _separator(text, names)
    rows = list(_rows_of(text, separator, file))
    table = frame(rows, names, Location(file=file))
    refuse_twins(table.header, Location(file=file, line=table.number or 1))
    too_long = [row.number for row in table.rows if row.number in table.too_wide]
    raise_all(_too_long(file, number, table.header, separator) for number in too_long[:_MOST_LINES])
    return Sheet(
        table.header,
        table.named_rows(),
        (*notes, *table.problems),
        table.above,
        written=table.written,
        encoding=encoding,
    )


def _rows_of(text: str, separator: str, file: str) -> Iterator[SheetRow]:
    """Rows of a CSV text, blank ones included, by the line on which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield SheetRow(line, tuple(cell.strip() for cell in cells))
            line = reader.line_num + 1
    except csv.Error as error:
        location = Location(file=file, line=line)
        raise TextlienError(Problem.error("files.csv-quotation", location)) from error


def _too_long(file: str, line: int, header: tuple[str, ...], separator: str) -> Problem:
    """The problem of a row with more cells than columns, mostly a separator without quotes."""
    return Problem.error(
        "files.row-too-long",
        Location(file=file, line=line),
        columns=len(header),
        separator=separator,
    )


def csv_text(
    rows: Iterable[Sequence[object]], *, separator: str = ",", line_end: str = "\n"
) -> str:
    r"""Rows of cells as a CSV text; what a spreadsheet shall open has ``;`` and ``\r\n``.

    >>> csv_text([["nom", "note"], ["Léa", "dit, « Lo »"]])
    'nom,note\nLéa,"dit, « Lo »"\n'
    """
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows(rows)
    return buffer.getvalue()


def _separator(text: str, names: Names) -> str:
    """The separator by which an early line has a wanted name, or the first line most columns."""
    lines = list(islice((line for line in text.splitlines() if line.strip()), _MOST_TITLES))
    for line in lines:
        cells = {mark: next(csv.reader([line], delimiter=mark), []) for mark in SEPARATORS}
        hits = [mark for mark, parts in cells.items() if len(parts) > 1 and names.hits(parts)]
        if hits:
            return max(hits, key=lambda mark: len(cells[mark]))
    first = lines[0] if lines else ""
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def refuse_twins(header: tuple[str, ...], location: Location) -> None:
    """Refuse a header that names a column twice; ``location`` is that of the header."""
    twins = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    raise_all(Problem.error("files.column-twice", location, column=name) for name in twins)
