"""Agreement between the coders of a study, from its last run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from textlien.coding.agreement import agreement
from textlien.coding.codings import read_codings
from textlien.coding.labels import values_by_coder
from textlien.coding.sources import codebook_of, coding_files
from textlien.errors import Problem
from textlien.pipeline.run_folder import Run, run_folder
from textlien.raw import raw_error
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
    texts = {str(name): normalised_text(own) for name, own in run["turns"].groupby("interview_id")}
    codings, found = read_codings(list(files), study, run["interviews"], texts, codebook_of(study))
    table = agreement(values_by_coder(codings, run["passages"]), seed=study.study.seed)
    if table.empty:
        coders = ", ".join(sorted({f"« {name} »" for name in codings["coder"]})) or "none"
        raise raw_error(
            f"{study.file.name}: no passage was coded by two coders (coders: {coders}).",
            "Give the files of both; each needs a column « codeuse » that names who coded.",
        )
    return table, [*problems, *found]
