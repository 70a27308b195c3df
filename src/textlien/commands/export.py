"""Export of a run's tables to another program."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.exchange.iramuteq import corpus_text
from textlien.files.atomic import write_bytes
from textlien.messages.message import Location
from textlien.pipeline.run_folder import Run, run_folder
from textlien.study.loading import load


class Exported(NamedTuple):
    """Files written, and problems of those that could not be."""

    path: Path
    interviews: int
    problems: list[Problem]


def export(study_file: Path, output: Path | None, *, questions: bool = False) -> Exported:
    """Write the corpus of a study for IRaMuTeQ, from its last run.

    Parameters
    ----------
    study_file : the study.
    output : file to write; by default ``export/<study>_iramuteq.txt`` in the run folder.
    questions : True to include the speech of interviewers.

    Raises
    ------
    TextlienError
        When the study has not been run, or none of its interviews has words.
    """
    study = load(study_file)
    run = Run(run_folder(study))
    interviews = run["interviews"]
    all_turns = run["turns"]
    turns = {str(name): rows for name, rows in all_turns.groupby("interview_id", sort=False)}
    text, problems = corpus_text(
        interviews,
        run["variables"],
        lambda name: turns.get(name, all_turns.iloc[:0]),
        questions=questions,
    )
    written = int(interviews["included"].sum()) - len(problems)
    if not written:
        place = Location(file=str(study_file))
        raise TextlienError(Problem.error("commands.nothing-to-export", place), *problems)
    path = output or run.folder / "export" / f"{study.name}_iramuteq.txt"
    write_bytes(path, text.encode())
    return Exported(path, written, problems)
