"""Passages that have a theme, and why the others have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textlien import tables
from textlien.arrays import Floats
from textlien.errors import Problem
from textlien.messages.message import Location, Message, message
from textlien.themes.model import ThemeModel

# A word alone may be a figure of speech: it leaves at least half of a passage outside.
_FEWEST_TELLING = 2


class Reason(StrEnum):
    """Why a passage has no theme; values of ``passages_without_theme.reason``."""

    NO_TERM = "no-term"
    TALK = "talk"
    FEW_TERMS = "few-terms"
    OUTSIDE = "outside"
    SET_ASIDE = "set-aside"


def has_theme(shares: Floats) -> NDArray[np.bool_]:
    """Tell which passages have a theme: the greatest share of a theme exceeds the remainder.

    Parameters
    ----------
    shares : passages × themes, of :func:`~textlien.themes.shares.passage_shares`; rows sum to 1
        at most.

    Examples
    --------
    >>> has_theme(np.array([[0.5, 0.2], [0.3, 0.3], [0.0, 0.0]])).tolist()
    [True, False, False]
    """
    if not shares.shape[1]:
        return np.zeros(len(shares), dtype=bool)
    return np.asarray(shares.max(axis=1) > 1 - shares.sum(axis=1))


def without_theme(
    model: ThemeModel,
    counts: sparse.csr_matrix,
    shares: Floats,
    passages: Sequence[str],
    aside: NDArray[np.bool_],
) -> pd.DataFrame:
    """Table ``passages_without_theme`` of the passages that have terms.

    Parameters
    ----------
    model : themes.
    counts : passages × terms of the model.
    shares : passages × themes.
    passages : identifier of each row.
    aside : (themes,), True for those that the researcher has set aside.
    """
    themed = has_theme(shares)
    telling = np.asarray((counts > 0) @ _tells(model.salience).astype("int64")).ravel()
    reasons = np.full(len(passages), Reason.OUTSIDE, dtype=object)
    reasons[telling < _FEWEST_TELLING] = Reason.FEW_TERMS
    reasons[telling == 0] = Reason.TALK
    without = ~themed
    if len(aside):
        dropped = themed & aside[shares.argmax(axis=1)]
        reasons[dropped] = Reason.SET_ASIDE
        without |= dropped
    rows = {"passage_id": np.asarray(passages, dtype=object)[without], "reason": reasons[without]}
    return tables.make("passages_without_theme", pd.DataFrame(rows))


def _tells(salience: Floats) -> NDArray[np.bool_]:
    """True for terms above the least salience: that of words of talk, and of rare words.

    Where all are alike, each tells as much as any other.
    """
    least = salience.min(initial=np.inf)
    return np.asarray((salience > least) | (salience.max(initial=0) == least))


def ledger(with_terms: pd.DataFrame, ids: Iterable[str], counted: Iterable[str]) -> pd.DataFrame:
    """Table ``passages_without_theme`` of a whole corpus.

    Parameters
    ----------
    with_terms : the table of the passages that have terms, by :func:`without_theme`.
    ids : identifiers of all passages, in the order of the corpus.
    counted : identifiers of the passages that have terms.
    """
    reasons = dict(zip(with_terms["passage_id"], with_terms["reason"], strict=True))
    has_terms = set(counted)
    rows: list[dict[str, object]] = [
        {"passage_id": passage, "reason": reasons.get(passage, Reason.NO_TERM)}
        for passage in ids
        if passage in reasons or passage not in has_terms
    ]
    return tables.make("passages_without_theme", rows)


def note(table: pd.DataFrame, passages: int) -> Problem:
    """Say how many passages have no theme, and why.

    Parameters
    ----------
    table : ``passages_without_theme``.
    passages : number of passages of the corpus.
    """
    return Problem.note(
        "themes.without",
        Location(option="themes"),
        without=len(table),
        passages=passages,
        share=len(table) / passages,
        reasons=counts_by_reason(table),
    )


def counts_by_reason(table: pd.DataFrame) -> tuple[Message, ...]:
    """Number of passages without theme for each reason that there is, in words."""
    sizes = table["reason"].value_counts()
    texts = (
        message("themes.without-no-term", n=int(sizes.get(Reason.NO_TERM, 0))),
        message("themes.without-talk", n=int(sizes.get(Reason.TALK, 0))),
        message("themes.without-few-terms", n=int(sizes.get(Reason.FEW_TERMS, 0))),
        message("themes.without-outside", n=int(sizes.get(Reason.OUTSIDE, 0))),
        message("themes.without-set-aside", n=int(sizes.get(Reason.SET_ASIDE, 0))),
    )
    return tuple(text for text in texts if text.values["n"])
