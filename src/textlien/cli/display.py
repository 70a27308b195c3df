"""Output to the terminal: tables, problems, progress of the stages of a run."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from textlien.errors import Problem, Severity
from textlien.messages.message import Location, Message
from textlien.messages.translator import translator

if TYPE_CHECKING:
    import pandas as pd

    from textlien.commands.check import StudyReport
    from textlien.pipeline.watcher import StageReport

_STAGE, _SUMMARY = 10, 52
"""Widths of the columns of a run: names of stages, summaries."""

_MOST_PROBLEMS = 40
_MOST_FILES = 60
_MOST_PROPOSALS = 5
_MOST_PLACES = 3
_WIDEST_CELL = 60

_STYLES: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "dim"}
"""Severities from the worst, with their colour."""

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def count_errors(problems: Sequence[Problem]) -> int:
    """Number of problems that leave something out."""
    return sum(problem.severity == "error" for problem in problems)


def print_problems(problems: Sequence[Problem], *, everything: bool = False) -> None:
    """Print errors and warnings, worst first; notes only where everything is asked for.

    What is wrong in many places alike is printed once, with the places; a remedy of several
    problems in a row is printed below the last.
    """
    groups = _alike([problem for problem in problems if everything or problem.severity != "note"])
    printed = groups if everything else groups[:_MOST_PROBLEMS]
    remedies = [group[0].hint(translator()) for group in printed]
    for number, group in enumerate(printed):
        severity = group[0].severity
        label = translator().text(f"cli.severity-{severity}")
        lines = group[0].render(
            translator(),
            hint=len(group) > 1 or remedies[number] not in remedies[number + 1 : number + 2],
        )
        err.print(f"[{_STYLES[severity]}]{label}[/] {escape(lines)}")
        if len(group) > 1:
            err.print(f"  {escape(_elsewhere(group[1:]))}")
    if len(groups) > len(printed):
        err.print(escape(translator().text("cli.more-problems", n=len(groups) - len(printed))))


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems grouped by severity and message, errors first."""
    groups: dict[tuple[Severity, Message], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        groups.setdefault((problem.severity, problem.message), []).append(problem)
    severities = list(_STYLES)
    return sorted(groups.values(), key=lambda group: severities.index(group[0].severity))


def _elsewhere(group: Sequence[Problem]) -> str:
    """Files and places of the same problem, a few of them by name."""
    names = [translator().location(problem.location) for problem in group]
    places = translator().listed(names[:_MOST_PLACES])
    more = len(names) - _MOST_PLACES
    if more > 0:
        return translator().text("cli.same-elsewhere-more", places=places, n=more)
    return translator().text("cli.same-elsewhere", places=places)


def print_table(frame: pd.DataFrame, widest: int = _WIDEST_CELL) -> None:
    """Print one line per row, however wide: a folded table is unreadable in a terminal.

    Texts of more than ``widest`` characters are shortened.
    """
    if frame.empty:
        click.echo(translator().text("cli.no-row"))
        return
    columns = []
    for name in frame.columns:
        values = frame[name].tolist()
        digits = 0 if all(_is_whole(value) for value in values) else 3
        cells = [_cell(value, digits, widest) for value in values]
        width = max(map(cell_len, [str(name), *cells]))
        numeric = frame[name].dtype.kind in "if" or all(map(_DECIMAL.fullmatch, cells))
        columns.append([_padded(cell, width, right=numeric) for cell in [str(name), *cells]])
    for line in zip(*columns, strict=True):
        click.echo("  ".join(line).rstrip())


def with_readable_places(frame: pd.DataFrame) -> pd.DataFrame:
    """Write column ``place``, in a table that has one, in the words of the user's language."""
    if "place" not in frame:
        return frame
    place = translator().place
    return frame.assign(place=[place(Location.from_code(code)) for code in frame["place"]])


def _padded(cell: str, width: int, *, right: bool) -> str:
    """A cell filled with blanks up to the width of its column."""
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks


_DECIMAL = re.compile(r"|\d+[.,]\d+|\d+:\d\d:\d\d")
"""Hours and durations, which come as text and stand right as numbers do; or nothing."""


def _is_whole(value: object) -> bool:
    """True for a number without decimals, or a missing one."""
    return isinstance(value, float) and (math.isnan(value) or value.is_integer())


def _cell(value: object, digits: int, widest: int) -> str:
    """One value as it is printed; long texts are shortened."""
    if isinstance(value, float):
        # « 0,000 » would read as nothing.
        tiny = 0 < value < 10**-digits
        return translator().probability(value) if tiny else translator().decimal(value, digits)
    if isinstance(value, bool) or not isinstance(value, int):
        text = " ".join(str(value).split())
        if len(text) <= widest:
            return text
        # Both ends: long paths differ at theirs.
        half = (widest - 1) // 2
        return f"{text[:half]}…{text[-half:]}"
    return translator().count(value)


class Display:
    """Shows the stages of a run as they go; a bar only in a terminal.

    Attributes
    ----------
    changed : names of the stages that were executed so far.
    """

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=out,
            transient=True,
            disable=not out.is_terminal,
        )
        self._task: Any = None
        self.changed: set[str] = set()

    def __enter__(self) -> Display:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def started(self, stage: str) -> None:
        """Show a bar for the stage: it only moves to and fro until the amount of work is known."""
        self._task = self._progress.add_task(_stage(stage), total=None)

    def advanced(self, _stage: str, done: int, total: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=done, total=total)

    def finished(self, report: StageReport) -> None:
        """Print a line for the stage: its summary and its duration."""
        if report.changed:
            self.changed.add(report.name)
        if self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None
        stage = _stage(report.name)
        if report.files:
            files = ", ".join(escape(str(file)) for file in report.files)
            out.print(f"{stage:<{_STAGE}} {files}")
            return
        done = (
            translator().text("cli.seconds", seconds=report.seconds)
            if report.changed
            else translator().text("cli.unchanged")
        )
        summary = escape(translator().message(report.summary))
        out.print(f"{stage:<{_STAGE}} {summary:<{_SUMMARY}} {done:>12}")


def _stage(name: str) -> str:
    """Name of a stage as a run displays it."""
    return translator().text(f"cli.stage-{name}")


def print_check(report: StudyReport, study: Path, *, everything: bool) -> None:
    """Print the result of a check: files, problems, proposals, a summary."""
    from textlien.cli.study_tables import cell_table, label_table  # loads pandas

    text = translator().text
    _print_files(report, everything=everything)
    print_problems(report.problems, everything=True)
    if everything:
        out.print(f"\n{text('cli.labels')}")
        print_table(label_table(report, translator()))
    _print_proposals(report.proposals(translator()), study, everything=everything)
    cells = cell_table(report, translator())
    if not cells.empty:
        out.print()
        print_table(cells)
    if report.left_out:
        out.print(text("cli.usable-left-out", n=report.included, left_out=report.left_out))
    else:
        out.print(text("cli.usable", n=report.included))


def _print_files(report: StudyReport, *, everything: bool) -> None:
    """Print one line per interview; of many, only those that need attention."""
    from textlien.cli.study_tables import file_table  # loads pandas

    files = file_table(report, translator())
    if files.empty:
        return
    odd = files[[state != "ok" for state in report.states()]]
    if everything or len(files) <= _MOST_FILES:
        print_table(files)
        return
    print_table(odd)
    out.print(escape(translator().text("cli.more-files", n=len(files) - len(odd))))


def _print_proposals(proposals: Sequence[str], study: Path, *, everything: bool) -> None:
    """Print what to put in the study file where roles were guessed."""
    if not proposals:
        return
    text = translator().text
    out.print(f"\n{escape(text('cli.roles-guessed', n=len(proposals), study=str(study)))}\n")
    printed = proposals if everything else proposals[:_MOST_PROPOSALS]
    click.echo("\n".join(printed))
    if len(proposals) > len(printed):
        out.print(escape(text("cli.more-proposals", n=len(proposals) - len(printed))))
