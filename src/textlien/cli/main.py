"""The commands of ``textlien``: their arguments, actions and output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from textlien.cli.display import (
    Display,
    count_errors,
    out,
    print_check,
    print_problems,
    print_table,
    with_readable_places,
)
from textlien.cli.parameters import FILE, STUDY, WORKERS, all_processors, argument, option
from textlien.cli.pseudonyms import pseudonymise
from textlien.cli.themes import themes
from textlien.cli.translated import (
    NOTHING_DONE,
    Group,
    show_version,
)
from textlien.cli.usage import Choice, Count, OutputFile
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.messages.translator import translator

if TYPE_CHECKING:
    from textlien.pipeline.run_folder import Run

LEFT_OUT = 1
"""Exit code when the work was done but something was left out."""


@click.group(
    name="textlien",
    cls=Group,
    help="cli.textlien",
    context_settings={"max_content_width": 100},
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="cli.version",
)
def main() -> None:
    """Run the command that is named."""


@main.command(help="cli.demo")
@argument(
    "folder",
    type=FILE,
    default="textlien-demo",
    metavar="cli.metavar-folder",
    about="cli.about-demo-folder",
)
@WORKERS
def demo(folder: Path, workers: int | None) -> int:
    """Copy the demonstration study to a folder and run it."""
    from textlien.commands.scaffold import copy_demo

    study_file = copy_demo(folder)
    out.print(escape(translator().text("cli.demo-copied", folder=str(folder))))
    return _run(study_file, workers=workers)


@main.command(help="cli.init")
@argument("folder", type=FILE, metavar="cli.metavar-folder", about="cli.about-new-folder")
def init(folder: Path) -> int:
    """Create a study folder in the language of the command line."""
    from textlien.commands.scaffold import create_study

    study_file = create_study(folder)
    transcripts = folder / "transcripts"
    text = translator().text("cli.created", study=str(study_file), folder=str(transcripts))
    out.print(escape(text))
    return 0


@main.command(help="cli.check")
@STUDY
@option("--all", "everything", is_flag=True, help="cli.check-all")
@option("--json", "as_json", is_flag=True, help="cli.check-json")
@WORKERS
def check(study: Path, everything: bool, as_json: bool, workers: int | None) -> int:
    """Print the content of a study and its problems."""
    from textlien.commands.check import check_study

    report = check_study(study, workers=workers or all_processors())
    if as_json:
        from textlien.cli.study_tables import as_plain

        click.echo(json.dumps(as_plain(report, translator()), ensure_ascii=False, indent=1))
    else:
        print_check(report, study, everything=everything)
    if not report.included:
        return NOTHING_DONE
    return LEFT_OUT if count_errors(report.problems) else 0


@main.command(help="cli.run")
@STUDY
@option("--from", "first", metavar="cli.metavar-stage", default="", help="cli.run-from")
@option("--only", metavar="cli.metavar-stage", default="", help="cli.run-only")
@option("--force", is_flag=True, help="cli.run-force")
@option("--dry-run", is_flag=True, help="cli.run-dry-run")
@WORKERS
def run(study: Path, first: str, only: str, force: bool, dry_run: bool, workers: int | None) -> int:
    """Execute the stages of a study, or print which ones are not up to date."""
    if dry_run:
        return _plan(study)
    return _run(study, workers=workers, first="read" if force else first, only=only)


@main.command(help="cli.train")
@STUDY
@WORKERS
def train(study: Path, workers: int | None) -> int:
    """Execute the stages up to the model of axes and print its scores."""
    from textlien.cli.training import print_training
    from textlien.study.loading import load

    axes = load(study).axes
    if not axes.codings and not axes.model:
        place = Location(file=study.name, option="axes.codings")
        raise TextlienError(Problem.error("cli.no-codings", place))
    return _run(study, workers=workers, last="train", show=print_training)


@main.command(help="cli.agreement")
@STUDY
@argument("files", nargs=-1, type=FILE, metavar="cli.metavar-files", about="cli.about-codings")
def agreement(study: Path, files: tuple[Path, ...]) -> int:
    """Print the agreement between the coders of a study."""
    from textlien.commands.agreement import agreement_of_study
    from textlien.exchange.readable import readable
    from textlien.study.loading import load

    table, problems = agreement_of_study(load(study), files)
    print_problems(problems)
    print_table(readable(table, translator()))
    return LEFT_OUT if any(problem.severity == "error" for problem in problems) else 0


@main.command(help="cli.sample")
@STUDY
@option("-n", "number", type=Count(), default=60, show_default=True, help="cli.sample-number")
def sample(study: Path, number: int) -> int:
    """Draw passages at random for people to code."""
    from textlien.commands.sample import sample as draw
    from textlien.study.loading import load

    loaded = load(study)
    done = draw(loaded, number, translator())
    path = loaded.display_path(done.path)
    figures = {"passages": done.passages, "interviews": done.interviews, "cells": done.cells}
    out.print(escape(translator().text("cli.sampled", path=path, each=number, **figures)))
    return 0


main.add_command(pseudonymise)
main.add_command(themes)


@main.command(help="cli.show")
@STUDY
@argument("table", metavar="cli.metavar-table", about="cli.about-table")
@option("--where", metavar="cli.metavar-condition", default="", help="cli.show-where")
@option("--csv", "as_csv", is_flag=True, help="cli.show-csv")
@option("--rows", type=Count(), default=30, show_default=True, help="cli.show-rows")
@option("--original", is_flag=True, help="cli.show-original")
def show(study: Path, table: str, where: str, as_csv: bool, rows: int, original: bool) -> int:
    """Print a table of the last run."""
    from textlien.commands.originals import with_originals
    from textlien.exchange.conditions import rows_where
    from textlien.exchange.readable import readable
    from textlien.exchange.spreadsheet import for_programs
    from textlien.pipeline.run_folder import Run, run_folder
    from textlien.study.loading import load

    run_of_study = Run(run_folder(load(study)))
    frame = run_of_study[table]
    problems: list[Problem] = []
    if where:
        frame, problems = rows_where(frame, where, translator())
    print_problems(problems)
    total = len(frame)
    frame = frame if as_csv else frame.head(rows)
    if original:
        frame = with_originals(frame, run_of_study)
    if as_csv:
        click.echo(for_programs(with_readable_places(frame)), nl=False)
        return 0
    print_table(readable(frame, translator()))
    if total > rows:
        out.print(translator().text("cli.more-rows", total=total, n=rows))
    return 0


@main.command(help="cli.export")
@STUDY
@option("--to", "program", type=Choice(["iramuteq"]), required=True, help="cli.export-to")
@option("--output", type=OutputFile(), help="cli.export-output")
@option("--questions", is_flag=True, help="cli.export-questions")
def export(study: Path, program: str, output: Path | None, questions: bool) -> int:
    """Write the corpus of the last run for another program."""
    from textlien.commands.export import export as write_corpus

    done = write_corpus(study, output, questions=questions)
    print_problems(done.problems)
    text = translator().text(
        "cli.exported", n=done.interviews, program=program, path=str(done.path)
    )
    out.print(escape(text))
    return LEFT_OUT if done.problems else 0


def _plan(study_file: Path) -> int:
    """Print which stages are not up to date."""
    from textlien.pipeline.run import plan
    from textlien.study.loading import load

    for stage in plan(load(study_file)):
        state = "cli.up-to-date" if stage.current else "cli.would-be-executed"
        name = translator().text(f"cli.stage-{stage.name}")
        out.print(f"{name:<10} {translator().text(state)}")
    return 0


def _run(
    study_file: Path,
    *,
    workers: int | None = None,
    show: Callable[[Run, Path], None] | None = None,
    **stages: Any,
) -> int:
    """Execute stages and print their results.

    Parameters
    ----------
    show : prints results at the end.
    stages : which ones to execute, as :func:`textlien.pipeline.run.run` takes it.
    """
    from textlien.pipeline.run import run as run_pipeline
    from textlien.study.loading import load

    study = load(study_file)
    with Display() as display:
        result, problems = run_pipeline(
            study, workers=workers or all_processors(), watcher=display, **stages
        )
    if show:
        show(result, study_file)
    entries = result.manifest.stages.items()
    before = [entry.problems for name, entry in entries if name not in display.changed]
    _print_new(problems, {problem for part in before for problem in part})
    if stages.get("last") == "train" and not result.manifest.stages["train"].model:
        place = Location(file=study.file.name, option="axes.codings")
        raise TextlienError(Problem.error("cli.nothing-trained", place))
    if not stages.get("only") and not stages.get("last") and result["profiles"].empty:
        raise TextlienError(Problem.error("cli.nothing-measured", Location(file=study.file.name)))
    return _left_out(problems, study_file)


def _print_new(problems: list[Problem], before: set[Problem]) -> None:
    """Print problems; of warnings that an earlier run printed, only their number."""
    again = {problem for problem in before if problem.severity == "warning"}
    print_problems([problem for problem in problems if problem not in again])
    if again:
        out.print(escape(translator().text("cli.warned-before", n=len(again))))


def _left_out(problems: list[Problem], study_file: Path) -> int:
    """Print the number of problems that left something out, and return the exit code."""
    errors = count_errors(problems)
    if not errors:
        return 0
    files = len({problem.location.file for problem in problems if problem.severity == "error"})
    text = translator().text("cli.left-something-out", n=errors, files=files, study=str(study_file))
    out.print(escape(text))
    return LEFT_OUT
