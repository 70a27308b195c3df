"""Keep spreadsheets from taking words for formulas.

A spreadsheet that opens a CSV evaluates a cell that begins with ``=``, ``+``, ``-`` or ``@``, as
East Asian keyboards type them too, or after a tab or a line end: a transcript, or a person
quoted in it, could act on the reader's machine (CWE-1236; the list is OWASP's). An apostrophe in
front makes the cell a text.
"""

from __future__ import annotations

import re

_FIRST = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile(_FIRST)
_GUARD = re.compile(rf"'(?={_FIRST})")


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
