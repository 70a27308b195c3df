"""CSV files as spreadsheets write them: any usual separator, any usual French encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textlien.errors import Problem, TextlienError, raise_all
from textlien.files.encoding import read_text
from textlien.messages.message import Location

SEPARATORS = (";", ",", "\t", "|")

Row = dict[str, str]

# Rows listed where many have too many cells: they have one cause.
_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and rows of a CSV file, or of one sheet of a spreadsheet.

    Attributes
    ----------
    header : names of the columns, in order.
    rows : of each row that is not blank, the line on which it begins and its cells by column:
        stripped, "" where the row is too short.
    notes : what had to be decided, as the encoding.
    encoding : "utf_8", "cp1252"…; "" of a spreadsheet.
    unit : what the number of a row counts: "line", or "row" of a spreadsheet.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    notes: tuple[Problem, ...] = ()
    encoding: str = ""
    unit: Literal["line", "row"] = "line"

    def location(self, file: str, number: int) -> Location:
        """The location of a row by its number, in a file as the user knows it."""
        if self.unit == "line":
            return Location(file=file, line=number)
        return Location(file=file, row=number)


def read_csv(path: Path, file: str, name: Callable[[str], str] = str.strip) -> Sheet:
    """Read a CSV file.

    The separator is the one that gives the header most columns; of two that give as many, the
    first of :data:`SEPARATORS`.

    Parameters
    ----------
    path : the file.
    file : its name in messages.
    name : of a column, from what the header says; folds case and accents where they do not matter.

    Raises
    ------
    TextlienError
        When the file cannot be read, is empty, names a column twice, has a quotation mark that is
        never closed, or has rows with more cells than columns (the sign of a text whose separator
        is not in quotes): all such rows at once.
    """
    text, encoding, notes = read_text(path, file)
    text = text.lstrip("\ufeff")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, Row]] = []
    too_long: list[int] = []
    line = 1
    try:
        for cells in reader:
            begins, line = line, reader.line_num + 1
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if not header:
                header = tuple(name(value) for value in values)
                refuse_twins(header, Location(file=file, line=begins))
                continue
            if any(values[len(header) :]):
                too_long.append(begins)
            padded = values + [""] * (len(header) - len(values))
            rows.append((begins, dict(zip(header, padded, strict=False))))
    except csv.Error as error:
        location = Location(file=file, line=line)
        raise TextlienError(Problem.error("files.csv-quotation", location)) from error
    if too_long:
        raise_all(_too_long(file, number, header, separator) for number in too_long[:_MOST_LINES])
    return Sheet(header, tuple(rows), tuple(notes), encoding)


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


def _separator(text: str) -> str:
    """The separator that gives the first line that is not blank most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def refuse_twins(header: tuple[str, ...], location: Location) -> None:
    """Refuse a header that names a column twice; ``location`` is that of the header."""
    twins = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    raise_all(Problem.error("files.column-twice", location, column=name) for name in twins)
