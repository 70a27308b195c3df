"""What can go wrong, said so that the user knows what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one place of one input.

    Attributes
    ----------
    file : the path as the user knows it, relative to the study file where possible.
    message : what is wrong, with the value found and what was expected.
    hint : what to do about it.
    place : where in the file ("line 14", "paragraph 3", "[segment.target_words]"), or "".
    severity : ``error`` leaves the thing out, ``warning`` may change results, ``note`` says
        what was decided.
    """

    file: str
    message: str
    hint: str = ""
    place: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{self.file}{place}: {self.message}{hint}"


class TextlienError(Exception):
    """An error that the user can mend. The command line prints it without a traceback.

    Parameters
    ----------
    message : what is wrong, with the file and place.
    hint : what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message if not hint else f"{message}\n  {hint}")
        self.message = message
        self.hint = hint


def raise_all(problems: list[Problem]) -> None:
    """Raise one :class:`TextlienError` that lists every problem, if there is any."""
    if problems:
        raise TextlienError("\n".join(str(problem) for problem in problems))
