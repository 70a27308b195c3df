"""Comparison of the new study, read back as a user would, with its source."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pseudonyms.replacing.rewrite import Rewritten
from textlien.pseudonyms.replacing.source import Read, Source
from textlien.study.loading import load

_MOST_PROBLEMS = 3
"""Problems of the new study that are reported: the others have the same cause."""


class Expected(NamedTuple):
    """The content that a reader must find in the new folder.

    Attributes
    ----------
    rewritten : interviews, by identifier before.
    files, new_names : new file and new identifier, by identifier before.
    n_codings : codings in all files.
    """

    rewritten: Mapping[str, Rewritten]
    files: Mapping[str, str]
    new_names: Mapping[str, str]
    n_codings: int


def compare(expected: Expected, study_file: Path, read: Read) -> None:
    """Read the new study and compare it.

    Raises
    ------
    TextlienError
        When a turn, a text or a coding would be read otherwise.
    """
    study = load(study_file)
    with tempfile.TemporaryDirectory() as folder:
        source = read(study, Path(folder))
        for interview, new in expected.new_names.items():
            file = expected.files[interview]
            if new not in source.corpus.turns:
                _raise_unread(source, file)
            _compare_interview(expected.rewritten[interview], source, new, file)
        paths, axes = coding_files(study)[0], codebook_of(study)
        interviews = source.corpus.interviews
        codings, _ = read_codings(paths, study.display_path, interviews, source.text, axes)
    if len(codings) != expected.n_codings or (codings["anchor"] != "kept").any():
        n, n_expected = len(codings), expected.n_codings
        raise TextlienError(
            Problem.error(
                "pseudonyms.codings-differ",
                Location(file=study.file.name),
                n=n,
                expected=n_expected,
            )
        )


def _raise_unread(source: Source, file: str) -> None:
    """Report an interview that is not read back, with errors of the new study."""
    errors = [problem for problem in source.corpus.problems if problem.severity == "error"]
    unread = Problem.error("pseudonyms.not-read-back", Location(file=file))
    raise TextlienError(unread, *errors[:_MOST_PROBLEMS])


def _compare_interview(rewritten: Rewritten, source: Source, new: str, file: str) -> None:
    """Compare the turns and the text of one interview."""
    turns = source.turns(new).rename(columns={"start": "from", "end": "to"})
    turns = turns.rename(columns={"time_start": "start", "time_end": "end"})
    for column in rewritten.turns.columns:
        _compare_column(rewritten.turns[column], turns[column], column, file)
    if source.text(new) != rewritten.text:
        raise TextlienError(Problem.error("pseudonyms.text-differs", Location(file=file)))


def _compare_column(expected: pd.Series, values: pd.Series, column: str, file: str) -> None:
    """Compare one column of turns."""
    # A moment that is not known is NaN, which equals nothing.
    pairs = zip(map(str, expected), map(str, values), strict=False)
    turn = next((n for n, (left, right) in enumerate(pairs) if left != right), None)
    if turn is not None:
        location = Location(file=file, turn=turn)
        raise TextlienError(Problem.error("pseudonyms.turn-differs", location, column=column))
    if len(expected) != len(values):
        n, n_expected = len(values), len(expected)
        location = Location(file=file)
        raise TextlienError(
            Problem.error("pseudonyms.turns-differ", location, n=n, expected=n_expected)
        )
