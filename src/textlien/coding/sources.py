"""The codebook and the codings files that a study file names."""

from __future__ import annotations

from pathlib import Path

from textlien.coding.codebook import Axis, load_codebook
from textlien.corpus.discovery import files_matching
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import Study


def codebook_of(study: Study) -> tuple[Axis, ...]:
    """The axes of a study: those of its codebook file, else the four of the Odas."""
    file = study.axes.codebook
    return load_codebook(study.resolve(file), file) if file else load_codebook()


def coding_files(study: Study) -> tuple[list[Path], list[Problem]]:
    """Files of codings, in order, and a problem for each entry that names none."""
    files: list[Path] = []
    problems = []
    for entry in study.axes.codings:
        matches = files_matching(study, entry)
        if not matches:
            where = Location(file=study.file.name, option="axes.codings")
            problems.append(Problem.error("coding.no-codings-file", where, path=entry))
        files += [path for path in matches if path not in files]
    return files, problems
