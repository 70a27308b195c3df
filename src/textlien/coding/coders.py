"""Coders: who they are where no column names them, and what they say twice and differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location

_SAME_PASSAGE = 0.5
"""Part of each of two spans that lies in the other, from which both are one passage to a coder.

The same part decides which coding applies to which passage (:mod:`textlien.coding.labels`): a short
yes within a long no is no contradiction, for the long coding is mostly of other words.
"""


def name_coders(codings: Mapping[str, Sequence[dict[str, object]]]) -> list[Problem]:
    """Name coders after their files where several files have codings, and some name nobody.

    Without that, the codings of several people would be those of one person with two minds.

    Parameters
    ----------
    codings : rows of table ``codings`` by file; those without a coder are given one here.

    Returns
    -------
    A note for each file whose coder was named after it.
    """
    if sum(map(bool, codings.values())) < 2:
        return []
    notes = []
    names = _names_of(list(codings))
    for file, rows in codings.items():
        unnamed = [row for row in rows if not row["coder"]]
        for row in unnamed:
            row["coder"] = names[file]
        if unnamed:
            place = Location(file=file)
            coder, n = names[file], len(unnamed)
            notes.append(Problem.note("coding.coder-from-file", place, coder=coder, n=n))
    return notes


def _names_of(files: Sequence[str]) -> dict[str, str]:
    """The stem of each file, or its path where another has the same stem."""
    stems = [PurePosixPath(file).stem for file in files]
    return {
        file: stem if stems.count(stem) == 1 else str(PurePosixPath(file).with_suffix(""))
        for file, stem in zip(files, stems, strict=True)
    }


def without_contradictions(
    codings: pd.DataFrame, places: Mapping[str, Location]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out what the same coder says of the same passage and axis both ways.

    Parameters
    ----------
    codings : table ``codings``.
    places : file and row of each coding, by its identifier.

    Returns
    -------
    The other codings, and an error for each pair.
    """
    pairs = list(_contradictions(codings))
    problems = [
        Problem.error(
            "coding.contradiction",
            places[second.coding_id],
            axis=second.axis,
            other=places[first.coding_id],
        )
        for first, second in pairs
    ]
    left_out = {coding.coding_id for pair in pairs for coding in pair}
    return codings[~codings["coding_id"].isin(left_out)].reset_index(drop=True), problems


class _Coding(NamedTuple):
    """Columns of table ``codings``."""

    coding_id: str
    axis: str
    value: float
    start: int
    end: int


def _contradictions(codings: pd.DataFrame) -> Iterator[tuple[_Coding, _Coding]]:
    """Pairs of codings of one coder, passage and axis with different values."""
    for _, rows in codings.groupby(["interview_id", "axis", "coder"], sort=False):
        if rows["value"].nunique() < 2:
            continue
        ordered = rows.sort_values("start", kind="stable")[list(_Coding._fields)]
        spans = [_Coding(*row) for row in ordered.itertuples(index=False)]
        for index, first in enumerate(spans):
            for second in spans[index + 1 :]:
                if second.start >= first.end:
                    break
                if first.value != second.value and _are_one_passage(first, second):
                    yield first, second


def _are_one_passage(first: _Coding, second: _Coding) -> bool:
    """True if half of each span, at least, lies in the other."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    return shared >= _SAME_PASSAGE * max(first.end - first.start, second.end - second.start)
