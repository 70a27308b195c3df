"""Shares of passages in themes of which some were merged."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.model import ThemeModel
from textlien.themes.shares import passage_shares


def theme_shares(model: ThemeModel, counts: sparse.csr_matrix) -> Floats:
    """Share of each theme in each passage: of a merged theme, the sum of its components'.

    Measured on the sum of their words, two themes would together have two thirds to nine tenths
    of their shares (``benchmarks/theme_entries.py``): a passage has the words of one of them only.

    Parameters
    ----------
    model, counts : see :func:`~textlien.themes.shares.passage_shares`.
    """
    if model.components is None or model.owners is None:
        return passage_shares(model, counts)
    apart = model._replace(weights=model.components, components=None, owners=None)
    to_theme = np.zeros((len(model.components), len(model.weights)))
    to_theme[np.arange(len(model.owners)), model.owners] = 1
    return np.asarray(passage_shares(apart, counts) @ to_theme, dtype="float64")
