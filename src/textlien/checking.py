"""Looking at a study without computing anything: what is read, what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.annotate import pipeline_version
from textlien.axes.stages import check_codings, codebook_of
from textlien.errors import Problem, TextlienError
from textlien.lexicon import read_expressions
from textlien.pipeline import run_folder
from textlien.reading import read_corpus
from textlien.store import Run
from textlien.study import Study, load


class StudyReport(NamedTuple):
    """What is found in a study.

    Attributes
    ----------
    files : one row an interview: file, wave, city, actor, turns, words of each role, state.
    problems : all of them, notes included.
    included, left_out : number of interviews.
    """

    files: pd.DataFrame
    problems: list[Problem]
    included: int
    left_out: int


def check_study(study_file: Path, *, workers: int = 1) -> StudyReport:
    """Read a study file, all transcripts, metadata and codings, and look for all else it names.

    What is read is kept in the run folder, so that a run need not read it again.

    Raises
    ------
    TextlienError
        When the study file itself is wrong.
    """
    study = load(study_file)
    run = Run(run_folder(study))
    corpus = read_corpus(study, run, workers=workers, advance=lambda *_: None)
    problems = corpus.problems + _parts_missing(study)
    if not any(problem.place == "[axes.codebook]" for problem in problems):
        problems += check_codings(study, corpus, run)
    interviews = corpus.interviews
    problems += _thin_cells(study, interviews[interviews["included"]])
    files = interviews[["file", "wave", "city", "actor", "n_turns", "n_words"]].assign(
        interviewer=interviews["n_words_interviewer"],
        state=["ok" if included else "left out" for included in interviews["included"]],
    )
    included = int(interviews["included"].sum())
    return StudyReport(
        files.rename(columns={"n_turns": "turns", "n_words": "words"}),
        problems,
        included,
        len(interviews) - included,
    )


def _parts_missing(study: Study) -> list[Problem]:
    """What stages to come would stop at."""
    problems: list[Problem] = []

    def look(place: str, part: Callable[[], object]) -> None:
        try:
            part()
        except TextlienError as error:
            problems.append(Problem(study.file.name, error.message, error.hint, place))

    look("[axes.codebook]", lambda: codebook_of(study))
    look("[annotate.pipeline]", lambda: pipeline_version(study.annotate.pipeline))
    for path in study.terms.expressions:
        problems += read_expressions(study.resolve(path), path)[1]
    model = study.resolve(study.axes.model)
    if study.axes.model and not (model / "manifest.json").is_file():
        message = f'"{study.axes.model}" is not the folder of a model (no manifest.json).'
        hint = "Correct the path; it is relative to the study file."
        problems.append(Problem(study.file.name, message, hint, "[axes.model]"))
    return problems


def _thin_cells(study: Study, interviews: pd.DataFrame) -> list[Problem]:
    """Cells of wave and city with too few interviews for an interval."""
    fewest = study.profiles.min_interviews
    cells = interviews.groupby(["wave", "city"]).size().reset_index(name="size")
    return [
        Problem(
            study.file.name,
            f"{city or 'no city'}, {wave}: {size} interview{'' if size == 1 else 's'}, too few for "
            f"an interval (at least {fewest}).",
            "Shares will be given without one. Add interviews, or lower [profiles] min_interviews.",
            "[profiles.min_interviews]",
            "warning",
        )
        for wave, city, size in cells.itertuples(index=False)
        if size < fewest
    ]
