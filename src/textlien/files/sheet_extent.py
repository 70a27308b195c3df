"""The extent of the cells of a spreadsheet, measured before a library makes room for them.

One cell in the last column of the last row, or one that says it is repeated ten million times,
makes a library ask for hundreds of gigabytes, and the process is killed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*"|'[^']*')*+)>"""
_XLSX = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _ATTRIBUTES)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_ODS = re.compile(
    rb"<(/?)(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])" + _ATTRIBUTES
)
_REPEATED = re.compile(rb"""\bnumber-(?:row|column)s-repeated\s*=\s*["'](\d{1,9})["']""")
_VALUE = re.compile(rb"\b(?:string-|date-|time-|boolean-)?value\s*=")


def extents(archive: zipfile.ZipFile) -> Iterator[tuple[int, int]]:
    """Rows and columns of each sheet of an ``.xlsx`` or ``.ods``, up to its last filled cell."""
    for name in archive.namelist():
        content = archive.read(name)
        if name == "content.xml":
            yield from _of_ods(content)
        elif b"sheetData" in content:  # a sheet may have any name
            yield _of_xlsx(content)


def _of_xlsx(content: bytes) -> tuple[int, int]:
    """Rows and columns of a worksheet; a cell without a reference stands after the one before."""
    row = column = rows = columns = 0
    for match in _XLSX.finditer(content):
        reference = _REFERENCE.search(match[2])
        if match[1] == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
            continue
        column = _number(reference[1]) if reference else column + 1
        row = int(reference[2]) if reference else row
        if not match[2].endswith(b"/"):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _number(letters: bytes) -> int:
    """Number of a column, from 1.

    >>> _number(b"A"), _number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _of_ods(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns of each table of a ``content.xml``; empty cells at the end do not count."""
    row = column = rows = columns = repeated = 0
    for match in _ODS.finditer(content):
        if match[2] == b"table":
            if match[1]:
                yield rows, columns
            row = column = rows = columns = repeated = 0
        elif match[1]:
            continue
        elif match[2] == b"table-row":
            row, column, repeated = row + repeated, 0, _times(match[3])
        else:
            column += _times(match[3])
            if not match[3].endswith(b"/") or _VALUE.search(match[3]):
                rows, columns = row + repeated, max(columns, column)


def _times(attributes: bytes) -> int:
    """Number of times that a row, column or cell of an ``.ods`` stands for itself."""
    match = _REPEATED.search(attributes)
    return int(match[1]) if match else 1
