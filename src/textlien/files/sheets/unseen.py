"""Formulas without a result and hidden rows, which the cells of a spreadsheet do not show."""

from __future__ import annotations

import re
import zipfile
from typing import NamedTuple

_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]{0,300})>\s{0,9}<(?:\w+:)?f(?:\s[^<>]{0,300})?(?:/>|>[^<]{0,9000}"
    rb"</(?:\w+:)?f>)\s{0,9}(?:</(?:\w+:)?c>|<(?:\w+:)?v\s?/>|<(?:\w+:)?v></)"
)
_ODS_FORMULA = re.compile(rb"<table:table-cell\s([^<>]{0,9000})>")
_REFERENCE = re.compile(rb"""\br\s?=\s?["']([A-Z]{1,3}\d{1,7})["']""")
_HIDDEN = re.compile(
    rb"""<(?:\w+:)?row\s[^<>]{0,600}\bhidden\s?=\s?["'](?:1|true)["']"""
    rb"""|<table:table-row\s[^<>]{0,600}\btable:visibility\s?=\s?["'](?:collapse|filter)["']"""
)


class Unseen(NamedTuple):
    """Cells and rows that a reader of a sheet would not see, or not see filled.

    Attributes
    ----------
    formulas : cells with a formula that has no result.
    first : the first of these, or "".
    hidden : rows that are hidden or filtered out.
    """

    formulas: int = 0
    first: str = ""
    hidden: int = 0


def unseen(archive: zipfile.ZipFile) -> Unseen:
    """Count formulas without a result and hidden rows in all sheets."""
    formulas, first, hidden = 0, "", 0
    for name in archive.namelist():
        if not name.endswith(".xml") or not ("worksheets/" in name or name == "content.xml"):
            continue
        content = archive.read(name)
        cells = _formulas(content)
        formulas += len(cells)
        first = first or next(filter(None, cells), "")
        hidden += len(_HIDDEN.findall(content))
    return Unseen(formulas, first, hidden)


def _formulas(content: bytes) -> list[str]:
    """Names of the cells with a formula that has no result; "" where the file gives none."""
    if b"table:formula" in content:
        cells = (match[1] for match in _ODS_FORMULA.finditer(content))
        return ["" for cell in cells if b"table:formula" in cell and b"value-type" not in cell]
    if b"<f" not in content and b":f>" not in content:
        return []
    references = (_REFERENCE.search(match[1]) for match in _FORMULA.finditer(content))
    return [reference[1].decode() if reference else "" for reference in references]
