"""The codebook and the codings files that a study file names."""

from __future__ import annotations

from pathlib import Path

from textlien.coding.codebook import Axis, load_codebook
from textlien.corpus.discovery import files_matching
from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import Study


def codebook_of(study: Study) -> tuple[Axis, ...]:
    """The axes of a study: those of its codebook file, else the four of the Odas."""
    return load_codebook(study.resolve(study.axes.codebook) if study.axes.codebook else None)


def coding_files(study: Study) -> tuple[list[Path], list[Problem]]:
    """Files of codings, in order, and a problem for each entry that names none."""
    files: list[Path] = []
    problems = []
    for entry in study.axes.codings:
        found = files_matching(study, entry)
        if not found:
            message = f'no such file: "{entry}".'
            hint = "Correct the path; it is relative to the study file."
            problems.append(raw_problem(study.file.name, message, hint, "[axes.codings]"))
        files += [path for path in found if path not in files]
    return files, problems
