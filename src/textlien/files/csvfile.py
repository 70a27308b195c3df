"""CSV files as spreadsheets write them: any usual separator, any usual French encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.raw import raw_error

SEPARATORS = (";", ",", "\t", "|")

Row = dict[str, str]

_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class CsvFile:
    """What a CSV file holds.

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
    unit: str = "line"


def read_csv(path: Path, shown: str, name: Callable[[str], str] = str.strip) -> CsvFile:
    """Read a CSV file.

    The separator is the one that gives the header most columns; of two that give as many, the
    first of :data:`SEPARATORS`.

    Parameters
    ----------
    path : the file.
    shown : its name in messages.
    name : of a column, from what the header says; folds case and accents where they do not matter.

    Raises
    ------
    TextlienError
        When the file cannot be read, is empty, names a column twice, has a quotation mark that is
        never closed, or has rows with more cells than columns (the sign of a text whose separator
        is not in quotes): all such rows at once.
    """
    text, encoding, notes = read_text(path, shown)
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
                refuse_twins(header, shown)
                continue
            if any(values[len(header) :]):
                too_long.append(begins)
            padded = values + [""] * (len(header) - len(values))
            rows.append((begins, dict(zip(header, padded, strict=False))))
    except csv.Error as error:
        raise raw_error(
            f"{shown}, line {line}: {error}.",
            "Close the quotation mark that opens there, or save the table again as CSV UTF-8.",
        ) from error
    if too_long:
        lines = ", ".join(str(number) for number in too_long[:_MOST_LINES])
        raise raw_error(
            f"{shown}, line {lines}: more cells than the {len(header)} columns of the header.",
            f'Put cells that contain "{separator}" in double quotes, or export the file again.',
        )
    return CsvFile(header, tuple(rows), tuple(notes), encoding)


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def refuse_twins(header: tuple[str, ...], shown: str) -> None:
    """Refuse a header that names a column twice."""
    twins = [name for name in header if name and header.count(name) > 1]
    if twins:
        raise raw_error(
            f'{shown}, line 1: column "{twins[0]}" is there twice.', "Rename or delete one."
        )
