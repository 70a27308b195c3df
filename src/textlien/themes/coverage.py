"""Passages that have a theme, and why the others have none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats


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
