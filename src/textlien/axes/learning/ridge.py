"""Ridge regression in its dual form: all axes, and all groups left out, by one inverse."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from textlien.arrays import Floats, Integers

CONSTANT = 10.0
"""Kernel of the constant feature, which carries the intercept: ten passages' worth, so that it is
hardly shrunk, and left out with a group like any other feature."""


class Solution(NamedTuple):
    """Ridge regressions of several targets on the same rows.

    Attributes
    ----------
    duals : (rows, targets): weights of the features are their transpose times these, the intercept
        is :data:`CONSTANT` times their sum. 0 for rows without a target.
    held_out : (rows, targets), the score of each row by the regression without its group; NaN for
        rows without a target.
    """

    duals: Floats
    held_out: Floats


def solve(kernel: Floats, targets: Floats, groups: Integers, penalty: float) -> Solution:
    """Regress targets on features whose products are given.

    Parameters
    ----------
    kernel : (rows, rows), products of the features of each two rows, without a constant.
    targets : (rows, targets), in [0, 1]; NaN where a row has none.
    groups : (rows,), number of the group of each row.
    penalty : λ > 0, of the squared weights.

    Notes
    -----
    With C the inverse of K + λI, duals are C y, and the rows g of a group are predicted without it
    by y_g - (C_gg)⁻¹ (C y)_g: no regression is made again.

    References
    ----------
    Rifkin, R., Lippert, R. (2007). Notes on regularized least squares. MIT-CSAIL-TR-2007-025.
    """
    duals = np.zeros(targets.shape)
    held_out = np.full(targets.shape, np.nan)
    there = ~np.isnan(targets)
    for pattern in np.unique(there, axis=1).T:
        columns = np.flatnonzero((there == pattern[:, np.newaxis]).all(axis=0))
        rows = np.flatnonzero(pattern)
        if not len(rows):  # in a fold, all labels of an axis may be held out
            continue
        of_rows = kernel if len(rows) == len(kernel) else kernel[np.ix_(rows, rows)]
        y = targets[np.ix_(rows, columns)]
        root = _inverse_root(of_rows, penalty)
        weights = np.asarray(root.T @ (root @ y))
        duals[np.ix_(rows, columns)] = weights
        held_out[np.ix_(rows, columns)] = _without_groups(root, weights, y, groups[rows])
    return Solution(duals, held_out)


def _inverse_root(kernel: Floats, penalty: float) -> Floats:
    """A triangular matrix R with Rᵀ R the inverse of the penalised kernel.

    The inverse itself would take half as long again, and only its blocks of groups are needed.
    """
    penalised = kernel + CONSTANT
    penalised[np.diag_indices(len(penalised))] += penalty
    factor, _ = linalg.lapack.dpotrf(penalised.T, lower=1, overwrite_a=1)
    root, _ = linalg.lapack.dtrtri(factor, lower=1, overwrite_c=1)
    return np.asarray(root)


def _without_groups(root: Floats, duals: Floats, targets: Floats, groups: Integers) -> Floats:
    """Scores of the rows of each group by the regression without it."""
    scores = np.zeros(targets.shape)
    for group in np.unique(groups):
        rows: NDArray[np.intp] = np.flatnonzero(groups == group)
        of_group = root[rows[0] :, rows]  # above its first row, R is 0
        errors = linalg.solve(of_group.T @ of_group, duals[rows], assume_a="pos")
        scores[rows] = targets[rows] - errors
    return scores
