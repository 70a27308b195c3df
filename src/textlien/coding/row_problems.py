"""Problems of one row of a file of codings."""

from __future__ import annotations

from textlien.errors import Problem
from textlien.messages.message import Location, Message, Value


class RowProblems:
    """Adds the problems of one row to those of the whole reading.

    Parameters
    ----------
    where : the file and its row.
    problems : list that problems are added to.
    """

    def __init__(self, where: Location, problems: list[Problem]) -> None:
        self._where, self._problems = where, problems

    def error(self, id: str, /, **values: Value) -> None:
        """Report why the row, or one answer of it, is left out."""
        self._problems.append(Problem(Message(id, values), self._where, "error"))

    def warning(self, id: str, /, **values: Value) -> None:
        """Report why a row is doubtful that is used all the same."""
        self._problems.append(Problem(Message(id, values), self._where, "warning"))
