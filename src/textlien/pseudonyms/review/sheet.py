"""The sheet of names that a person reviews, in Excel, LibreOffice or as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_bytes
from textlien.files.csvfile import csv_text
from textlien.files.formula_guard import guarded, unguarded
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location
from textlien.messages.translator import Translator, translator
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import (
    ACTIONS,
    COLUMNS,
    KINDS,
    N_CONTEXTS,
    Remark,
    action_of,
    kind_of,
    named_columns,
    remark_of,
    several,
    sheet_cells,
)
from textlien.pseudonyms.review.wording import reasons_of
from textlien.pseudonyms.review.workbook import workbook
from textlien.text.folding import fold

_NEEDED = ("form", "pseudonym", "action")


class SheetRow(NamedTuple):
    """A row of the sheet: its number as the spreadsheet shows it, the name and the remark."""

    number: int
    name: Name
    remark: Remark = ""

    @property
    def is_gone(self) -> bool:
        """True when its form was not in the corpus when the sheet was last written."""
        return self.remark == "gone"


def write_names(path: Path, rows: Sequence[tuple[Name, Remark]], language: str = "fr") -> None:
    """Write the sheet: names with their remarks.

    Parameters
    ----------
    path : ``.xlsx``, or ``.csv`` with semicolons as a French Excel opens it.
    rows : in the order in which they are to be reviewed.
    language : of the reasons. Headings, kinds and actions are French, and understood in English.
    """
    suffix, words = path.suffix.lower(), translator(language)
    if suffix == ".csv":
        write_bytes(path, ("\ufeff" + _as_csv(rows, words)).encode())
    elif suffix == ".xlsx":
        write_bytes(path, workbook(rows, words))
    else:
        location = Location(file=str(path))
        raise TextlienError(Problem.error("pseudonyms.sheet-suffix", location, suffix=suffix))


def read_names(path: Path, file: str) -> tuple[list[SheetRow], list[Problem]]:
    """Read a sheet back: ``.xlsx``, ``.ods`` or ``.csv``.

    Returns
    -------
    Its rows, and a problem for each cell whose value is not understood. A row with one counts as
    to be decided.

    Raises
    ------
    TextlienError
        When the file cannot be read or has no column of forms.
    """
    wanted = [fold(name) for name in COLUMNS["form"]]
    table = read_sheet(path, file, fold, wanted=wanted)
    columns = {field: table.header[index] for field, index in named_columns(table.header).items()}
    missing = tuple(COLUMNS[field][0] for field in _NEEDED if field not in columns)
    if missing:
        location = Location(file=file, line=1)
        raise TextlienError(
            Problem.error("pseudonyms.sheet-columns", location, n=len(missing), columns=missing)
        )
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    for number, cells in table.rows:
        row = {field: unguarded(cells[column].strip()) for field, column in columns.items()}
        if any(row.values()):
            rows.append(_row(row, number))
            problems += _unknown_values(row, Location(file=file, row=number))
    return rows, problems


def _row(row: Mapping[str, str], number: int) -> SheetRow:
    """A row from its cells by field."""
    contexts = (row.get(f"context_{n}", "") for n in range(1, N_CONTEXTS + 1))
    name = Name(
        form=row["form"],
        kind=kind_of(row.get("kind", "")) or "other",
        entity=row.get("entity", ""),
        pseudonym=row["pseudonym"],
        action=action_of(row["action"]) or "ask",
        files=several(row.get("files", "")),
        count=_number(row.get("count", "")),
        n_interviews=_number(row.get("n_interviews", "")),
        reasons=reasons_of(row.get("reasons", "")),
        contexts=tuple(filter(None, contexts)),
    )
    return SheetRow(number, name, remark_of(row.get("remark", "")))


def _unknown_values(row: Mapping[str, str], location: Location) -> list[Problem]:
    """Cells of kind and action whose value is not one of them."""
    problems = []
    kind, action = row.get("kind", ""), row["action"]
    if kind_of(kind) is None:
        choices = tuple(names[0] for names in KINDS.values())
        problems.append(
            Problem.error("pseudonyms.unknown-kind", location, value=kind, choices=choices)
        )
    if action_of(action) is None:
        choices = tuple(names[0] for names in ACTIONS.values())
        problems.append(
            Problem.error("pseudonyms.unknown-action", location, value=action, choices=choices)
        )
    return problems


def _number(cell: str) -> int:
    """Whole number of a cell; 0 where it holds none."""
    return int(cell) if cell.isdecimal() else 0


def _as_csv(rows: Sequence[tuple[Name, Remark]], words: Translator) -> str:
    """The sheet as CSV, with semicolons and protected against formulas."""
    table = [[names[0] for names in COLUMNS.values()]]
    for name, remark in rows:
        cells = sheet_cells(name, remark, words)
        table.append([guarded(cells[column]) for column in COLUMNS])
    return csv_text(table, separator=";", line_end="\r\n")
