"""Keep spreadsheets from taking words for formulas.

A spreadsheet that opens a CSV evaluates a cell that begins with ``=``, ``+``, ``-`` or ``@``: a
transcript, or a person quoted in it, could act on the reader's machine (CWE-1236). An apostrophe
in front makes the cell a text.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
_GUARD = re.compile(r"'(?=[=+\-@\t\r])")


def guarded(cell: str) -> str:
    """``cell`` as a CSV may hold it.

    >>> guarded("=1+1"), guarded("Amir")
    ("'=1+1", 'Amir')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that :func:`guarded` was called on.

    >>> unguarded("'+33 1 02 03 04 05"), unguarded("'hui")
    ('+33 1 02 03 04 05', "'hui")
    """
    return cell[1:] if _GUARD.match(cell) else cell
