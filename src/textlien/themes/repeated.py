"""Passages that repeat another one: a slogan, a standing phrase, a text handed in twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LIKENESS = 0.5
"""Share of their terms (Jaccard) that two passages have in common when one repeats the other."""

FEWEST_TERMS = 6
"""Passages of fewer different terms are alike by chance, and are never said to repeat."""


def repeats(counts: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Whether each passage repeats an earlier one.

    Themes are found without the repeats: forty copies of one paragraph are a theme to any
    factorisation, and hide what the other passages speak of.

    Parameters
    ----------
    counts : passages × terms.

    Returns
    -------
    Array of as many booleans as passages.

    Notes
    -----
    Only pairs that share one of their rarest terms are compared. Two sets with a Jaccard index of
    t or more share at least one of the n − ⌈t·n⌉ + 1 rarest terms of each (prefix filtering), so
    none is missed.

    References
    ----------
    Schofield, A., Thompson, L., Mimno, D. (2017). Quantifying the effects of text duplication on
    semantic models. *EMNLP*. Bayardo, R., Ma, Y., Srikant, R. (2007). Scaling up all pairs
    similarity search. *WWW*.
    """
    present = sparse.csr_matrix(counts > 0, dtype=np.int64)
    n_terms = np.diff(present.indptr)
    rows, others = _pairs(_rarest(present))
    rich = (n_terms[rows] >= FEWEST_TERMS) & (n_terms[others] >= FEWEST_TERMS)
    rows, others = rows[rich], others[rich]
    shared = np.asarray(present[rows].multiply(present[others]).sum(axis=1)).ravel()
    alike = shared >= LIKENESS * (n_terms[rows] + n_terms[others] - shared)
    found = np.zeros(present.shape[0], dtype=bool)
    found[rows[alike]] = True
    return found


def _rarest(present: sparse.csr_matrix) -> sparse.csr_matrix:
    """The prefix of each passage: its rarest terms, ties by column."""
    frequency = np.bincount(present.indices, minlength=present.shape[1])
    order = np.empty(len(frequency), dtype=np.int64)
    order[np.lexsort((np.arange(len(frequency)), frequency))] = np.arange(len(frequency))
    n_terms = np.diff(present.indptr)
    prefix = n_terms - np.ceil(LIKENESS * n_terms).astype(np.int64) + 1
    owner = np.repeat(np.arange(present.shape[0]), n_terms)
    by_rarity = np.lexsort((order[present.indices], owner))
    place = np.arange(len(owner)) - present.indptr[owner]
    kept = by_rarity[place < prefix[owner]]
    entries = (np.ones(len(kept), dtype=np.int64), (owner[kept], present.indices[kept]))
    return sparse.csr_matrix(entries, shape=present.shape)


def _pairs(prefixes: sparse.csr_matrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (later, earlier) of passages that share a term of their prefixes."""
    together = sparse.tril(prefixes @ prefixes.T, k=-1, format="coo")
    return together.row.astype(np.int64), together.col.astype(np.int64)
