"""One file to read, the limits on what it may cost, and why it cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from textlien.errors import Problem
from textlien.files.limits import LimitsOptions
from textlien.messages.message import Location


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path : the file.
    file : its path as the user knows it, for messages.
    declared : labels of the study file, which are labels even where they occur once.
    limits : what a file may cost; ``[limits]`` of the study file.
    """

    path: Path
    file: str
    declared: frozenset[str] = frozenset()
    limits: LimitsOptions = field(default_factory=LimitsOptions)


def cannot_open(error: OSError, file: str) -> Problem:
    """The problem of a file that the system does not open.

    Parameters
    ----------
    error : as the system raised it.
    file : its path as the user knows it.
    """
    location = Location(file=file)
    if isinstance(error, FileNotFoundError):
        return Problem.error("files.missing", location)
    if isinstance(error, PermissionError):
        return Problem.error("files.not-permitted", location)
    return Problem.error("files.cannot-open", location, reason=error.strerror or "")
