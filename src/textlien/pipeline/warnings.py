"""Warnings about a corpus as a whole: roles to look at, an interview that is most of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location, message


class Dominance(NamedTuple):
    """Shares of the words of a wave and city from which one person is most of it. Judgements.

    Attributes
    ----------
    of_two, of_many : of a cell of two persons, where one always says more, and of a larger one.
    """

    of_two: float = 0.75
    of_many: float = 0.5


DOMINANCE = Dominance()
_MOST_FILES = 3


def corpus_warnings(
    interviews: pd.DataFrame, speakers: pd.DataFrame, study_file: str
) -> list[Problem]:
    """Warnings that no interview alone gives.

    Parameters
    ----------
    interviews, speakers : these tables; only interviews that are ``included`` count.
    study_file : its name in messages.
    """
    included = interviews[interviews["included"]]
    return [*_roles_to_check(included, speakers, study_file), *_most_of_a_cell(included)]


def doubtful(interviews: pd.DataFrame, speakers: pd.DataFrame) -> pd.Series:
    """Interviews that can be used, with a speaker whose role is a guess: True by row."""
    guesses = speakers.loc[~speakers["sure"], "interview_id"]
    return interviews["included"] & interviews["interview_id"].isin(guesses)


def _roles_to_check(
    included: pd.DataFrame, speakers: pd.DataFrame, study_file: str
) -> Iterator[Problem]:
    """One warning for all interviews whose roles are guessed."""
    files = included.loc[doubtful(included, speakers), "file"].unique()
    if not len(files):
        return
    place = Location(file=study_file, option="speakers")
    first, more = tuple(files[:_MOST_FILES]), max(0, len(files) - _MOST_FILES)
    names = (
        message("corpus.files-and-more", files=first, more=more)
        if more
        else message("corpus.files", files=first)
    )
    yield Problem.warning("corpus.roles-to-check", place, n=len(files), files=names)


def _most_of_a_cell(included: pd.DataFrame) -> Iterator[Problem]:
    """Persons who say more than all others of their wave and city together."""
    persons = included["person"].where(included["person"] != "", included["interview_id"])
    for (wave, city), cell in included.assign(who=persons).groupby(["wave", "city"]):
        words = cell.groupby("who")["n_words"].sum()
        total = int(words.sum())
        least = DOMINANCE.of_two if len(words) == 2 else DOMINANCE.of_many
        if len(words) < 2 or not total or words.max() <= least * total:
            continue
        longest = cell[cell["who"] == words.idxmax()].sort_values("n_words").iloc[-1]
        place, share = Location(file=longest["file"]), float(words.max() / total)
        n = len(cell)
        if city:
            yield Problem.warning(
                "corpus.most-of-a-cell",
                place,
                wave=str(wave),
                city=str(city),
                share=share,
                interviews=n,
            )
        else:
            yield Problem.warning(
                "corpus.most-of-a-wave", place, wave=str(wave), share=share, interviews=n
            )
