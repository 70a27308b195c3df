"""Tables as DataFrames: made with the declared types, checked at the doors.

A table is checked where it comes in or goes out, which is a Parquet file: see
:mod:`textlien.tables.parquet`. What a stage makes of rows that it computed is not checked again.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from textlien.errors import Problem, TextlienError, raise_all
from textlien.messages.message import Location
from textlien.tables.schemas import SCHEMAS
from textlien.tables.validation import violations


def make(name: str, rows: Iterable[dict[str, object]] | pd.DataFrame) -> pd.DataFrame:
    """Build table ``name`` from rows, with the declared columns, order and types.

    Values are not checked: :func:`check` does.

    Parameters
    ----------
    name : a key of :data:`SCHEMAS`.
    rows : one dict a row, or a frame that has at least the declared columns.

    Raises
    ------
    TextlienError
        When a frame lacks columns.
    """
    columns = SCHEMAS[name].columns
    wanted = list(columns)
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), columns=wanted)
    missing = tuple(column for column in wanted if column not in frame)
    if missing:
        location = Location(table=name)
        raise TextlienError(Problem.error("tables.columns-missing", location, columns=missing))
    types = {column: columns[column].dtype for column in wanted}
    return frame.loc[:, wanted].astype(types).reset_index(drop=True)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` if it fits the schema of table ``name``.

    Raises
    ------
    TextlienError
        Lists every violation.
    """
    raise_all(violations(SCHEMAS[name], frame))
    return frame


def columns(name: str) -> list[str]:
    """Names of the columns of table ``name``, in order."""
    return list(SCHEMAS[name].columns)


def normalised_text(turns: pd.DataFrame) -> str:
    """The text that ``start`` and ``end`` of one interview point into.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    """
    return "\n".join(turns["text"])
