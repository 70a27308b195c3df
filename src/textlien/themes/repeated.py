"""Passages that repeat another one: a slogan, a standing phrase, a text handed in twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LIKENESS = 0.5
"""Share of their terms (Jaccard) that two passages have in common when one repeats the other.

Variants of a slogan share more; of the demonstration's passages, of which none repeats another, no
two of six terms share more than 0.42.
"""

FEWEST_TERMS = 6
"""Passages of fewer different terms are alike by chance, and are never said to repeat."""

# Passages compared at once with all others.
_AT_A_TIME = 500


def repeats(counts: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Find passages that repeat an earlier one.

    Themes are found without the repeats: forty copies of one paragraph are a theme to any
    factorisation, and hide what the other passages speak of.

    Parameters
    ----------
    counts : passages × terms.

    Returns
    -------
    Array of as many booleans as passages, True for those that repeat.

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
    prefixes = _rarest(present)
    prefixes = sparse.diags((n_terms >= FEWEST_TERMS).astype(np.int64), dtype=np.int64) @ prefixes
    is_repeat = np.zeros(present.shape[0], dtype=bool)
    # Some at a time: a corpus of leaflets has millions of pairs.
    for start in range(0, present.shape[0], _AT_A_TIME):
        pairs = (prefixes[start : start + _AT_A_TIME] @ prefixes.T).tocoo()
        rows, others = pairs.row.astype(np.int64) + start, pairs.col.astype(np.int64)
        rows, others = rows[others < rows], others[others < rows]
        shared = np.asarray(present[rows].multiply(present[others]).sum(axis=1)).ravel()
        alike = shared >= LIKENESS * (n_terms[rows] + n_terms[others] - shared)
        is_repeat[rows[alike]] = True
    return is_repeat


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
