"""The sheet of names that a person reviews, in Excel, LibreOffice or as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from textlien.errors import Problem
from textlien.files.atomic import write_bytes
from textlien.files.formula_guard import guarded, unguarded
from textlien.files.spreadsheet import read_sheet
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import (
    ACTIONS,
    COLUMNS,
    KINDS,
    actions_of,
    kinds_of,
    name_cells,
    named_columns,
)
from textlien.raw import raw_error, raw_problem
from textlien.text.folding import fold

NEW, GONE = "nouveau", "plus dans le corpus"
"""Remarks of rows: added since the sheet was last written; not found any more."""

_WIDTHS = {
    "form": 26,
    "kind": 14,
    "entity": 9,
    "pseudonym": 22,
    "action": 12,
    "files": 18,
    "count": 12,
    "n_interviews": 12,
    "reasons": 30,
    "context_1": 60,
    "context_2": 60,
    "context_3": 60,
    "remark": 20,
}
_COLOURS = {"replace": "E2EFDA", "keep": "EDEDED", "ask": "FFE699"}
_NUMBERS = ("count", "n_interviews")
_TITLE = "noms"
_EXCEL_LIMIT = 32_767
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Row(NamedTuple):
    """A row of the sheet: its number as the spreadsheet shows it, the name and the remark."""

    number: int
    name: Name
    remark: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether its form was not in the corpus when the sheet was last written."""
        return self.remark == GONE


def write_names(path: Path, rows: Sequence[tuple[Name, str]]) -> None:
    """Write the sheet: names with their remarks.

    Parameters
    ----------
    path : ``.xlsx``, or ``.csv`` with semicolons as a French Excel opens it.
    rows : in the order in which they are to be reviewed.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_bytes(path, ("\ufeff" + _as_csv(rows)).encode())
    elif suffix == ".xlsx":
        write_bytes(path, _as_workbook(rows))
    else:
        raise raw_error(f'{path}: names are not written to "{suffix}".', "Use .xlsx or .csv.")


def read_names(path: Path, shown: str) -> tuple[list[Row], list[Problem]]:
    """Read a sheet back: ``.xlsx``, ``.ods`` or ``.csv``.

    Returns
    -------
    Its rows, and a problem for each cell that says nothing known. A row with one counts as to be
    decided.

    Raises
    ------
    TextlienError
        When the file cannot be read or has no column of forms.
    """
    wanted = [fold(name) for name in COLUMNS["form"]]
    table = read_sheet(path, shown, fold, wanted=wanted)
    columns = {ours: table.header[index] for ours, index in named_columns(table.header).items()}
    missing = [COLUMNS[c][0] for c in ("form", "pseudonym", "action") if c not in columns]
    if missing:
        named = ", ".join(f'"{column}"' for column in missing)
        raise raw_error(
            f"{shown}: no column {named}.", "Restore the first line, or delete the sheet."
        )
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in table.rows:
        row = {ours: unguarded(cells[name].strip()) for ours, name in columns.items()}
        if any(row.values()):
            rows.append(_row(row, number, shown, problems))
    return rows, problems


def merge(
    rows: Sequence[Row], suggested: Sequence[Name], found: Mapping[str, tuple[int, int]]
) -> list[tuple[Name, str]]:
    """The sheet brought up to date: what was decided stays, what is new comes behind it.

    Parameters
    ----------
    rows : of the sheet as it is.
    suggested : names that are found now; their entities and pseudonyms are not yet those of the
        sheet.
    found : occurrences and interviews of forms of the sheet.

    Returns
    -------
    Names and remarks, in the order of the sheet.
    """
    fresh = {name.form: name for name in suggested}
    merged = [_refreshed(row.name, fresh.get(row.name.form), found) for row in rows]
    known = {row.name.form for row in rows}
    added = _in_the_sheet([row.name for row in rows], suggested, known)
    return merged + [(name, NEW) for name in added]


def _refreshed(
    name: Name, again: Name | None, found: Mapping[str, tuple[int, int]]
) -> tuple[Name, str]:
    count, n_interviews = found.get(name.form, (0, 0))
    if not count:
        return replace(name, count=0, n_interviews=0), GONE
    contexts = again.contexts if again else name.contexts
    return replace(name, count=count, n_interviews=n_interviews, contexts=contexts), ""


def _in_the_sheet(
    reviewed: Sequence[Name], suggested: Sequence[Name], known: set[str]
) -> list[Name]:
    """New names under entities and pseudonyms that fit those of the sheet.

    A form of somebody who is in the sheet gets the pseudonym decided there. Somebody else gets an
    entity of their own, and no pseudonym that the sheet has already.
    """
    by_form = {name.form: name for name in reversed(reviewed)}
    same: dict[str, Name] = {}
    for name in suggested:
        if name.form in by_form:
            same.setdefault(name.entity, by_form[name.form])
    entities = {name.entity for name in reviewed}
    taken = {name.pseudonym for name in reviewed} | known
    renamed: dict[str, str] = {}
    added = []
    for name in suggested:
        if name.form in known:
            continue
        if name.entity in same:
            other = same[name.entity]
            added.append(replace(name, entity=other.entity, pseudonym=other.pseudonym))
            continue
        if name.entity not in renamed:
            renamed[name.entity] = _free(name.entity, entities)
            entities.add(renamed[name.entity])
        clash = name.pseudonym in taken and not name.pseudonym.startswith("[")
        fitting = replace(name, entity=renamed[name.entity])
        added.append(replace(fitting, pseudonym="", action="ask") if clash else fitting)
    return added


def _free(entity: str, taken: set[str]) -> str:
    """``entity``, or the next one of its letter that is free: "p12" after "p11"."""
    letters = entity.rstrip("0123456789") or "p"
    number = 1
    while entity in taken:
        entity = f"{letters}{number}"
        number += 1
    return entity


def _row(row: Mapping[str, str], number: int, shown: str, problems: list[Problem]) -> Row:
    place = f"row {number}"
    kind, action = kinds_of(row.get("kind", "")), actions_of(row["action"])
    if kind is None:
        known = ", ".join(names[0] for names in KINDS.values())
        message = f'type "{row.get("kind", "")}" is not known.'
        problems.append(raw_problem(shown, message, f"Write one of: {known}.", place))
    if action is None:
        known = ", ".join(names[0] for names in ACTIONS.values())
        message = f'action "{row["action"]}" is not known.'
        problems.append(raw_problem(shown, message, f"Write one of: {known}.", place))
    name = Name(
        form=row["form"],
        kind=kind or "other",
        entity=row.get("entity", ""),
        pseudonym=row["pseudonym"],
        action=action or "ask",
        files=_several(row.get("files", ""), ";"),
        count=_number(row.get("count", "")),
        n_interviews=_number(row.get("n_interviews", "")),
        reasons=_several(row.get("reasons", ""), ","),
        contexts=tuple(filter(None, (row.get(f"context_{n}", "") for n in (1, 2, 3)))),
    )
    return Row(number, name, row.get("remark", ""))


def _several(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(mark))))


def _number(cell: str) -> int:
    return int(cell) if cell.isdecimal() else 0


def _as_csv(rows: Sequence[tuple[Name, str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([names[0] for names in COLUMNS.values()])
    for name, remark in rows:
        cells = name_cells(name, remark)
        writer.writerow([guarded(cells[column]) for column in COLUMNS])
    return buffer.getvalue()


def _as_workbook(rows: Sequence[tuple[Name, str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "textlien"
    sheet = book.active
    sheet.title = _TITLE
    sheet.append([names[0] for names in COLUMNS.values()])
    for number, (name, remark) in enumerate(rows, start=2):
        cells = name_cells(name, remark)
        for index, column in enumerate(COLUMNS, start=1):
            _fill(sheet.cell(number, index), column, cells[column])
    _dress(sheet, len(rows) + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: Any, column: str, text: str) -> None:
    from openpyxl.styles import Alignment

    if column in _NUMBERS:
        cell.value = int(text)
        return
    cell.value = _UNWRITABLE.sub("", text)[:_EXCEL_LIMIT]
    # Else what begins with « = » is a formula, and « 06… » a number.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = guarded(text) != text
    cell.alignment = Alignment(vertical="top", wrap_text=column.startswith("context"))


def _dress(sheet: Any, last: int) -> None:
    """Frozen header, widths, filters, lists to choose from, a colour for each action."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {column: get_column_letter(i) for i, column in enumerate(COLUMNS, start=1)}
    sheet.freeze_panes = "B2"
    end = letters["remark"]
    sheet.auto_filter.ref = f"A1:{end}{max(last, 2)}"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[letters[column]].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    # Rows that are added by hand below the last one have the lists and colours too.
    below = last + 500
    for column, choices in (("kind", KINDS), ("action", ACTIONS)):
        listed = ",".join(names[0] for names in choices.values())
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        rule.errorTitle, rule.error = "Valeur inconnue", f"Choisir : {listed.replace(',', ', ')}."
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"{letters[column]}2:{letters[column]}{below}")
    for action, colour in _COLOURS.items():
        formula = f'${letters["action"]}2="{ACTIONS[action][0]}"'  # type: ignore[index]
        fill = PatternFill(bgColor=colour, fill_type="solid")
        sheet.conditional_formatting.add(
            f"A2:{end}{below}", FormulaRule(formula=[formula], fill=fill)
        )
