"""Looking at a study without computing anything: what is read, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.axes.stages import check_codings
from textlien.errors import Problem
from textlien.pipeline import run_folder
from textlien.reading import read_corpus
from textlien.store import Run
from textlien.study import load


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
    """Read a study file, all transcripts, metadata and codings.

    What is read is kept in the run folder, so that a run need not read it again.

    Raises
    ------
    TextlienError
        When the study file itself is wrong.
    """
    study = load(study_file)
    run = Run(run_folder(study))
    corpus = read_corpus(study, run, workers=workers, advance=lambda *_: None)
    problems = corpus.problems + check_codings(study, corpus, run)
    interviews = corpus.interviews
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
