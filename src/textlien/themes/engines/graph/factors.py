"""Groups of terms in the graph, found by factorisation."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

from textlien.arrays import Floats

# Cosine of two groups' weights from which they are one group found twice.
_TWINS = 0.6

# Twins that are merged and groups that do not hold leave room, which a finer factorisation fills;
# more rounds than this bring nothing new.
_ROUNDS = 3

# A group has three terms at least.
_FEWEST_TERMS = 3

# Themes change by their last decimals only between 1e-3 and scikit-learn's default of 1e-4, which
# takes three times as long.
_TOLERANCE = 1e-3


def groups(
    edges: sparse.csr_matrix,
    k: int,
    iterations: int,
    seed: int,
    holds: Callable[[Floats], NDArray[np.bool_]],
) -> Floats:
    """Find at most ``k`` groups of nodes.

    Parameters
    ----------
    edges : nodes × nodes, ≥ 0, symmetric.
    k : number of groups at most.
    iterations : of each factorisation, at most.
    seed : of the start.
    holds : tells which groups (rows) are kept.

    Returns
    -------
    Groups × nodes, ≥ 0, rows sum to 1.

    References
    ----------
    Kuang, D., Ding, C., Park, H. (2012). Symmetric nonnegative matrix factorization for graph
    clustering. *SDM*. Both factors are kept here, and added up. Start: Boutsidis, C., Gallopoulos,
    E. (2008). SVD based initialization. *Pattern Recognition* 41, 1350-1362.
    """
    most = edges.shape[0] // _FEWEST_TERMS
    wanted = k
    merged = np.zeros((0, edges.shape[0]))
    for _ in range(_ROUNDS):
        wanted = min(wanted, most)
        if wanted < 1:
            return merged
        merged = _without_twins(_factorised(edges, wanted, iterations, seed))
        merged = merged[holds(merged)]
        if len(merged) >= k or wanted == most:
            break
        wanted += k - len(merged)
    if len(merged) > k:
        tight = np.array([(row @ (edges @ row)) / (row @ row) for row in merged])
        merged = merged[np.sort(np.argsort(-tight, kind="stable")[:k])]
    return merged


def _factorised(edges: sparse.csr_matrix, k: int, iterations: int, seed: int) -> Floats:
    """The groups of one factorisation: the means of both factors, each scaled to sum to 1."""
    model = NMF(k, init="nndsvda", max_iter=iterations, tol=_TOLERANCE, random_state=seed)
    with warnings.catch_warnings():
        # Stopping at `iterations` changes the last decimals only; it does not concern the user.
        warnings.simplefilter("ignore", ConvergenceWarning)
        left = np.asarray(model.fit_transform(edges), dtype="float64").T
    both = _unit_sum(left) + _unit_sum(np.asarray(model.components_, dtype="float64"))
    return _unit_sum(both[both.sum(axis=1) > 0])


def _without_twins(rows: Floats) -> Floats:
    """Add up the two most alike groups as long as they are twins."""
    left = list(rows)
    while len(left) > 1:
        matrix = np.array(left)
        unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
        alike = np.triu(unit @ unit.T, 1)
        first, second = divmod(int(alike.argmax()), len(left))
        if alike[first, second] < _TWINS:
            break
        left[first] = left[first] + left.pop(second)
    return _unit_sum(np.array(left))


def _unit_sum(rows: Floats) -> Floats:
    """Rows that sum to 1; a row of zeros stays."""
    sums = rows.sum(axis=1, keepdims=True)
    return np.asarray(rows / np.where(sums > 0, sums, 1), dtype="float64")
