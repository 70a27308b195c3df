"""What a terminal shows: tables, problems, the stages of a run as they go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from textlien.errors import Problem
from textlien.messages.message import Message
from textlien.messages.translator import translator

if TYPE_CHECKING:
    import pandas as pd

    from textlien.commands.check import StudyReport
    from textlien.pipeline.watcher import StageReport

_MOST_PROBLEMS = 40
_MOST_FILES = 60
_MOST_PROPOSALS = 5
_MOST_PLACES = 3
_WIDEST_CELL = 60

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def number(count: int, noun: str) -> str:
    """A count with its noun: « 1 file », « 1,204 files »."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def count_errors(problems: Sequence[Problem]) -> int:
    """How many problems leave something out."""
    return sum(problem.severity == "error" for problem in problems)


def print_problems(problems: Sequence[Problem], *, everything: bool = False) -> None:
    """Print errors and warnings, worst first; notes only where everything is asked for.

    What is said of many places alike is said once, with the places.
    """
    order = {"error": 0, "warning": 1, "note": 2}
    styles = {"error": "red", "warning": "yellow", "note": "dim"}
    alike: dict[tuple[str, Message], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        if everything or problem.severity != "note":
            key = (problem.severity, problem.message)
            alike.setdefault(key, []).append(problem)
    groups = sorted(alike.values(), key=lambda group: order[group[0].severity])
    shown = groups if everything else groups[:_MOST_PROBLEMS]
    for group in shown:
        severity = group[0].severity
        err.print(f"[{styles[severity]}]{severity}[/] {escape(str(group[0]))}")
        if len(group) > 1:
            err.print(f"  The same in {_places(group[1:])}.")
    if len(groups) > len(shown):
        err.print(f"… and {len(groups) - len(shown):,} more: textlien check lists all.")


def _places(group: Sequence[Problem]) -> str:
    """Files and places, a few of them by name."""
    named = [escape(translator().location(p.location)) for p in group]
    listed = "; ".join(named[:_MOST_PLACES])
    more = len(named) - _MOST_PLACES
    return f"{listed} and {more:,} more" if more > 0 else listed


def print_table(frame: pd.DataFrame) -> None:
    """A line a row, however wide: a terminal scrolls or wraps, a folded table is unreadable."""
    columns = []
    for name in frame.columns:
        cells = [str(name), *(_cell(value) for value in frame[name].tolist())]
        width = max(map(cell_len, cells))
        numeric = frame[name].dtype.kind in "if"
        columns.append([_padded(cell, width, right=numeric) for cell in cells])
    for line in zip(*columns, strict=True):
        click.echo("  ".join(line).rstrip())


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "—" if math.isnan(value) else f"{value:.3f}"
    if isinstance(value, bool) or not isinstance(value, int):
        text = " ".join(str(value).split())
        if len(text) <= _WIDEST_CELL:
            return text
        # Both ends: long paths differ at theirs.
        half = (_WIDEST_CELL - 1) // 2
        return f"{text[:half]}…{text[-half:]}"
    return f"{value:,}"


class Display:
    """Shows the stages of a run as they go; a bar only where somebody watches."""

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

    def __enter__(self) -> Display:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def started(self, _stage: str) -> None:
        """A bar for the stage, once it is known how much there is to do."""
        self._task = None

    def advanced(self, stage: str, done: int, total: int) -> None:
        """Move the bar."""
        if self._task is None:
            self._task = self._progress.add_task(stage, total=total)
        self._progress.update(self._task, completed=done)

    def finished(self, report: StageReport) -> None:
        """A line for the stage."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        done = f"{report.seconds:8.1f} s" if report.changed else "unchanged"
        if report.files:
            listed = ", ".join(escape(str(file)) for file in report.files)
            out.print(f"{report.name:<10} {listed}")
        else:
            summary = translator().message(report.summary)
            out.print(f"{report.name:<10} {escape(summary):<52} {done:>12}")


def print_check(report: StudyReport, study: Path, *, everything: bool) -> None:
    """Show what was found in a study: files, problems, proposals, a summary."""
    files = report.files()
    odd = files[files["state"] != "ok"]
    brief = not everything and len(files) > _MOST_FILES
    print_table(odd if brief else files)
    if brief:
        out.print(f"{len(files) - len(odd):,} more have nothing to look at. All of them: --all")
    print_problems(report.problems, everything=True)
    if everything:
        out.print("\nLabels")
        print_table(report.labels())
    proposals = report.proposals()
    if proposals:
        out.print(
            f"\nRoles were guessed in {number(len(proposals), 'file')} (? above). Correct this "
            f"and put it in {escape(str(study))}:\n"
        )
        shown = proposals if everything else proposals[:_MOST_PROPOSALS]
        click.echo("\n".join(shown))
        if len(proposals) > len(shown):
            out.print(f"… and {len(proposals) - len(shown):,} more: --all")
    out.print()
    print_table(report.summary())
    out.print(
        f"{number(report.included, 'interview')} can be used"
        + (f", {report.left_out:,} left out." if report.left_out else ".")
    )
