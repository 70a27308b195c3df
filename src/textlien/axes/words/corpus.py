"""Words of most weight for each axis, and what its scores come from, over a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Floats
from textlien.axes.words.content import Words
from textlien.axes.words.contributions import Contributions
from textlien.tables.schemas import PARTS_OF_SCORES

_MOST_WORDS = 40
"""Words of each axis and direction: more than anyone reads."""

_FEWEST_PASSAGES, _FEWEST_INTERVIEWS = 5, 3
"""Passages and interviews that a word of an axis must be in: else it is a person's, or chance."""


class Counted(NamedTuple):
    """Sums of one interview for the tables of the corpus.

    Attributes
    ----------
    words : by lemma: log-odds by axis, ``n_passages``.
    uses : by lemma and form.
    parts : (passages, parts, axes), log-odds of ``axis_parts``.
    """

    words: pd.DataFrame
    uses: pd.Series
    parts: Floats


def counted(words: Words, apart: Contributions, axes: Sequence[str]) -> Counted:
    """Sum up what the words of one interview add."""
    content = ~words.tool
    lemmas = words.lemmas[content]
    frame = pd.DataFrame(apart.words[content], columns=pd.Index(axes))
    by_passage = frame.groupby([lemmas, apart.passages[content]]).sum()
    by_lemma = by_passage.groupby(level=0)
    sums = by_lemma.sum().assign(n_passages=by_lemma.size())
    uses = pd.Series(1, index=range(len(lemmas))).groupby([lemmas, words.forms[content]]).sum()
    parts = [
        apart.of_words(content),
        apart.of_words(words.tool),
        apart.meaning,
        apart.context,
    ]
    return Counted(sums, uses, np.stack(parts, axis=1))


def axis_words(interviews: Sequence[Counted], axes: Sequence[str]) -> pd.DataFrame:
    """Words of most weight for each axis and against it.

    Returns
    -------
    Table ``axis_words``: words of five passages and three interviews at least, by their mean
    log-odds in the passages that have them × ln(1 + passages).
    """
    if not interviews:
        return tables.make("axis_words", [])
    words = pd.concat([each.words.assign(n_interviews=1) for each in interviews])
    words = words.groupby(level=0).sum()
    fewest = min(_FEWEST_INTERVIEWS, len(interviews))
    words = words[(words["n_passages"] >= _FEWEST_PASSAGES) & (words["n_interviews"] >= fewest)]
    frames = [
        _ranked(words, axis, direction, sign)
        for axis in axes
        for direction, sign in (("for", 1), ("against", -1))
    ]
    frame = pd.concat(frames)
    forms = _commonest(pd.concat([each.uses for each in interviews]))
    words_of_rows = pd.Series(frame.index, index=frame.index).map(forms)
    return tables.make("axis_words", frame.assign(word=words_of_rows))


def _ranked(words: pd.DataFrame, axis: str, direction: str, sign: int) -> pd.DataFrame:
    """Words for an axis or against it, the weightiest first."""
    mean = words[axis] / words["n_passages"]
    weight = sign * mean * np.log1p(words["n_passages"])
    first = weight[weight > 0].sort_values(ascending=False, kind="stable").head(_MOST_WORDS).index
    columns: pd.DataFrame = words.loc[first, ["n_passages", "n_interviews"]]
    return columns.assign(
        axis=axis, direction=direction, rank=range(1, len(first) + 1), contribution=mean[first]
    )


def _commonest(uses: pd.Series) -> dict[str, str]:
    """The commonest form of each lemma; of two as common, the first of the alphabet."""
    totals = uses.groupby(level=[0, 1]).sum().sort_values(kind="stable", ascending=False)
    forms: dict[str, str] = {}
    for lemma, form in totals.index:
        forms.setdefault(lemma, form)
    return forms


def axis_parts(interviews: Sequence[Counted], axes: Sequence[str]) -> pd.DataFrame:
    """Shares of the scores that come from words of content, tool words, meaning and context.

    Returns
    -------
    Table ``axis_parts``: covariance of each part with the score over the variance of the score.
    The shares of an axis add up to 1; a part that speaks against the others has a negative one. No
    row for an axis that has the same score everywhere.
    """
    rows = list(_shares(interviews, axes)) if interviews else []
    return tables.make("axis_parts", rows)


def _shares(interviews: Sequence[Counted], axes: Sequence[str]) -> Iterator[dict[str, object]]:
    """Rows of ``axis_parts``."""
    parts = np.concatenate([each.parts for each in interviews])
    centred = parts - parts.mean(axis=0)
    scores = centred.sum(axis=1)
    for number, axis in enumerate(axes):
        score = scores[:, number]
        if (score**2).sum() > 0:
            shares = centred[:, :, number].T @ score / (score**2).sum()
            for part, share in zip(PARTS_OF_SCORES, shares, strict=True):
                yield {"axis": axis, "part": part, "score_share": float(share)}
