"""The command line: with ``terminal``, the only place that prints, asks or exits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click
from rich.markup import escape

from textlien import __version__
from textlien.cli.display import (
    Display,
    count_errors,
    err,
    number,
    out,
    print_check,
    print_problems,
    print_table,
)
from textlien.errors import TextlienError
from textlien.raw import raw_error

if TYPE_CHECKING:
    import pandas as pd


P = ParamSpec("P")

LEFT_OUT = 1
"""Exit code when the work was done but something was left out."""

NOTHING_DONE = 2
"""Exit code when nothing could be done."""

FILE = click.Path(path_type=Path)

STUDY = click.argument("study", type=FILE)

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""


def _mendable(command: Callable[P, int]) -> Callable[P, None]:
    """Print errors that the user can mend, and exit with the code that the command returns."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except TextlienError as error:
            err.print(f"[bold red]Error:[/] {escape(str(error))}")
            code = NOTHING_DONE
        except OSError as error:
            name = error.filename or "a file"
            err.print(f"[bold red]Error:[/] {escape(str(name))}: {error.strerror or error}.")
            err.print("  Check that the folder can be written to and that the disk is not full.")
            code = NOTHING_DONE
        except KeyboardInterrupt:
            err.print("Stopped. What was done is kept: run again to go on.")
            code = INTERRUPTED
        sys.exit(code)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="textlien %(version)s")
def main() -> None:
    """From French interview transcripts to theme profiles per city and wave.

    Everything runs on this machine: nothing is sent anywhere. Start with « textlien demo », or
    with « textlien init my-study » and your own transcripts.
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default="textlien-demo")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: all processors).")
@_mendable
def demo(folder: Path, workers: int | None) -> int:
    """Run the embedded corpus, invented interviews, end to end.

    FOLDER takes a copy of the corpus, its study file and the results.
    """
    from textlien.commands.scaffold import copy_demo

    study_file = copy_demo(folder)
    out.print(f"Invented interviews, copied to {escape(str(folder))}.")
    return _run(study_file, workers=workers)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_mendable
def init(folder: Path) -> int:
    """Create a new study: a folder with a commented study file.

    Nothing that exists is overwritten.
    """
    from textlien.commands.scaffold import create_study

    study_file = create_study(folder)
    out.print(
        f"Created {escape(str(study_file))}.\n"
        f"Put your transcripts in {escape(str(folder / 'transcripts' / '2013'))}, "
        f"read the study file, then:\n  textlien check {escape(str(study_file))}"
    )
    return 0


@main.command()
@STUDY
@click.option("--all", "everything", is_flag=True, help="All interviews and labels, however many.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, for a program.")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: all processors).")
@_mendable
def check(study: Path, everything: bool, as_json: bool, workers: int | None) -> int:
    """Read everything, report every problem, compute nothing.

    A line an interview: its turns, the words of those who answer and of those who ask, its time
    and encoding, who speaks (Q asks, R answers, ? is a guess). Then what is wrong, with file and
    line; what to put in the study file where roles were guessed; and a summary. Exit code 1 when
    an interview is left out, 2 when none can be used.
    """
    from textlien.commands.check import check_study

    report = check_study(study, workers=workers or _all_processors())
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    else:
        print_check(report, study, everything=everything)
    if not report.included:
        return NOTHING_DONE
    return LEFT_OUT if count_errors(report.problems) else 0


@main.command()
@STUDY
@click.option("--from", "first", metavar="STAGE", default="", help="Execute STAGE and those after.")
@click.option("--only", metavar="STAGE", default="", help="Execute STAGE alone, up to date or not.")
@click.option("--force", is_flag=True, help="Execute all stages, even those up to date.")
@click.option("--dry-run", is_flag=True, help="Say which stages are not up to date; do nothing.")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: all processors).")
@_mendable
def run(study: Path, first: str, only: str, force: bool, dry_run: bool, workers: int | None) -> int:
    """Execute all stages that are not up to date.

    Stages: read, segment, annotate, terms, themes, codings, train, axes, profiles, contrasts,
    report. Exit code 1 when something was left out, 2 when nothing could be done.
    """
    if dry_run:
        return _plan(study)
    return _run(study, workers=workers, first="read" if force else first, only=only)


@main.command()
@STUDY
@click.option("--workers", type=click.IntRange(1), help="Processes (default: all processors).")
@_mendable
def train(study: Path, workers: int | None) -> int:
    """Train the axis model on the study's codings and show how good it is.

    The model goes to models/axes/ beside the study file, with a card that says what it was trained
    on. « textlien run » does this too when the codings have changed.
    """
    return _run(study, workers=workers, last="train", show="axis_scores")


@main.command()
@STUDY
@click.argument("files", nargs=-1, type=FILE)
@_mendable
def agreement(study: Path, files: tuple[Path, ...]) -> int:
    """Show how far coders agree, axis by axis: Krippendorff's alpha with its interval.

    FILES are the codings to compare (default: those of the study file). Of each axis: the
    passages that two coders or more have read, how often it is coded, how often two of them say
    the same, alpha, and its interval over interviews.
    """
    from textlien.commands.agreement import agreement_of_study
    from textlien.study.loading import load

    table, problems = agreement_of_study(load(study), files)
    print_problems(problems)
    print_table(table)
    return LEFT_OUT if any(problem.severity == "error" for problem in problems) else 0


@main.command()
@STUDY
@click.option(
    "--names",
    type=FILE,
    help="The sheet of names, .xlsx or .csv (default: noms.xlsx beside STUDY).",
)
@click.option("--apply", "applies", is_flag=True, help="Replace the names by the reviewed sheet.")
@click.option("--to", "folder", type=FILE, help="With --apply: new folder for the corpus.")
@click.option("--key", type=FILE, help="The file that says who is who; kept apart, reused.")
@click.option("--encrypt", is_flag=True, help="With --apply: encrypt the key (age format).")
@click.option("--passphrase-file", type=FILE, help="Its first line is the passphrase, for scripts.")
@click.option("--audit", "audited", type=FILE, help="Look for real names in this run or folder.")
@click.option("--workers", type=click.IntRange(1), help="Processes (default: all processors).")
@_mendable
def pseudonymise(
    study: Path, passphrase_file: Path | None, workers: int | None, **options: Any
) -> int:
    """Replace the names of people and places: suggest, review, apply, audit.

    \b
    1. textlien pseudonymise STUDY
       writes noms.xlsx, the names found. Nothing decided there is ever overwritten.
    2. Review it in Excel or LibreOffice: « remplacer » or « garder », and the pseudonym.
    3. textlien pseudonymise STUDY --apply --to FOLDER --key KEY.csv [--encrypt]
       writes the corpus with pseudonyms: a study of its own, its codings in place.
    4. textlien pseudonymise STUDY --audit FOLDER --key KEY.csv
       looks for real names in all that is there: exit code 1 when there are any.

    Give the same --key with each new wave: the same person keeps the same pseudonym.
    """  # noqa: D301 - « \b » is a character here, by which click keeps the lines
    from textlien.cli.pseudonyms import Options, execute, passphrase_of

    def ask(new: bool) -> str:
        return passphrase_of(
            passphrase_file,
            lambda: click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True),
        )

    told = execute(Options(study, **options), ask, workers or _all_processors())
    for part in told.parts:
        if isinstance(part, str):
            out.print(escape(part))
        else:
            print_table(part)
    return told.code


@main.command()
@STUDY
@click.argument("table")
@click.option(
    "--where", metavar="QUERY", default="", help="Rows to show, e.g. \"city == 'Creil'\"."
)
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, all rows, for a pipe.")
@click.option("--rows", type=click.IntRange(1), default=30, show_default=True, help="At most.")
@click.option(
    "--original", is_flag=True, help="With the words as the file has them, and their place in it."
)
@_mendable
def show(study: Path, table: str, where: str, as_csv: bool, rows: int, original: bool) -> int:
    """Print a table of the last run.

    TABLE: interviews, turns, passages, tokens, terms, themes, theme_terms, profiles, contrasts…
    """
    from textlien.commands.originals import with_originals, with_readable_places
    from textlien.pipeline.run_folder import Run, run_folder
    from textlien.study.loading import load

    run_of_study = Run(run_folder(load(study)))
    frame = run_of_study[table]
    if where:
        frame = _rows_where(frame, where)
    total = len(frame)
    frame = frame if as_csv else frame.head(rows)
    if original:
        frame = with_originals(frame, run_of_study)
    frame = with_readable_places(frame)
    if as_csv:
        click.echo(frame.to_csv(index=False), nl=False)
        return 0
    print_table(frame)
    if total > rows:
        out.print(f"{total:,} rows; the first {rows} are shown. All of them: --csv")
    return 0


@main.command()
@STUDY
@click.option(
    "--to",
    "kind",
    type=click.Choice(["iramuteq"]),
    required=True,
    help="For which program.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option("--questions", is_flag=True, help="With what the interviewers say.")
@_mendable
def export(study: Path, kind: str, output: Path | None, questions: bool) -> int:
    """Write the corpus of the last run for another program.

    iramuteq: a corpus file, one text an interview, with *vague, *ville, *acteur and *personne; a
    corpus that came from IRaMuTeQ is given back with its own variables and themes. Only the
    interviewees' words are written, unless --questions is given.
    """
    from textlien.commands.export import export as write_corpus

    done = write_corpus(study, output, questions=questions)
    print_problems(done.problems)
    out.print(f"{number(done.interviews, 'interview')} for {kind}: {escape(str(done.path))}")
    return LEFT_OUT if done.problems else 0


def _rows_where(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    try:
        return frame.query(where, engine="python", local_dict={}, global_dict={})
    except Exception as error:
        known = ", ".join(frame.columns)
        hint = f"Columns: {known}. Example: --where \"wave == '2015'\""
        raise raw_error(f"--where {where!r} cannot be applied: {error}.", hint) from error


def _all_processors() -> int:
    from textlien.pipeline.parallel import workers_available

    return workers_available()


def _plan(study_file: Path) -> int:
    from textlien.pipeline.run import plan
    from textlien.study.loading import load

    for stage in plan(load(study_file)):
        out.print(f"{stage.name:<10} {'up to date' if stage.current else 'would be executed'}")
    return 0


def _run(study_file: Path, *, workers: int | None = None, show: str = "", **stages: Any) -> int:
    from textlien.pipeline.run import run as run_pipeline
    from textlien.study.loading import load

    study = load(study_file)
    with Display() as display:
        result, problems = run_pipeline(
            study, workers=workers or _all_processors(), watcher=display, **stages
        )
    if show:
        print_table(result[show])
    print_problems(problems)
    if not stages.get("only") and not stages.get("last") and result["profiles"].empty:
        err.print(
            "[bold red]Error:[/] nothing could be measured: no passage has a theme or an axis."
        )
        return NOTHING_DONE
    errors = count_errors(problems)
    if errors:
        files = len({problem.location.file for problem in problems if problem.severity == "error"})
        out.print(
            f"{number(errors, 'problem')} left something out "
            f"({number(files, 'file')}): textlien check {escape(str(study_file))}"
        )
    return LEFT_OUT if errors else 0
