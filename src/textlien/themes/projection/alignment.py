"""A corpus counted in the terms of a model that was made of another one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.projection.saved import SavedThemes, would_be_terms


class Aligned(NamedTuple):
    """Counts of a corpus, by what the model knows of its terms.

    Attributes
    ----------
    counts : passages × terms of the model.
    unknown : (passages,), occurrences of terms that the model lacks and would have if they had
        been as frequent in its corpus.
    strange : names of those terms, the most frequent first.
    coverage : share of all occurrences that the model knows; NaN without any.
    """

    counts: sparse.csr_matrix
    unknown: Floats
    strange: tuple[str, ...]
    coverage: float


def align(
    saved: SavedThemes, terms: pd.DataFrame, counts: sparse.csr_matrix, n_interviews: int
) -> Aligned:
    """Count a corpus in the terms of a model, which are found by their name.

    Parameters
    ----------
    terms : table of the corpus.
    counts : its passages × terms, columns in the order of the table.
    n_interviews : that the passages are of.

    Notes
    -----
    A collocation of this corpus alone is counted by those of its words that the model knows:
    « union européen » says something to a model that only has « européen ». Words that were too
    common to be terms of the model are neither known nor unknown; nor are those too rare to be
    missed (:func:`~textlien.themes.projection.saved.would_be_terms`).
    """
    column = {term: number for number, term in enumerate(saved.model.terms)}
    links = [
        (row, column[word])
        for row, (term, kind) in enumerate(zip(terms["term"], terms["kind"], strict=True))
        for word in _words(term, kind, column)
    ]
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    shape = (len(terms), len(column))
    translation = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    is_known = np.diff(translation.indptr) > 0
    expected = would_be_terms(
        terms["n_passages"].to_numpy() / counts.shape[0],
        terms["n_interviews"].to_numpy() / n_interviews,
        saved.origin.size,
        saved.origin.fewest,
    )
    foreign = ~is_known & expected & ~terms["term"].isin(saved.common).to_numpy()
    totals = np.asarray(counts.sum(axis=0), dtype="float64").ravel()
    heard = totals[is_known].sum() + totals[foreign].sum()
    order = np.argsort(-totals, kind="stable")
    return Aligned(
        sparse.csr_matrix(counts @ translation),
        np.asarray(counts[:, foreign].sum(axis=1), dtype="float64").ravel(),
        tuple(terms["term"].iloc[order[foreign[order]]]),
        float(totals[is_known].sum() / heard) if heard else float("nan"),
    )


def _words(term: str, kind: str, column: dict[str, int]) -> list[str]:
    """The term of the model that a term is, or those that a collocation is made of."""
    if term in column:
        return [term]
    if kind != "collocation":
        return []
    return [word for word in term.replace("'", "' ").split() if word in column]
