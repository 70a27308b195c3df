"""Names of the columns of a spreadsheet."""

from __future__ import annotations


def letters(column: int) -> str:
    """Name of a column, from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
