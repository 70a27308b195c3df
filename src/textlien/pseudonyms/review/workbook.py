"""The sheet of names as an Excel workbook that helps to review it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from textlien.files.formula_guard import guarded
from textlien.messages.translator import Translator
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import ACTIONS, COLUMNS, KINDS, Remark, sheet_cells

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
"""Width of each column, in characters."""

_COLOURS = {"replace": "E2EFDA", "keep": "EDEDED", "ask": "FFE699"}
_NUMBERS = ("count", "n_interviews")
_TITLE = "noms"

_EXCEL_LIMIT = 32_767
"""Characters of a cell, by the specification of Excel."""

_ROOM = 500
"""Rows below the last one with the same lists and colours, for names that are added by hand."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def workbook(rows: Sequence[tuple[Name, Remark]], words: Translator) -> bytes:
    """Write names with their remarks.

    Parameters
    ----------
    rows : in the order in which they are to be reviewed.
    words : language of the reasons and of the message about a wrong value.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "textlien"
    sheet = book.active
    sheet.title = _TITLE
    sheet.append([names[0] for names in COLUMNS.values()])
    for number, (name, remark) in enumerate(rows, start=2):
        cells = sheet_cells(name, remark, words)
        for index, column in enumerate(COLUMNS, start=1):
            _fill(sheet.cell(number, index), column, cells[column])
    _dress(sheet, len(rows) + 1, words)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: Any, column: str, text: str) -> None:
    """Write a cell as text, or as a number."""
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


def _dress(sheet: Any, last: int, words: Translator) -> None:
    """Freeze the header; set widths and filters, lists to choose from, a colour an action."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    letters = {column: get_column_letter(i) for i, column in enumerate(COLUMNS, start=1)}
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters['remark']}{max(last, 2)}"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[letters[column]].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, choices in (("kind", KINDS), ("action", ACTIONS)):
        names = tuple(names[0] for names in choices.values())
        _add_choices(sheet, f"{letters[column]}2:{letters[column]}{last + _ROOM}", names, words)
    _add_colours(sheet, letters, last + _ROOM)


def _add_choices(sheet: Any, cells: str, names: tuple[str, ...], words: Translator) -> None:
    """Offer a list of values in some cells, and refuse others."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{",".join(names)}"', allow_blank=True)
    rule.errorTitle = words.text("pseudonyms.cell-value")
    rule.error = words.text("pseudonyms.cell-choices", choices=names)
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _add_colours(sheet: Any, letters: Mapping[str, str], last: int) -> None:
    """Colour each row by its action."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    for action, names in ACTIONS.items():
        formula = f'${letters["action"]}2="{names[0]}"'
        fill = PatternFill(bgColor=_COLOURS[action], fill_type="solid")
        sheet.conditional_formatting.add(
            f"A2:{letters['remark']}{last}", FormulaRule(formula=[formula], fill=fill)
        )
