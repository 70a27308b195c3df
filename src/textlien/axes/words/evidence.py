"""All tables of words, of the interviews of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from textlien import tables
from textlien.arrays import Floats
from textlien.axes.features.inputs import inputs_of
from textlien.axes.learning.classifier import Classifiers
from textlien.axes.registry import AxesModel
from textlien.axes.unscored import unscored
from textlien.axes.words.content import words_of
from textlien.axes.words.contributions import Decomposer
from textlien.axes.words.corpus import Counted, axis_parts, axis_words, counted
from textlien.axes.words.passages import passage_rows

REVISION = 1
"""Raised when the same scores get other words."""


class Scored(NamedTuple):
    """One interview with its scores: tables ``passages`` and ``passage_axes``, and its vectors."""

    passages: pd.DataFrame
    scores: pd.DataFrame
    vectors: Floats


class Evidence(NamedTuple):
    """Words of the axes.

    Attributes
    ----------
    axis_words, axis_parts, passage_words, passages_without_axis : tables.
    """

    axis_words: pd.DataFrame
    axis_parts: pd.DataFrame
    passage_words: pd.DataFrame
    passages_without_axis: pd.DataFrame


def words_of_axes(
    passages: pd.DataFrame, vectors: Floats, classifiers: Classifiers
) -> pd.DataFrame:
    """Table ``axis_words`` of passages alone, for the card of a model.

    Parameters
    ----------
    passages : table ``passages`` of the coded interviews, whole.
    vectors : in the order of its rows.
    classifiers : as trained.
    """
    decomposer = Decomposer(classifiers.features, list(classifiers.by_axis.values()))
    axes = list(classifiers.by_axis)
    of_interviews = []
    for rows in passages.groupby("interview_id", sort=False).indices.values():
        inputs = inputs_of(passages.iloc[rows], vectors[rows])
        with threadpool_limits(1):  # sums in another order differ in the last digit
            apart = decomposer.of(inputs)
        of_interviews.append(counted(words_of(inputs.text), apart, axes))
    return axis_words(of_interviews, axes)


def evidence(interviews: Iterable[Scored], model: AxesModel) -> Evidence:
    """List the words that speak for each axis and against it.

    Parameters
    ----------
    interviews : in the order of the corpus.
    model : that the scores are of.

    Notes
    -----
    Tool words have a share of their own, and are not listed: most add a little to any score, and
    none is a reason. Where the passage was learnt from, its words are those of the final model,
    while its probability is that of a model that had not seen it.
    """
    axes = list(model.classifiers)
    of_interviews: list[Counted] = []
    rows: list[dict[str, object]] = []
    without: list[dict[str, object]] = []
    decomposer = Decomposer(model.features, list(model.classifiers.values()))
    for passages, scores, vectors in interviews:
        inputs = inputs_of(passages, vectors)
        with threadpool_limits(1):  # sums in another order differ in the last digit
            apart = decomposer.of(inputs)
        words = words_of(inputs.text)
        of_interviews.append(counted(words, apart, axes))
        parts = of_interviews[-1].parts
        without += _without(passages, scores)
        rows += passage_rows(passages, scores, words, apart, parts, axes)
    return Evidence(
        axis_words(of_interviews, axes),
        axis_parts(of_interviews, axes),
        tables.make("passage_words", rows),
        tables.make("passages_without_axis", without),
    )


def _without(passages: pd.DataFrame, scores: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Passages that have no score, and why."""
    scored = set(scores["passage_id"])
    ids = passages["passage_id"].tolist()
    for row, reason in unscored(passages["text"].astype(str).tolist()).items():
        if ids[row] not in scored:
            yield {"passage_id": ids[row], "reason": reason}
