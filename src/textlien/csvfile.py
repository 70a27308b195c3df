"""CSV files as spreadsheets write them: any usual separator, any usual French encoding."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from textlien.errors import TextlienError
from textlien.transcripts.encoding import read_text

SEPARATORS = (",", ";", "\t", "|")

Row = dict[str, str]


def read_csv_rows(path: Path, shown: str) -> tuple[list[str], list[tuple[int, Row]]]:
    """Header and rows of a CSV file.

    The separator is the one that gives the header most columns; of two that give as many, the
    first of :data:`SEPARATORS`.

    Parameters
    ----------
    path : the file.
    shown : its name in messages.

    Returns
    -------
    The names of the columns, stripped, and for each row that is not blank the line on which it
    begins and its cells by column: stripped, "" where the row is too short.

    Raises
    ------
    TextlienError
        When the file cannot be read, names a column twice, or has a row with more cells than
        columns (the sign of a text whose separator is not in quotes): all such rows at once.
    """
    text, _ = read_text(path, shown)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header: list[str] = []
    rows: list[tuple[int, Row]] = []
    too_long: list[int] = []
    line = 1
    for cells in reader:
        begins, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            _refuse_twins(header, shown)
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            too_long.append(begins)
        padded = cells + [""] * (len(header) - len(cells))
        rows.append(
            (begins, {name: cell.strip() for name, cell in zip(header, padded, strict=False)})
        )
    if too_long:
        lines = ", ".join(str(number) for number in too_long[:10])
        raise TextlienError(
            f"{shown}, line {lines}: more cells than the {len(header)} columns of the header.",
            f'Put cells that contain "{separator}" in double quotes, or export the file again.',
        )
    return header, rows


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _refuse_twins(header: list[str], shown: str) -> None:
    twins = sorted({name for name in header if name and header.count(name) > 1})
    if twins:
        raise TextlienError(
            f'{shown}, line 1: column "{twins[0]}" is there twice.', "Keep one of them."
        )
