"""Progress of a run, for the part of the program that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

from textlien.messages.message import Message


class StageReport(NamedTuple):
    """One stage of a run that has ended.

    Attributes
    ----------
    name : of the stage.
    summary : of its result.
    changed : False when it was up to date.
    seconds : since it began.
    files : files other than tables that it makes, to be opened by the user.
    """

    name: str
    summary: Message
    changed: bool
    seconds: float
    files: tuple[Path, ...] = ()


class Watcher(Protocol):
    """Receives progress events of a run."""

    def started(self, stage: str) -> None:
        """A stage begins."""

    def advanced(self, stage: str, done: int, total: int) -> None:
        """Part of a long stage is done."""

    def finished(self, report: StageReport) -> None:
        """A stage has ended."""


class Unwatched:
    """Ignores every event."""

    def started(self, stage: str) -> None:
        """Do nothing."""

    def advanced(self, stage: str, done: int, total: int) -> None:
        """Do nothing."""

    def finished(self, report: StageReport) -> None:
        """Do nothing."""
