"""Agreement between the coders of a study, from its last run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from textlien.coding.agreement import agreement
from textlien.coding.codings import read_codings
from textlien.coding.labels import values_by_coder
from textlien.coding.sources import codebook_of, coding_files
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pipeline.run_folder import Run, run_folder
from textlien.study.options import Study
from textlien.tables import normalised_text


def agreement_of_study(
    study: Study, files: Sequence[Path] = ()
) -> tuple[pd.DataFrame, list[Problem]]:
    """Agreement between the coders of a study, from its last run.

    Parameters
    ----------
    study : the study.
    files : codings to compare; none for those of ``[axes] codings``.

    Raises
    ------
    TextlienError
        When the study has not been run, or no passage was coded by two coders.
    """
    run = Run(run_folder(study))
    problems: list[Problem] = []
    if not files:
        files, problems = coding_files(study)
    texts = {
        str(name): normalised_text(turns) for name, turns in run["turns"].groupby("interview_id")
    }
    axes = codebook_of(study)
    codings, faults = read_codings(files, study.display_path, run["interviews"], texts, axes)
    table = agreement(values_by_coder(codings, run["passages"]), seed=study.study.seed)
    if table.empty:
        raise TextlienError(*problems, *faults, _nothing_to_compare(study, files, codings))
    return table, [*problems, *faults]


def _nothing_to_compare(study: Study, files: Sequence[Path], codings: pd.DataFrame) -> Problem:
    """Why no passage was coded by two coders."""
    place = Location(file=study.file.name, option="axes.codings")
    if not files:
        return Problem.error("commands.no-codings", place)
    coders = tuple(sorted(set(codings["coder"]) - {""}))
    if coders:
        return Problem.error("commands.no-two-coders", place, coders=coders)
    return Problem.error("commands.no-coders", place)
