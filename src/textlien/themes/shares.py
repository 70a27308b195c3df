"""The share of each theme in each passage, with a remainder that belongs to none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.burst import salience
from textlien.themes.model import Material, ThemeModel

# One salient word in a passage of nothing else leaves half of it outside of themes: a word alone
# may be a figure of speech.
_PRIOR_OUTSIDE = 1.0

# Shares change by less than a thousandth from about the fifteenth step on.
_STEPS = 20

# A share under a thousandth tells nothing; half of all rows of the table would be such.
_LEAST_SHARE = 0.001

# Passages at a time, so that memory does not grow with the corpus.
_AT_A_TIME = 5000


def theme_model(material: Material, weights: Floats) -> ThemeModel:
    """Put together what passages are measured with.

    Parameters
    ----------
    material : that the themes were found in.
    weights : themes × terms, ≥ 0, of any scale.
    """
    return measurer(material)(weights)


def measurer(material: Material) -> Callable[[Floats], ThemeModel]:
    """Prepare :func:`theme_model` for any number of themes of a material."""
    background = background_of(material)
    telling = salience(material.learnt())

    def put_together(weights: Floats) -> ThemeModel:
        used = weights[weights.sum(axis=1) > 0]
        scaled = used / used.sum(axis=1, keepdims=True)
        return ThemeModel(material.terms, scaled, telling, background)

    return put_together


def background_of(material: Material) -> Floats:
    """Frequency of each term, each counted once more than it does; sums to 1."""
    totals = np.asarray(material.counts.sum(axis=0), dtype="float64").ravel() + 1
    return np.asarray(totals / totals.sum(), dtype="float64")


def passage_shares(model: ThemeModel, counts: sparse.csr_matrix) -> Floats:
    """Share of each theme in each passage: of a merged theme, the sum of its components'.

    Parameters
    ----------
    model : themes.
    counts : passages × terms of the model; rows may be empty.

    Returns
    -------
    Passages × themes; rows sum to 1 at most. What is missing to 1 is outside of all themes.

    Notes
    -----
    A passage is a mixture of the themes and of the background; the parts of the mixture are
    those of greatest likelihood, occurrences of a term counting ``salience`` and one more
    occurrence counting for the background (expectation-maximisation, themes held fixed: the
    « folding in » of Hofmann 1999, *UAI*).
    """
    if model.components is not None and model.owners is not None:
        # Measured on the sum of their words, two themes would together have two thirds to nine
        # tenths of their shares (`benchmarks/theme_entries.py`): a passage has words of one only.
        apart = model._replace(weights=model.components, components=None, owners=None)
        to_theme = np.zeros((len(model.components), len(model.weights)))
        to_theme[np.arange(len(model.owners)), model.owners] = 1
        return np.asarray(passage_shares(apart, counts) @ to_theme, dtype="float64")
    parts = [
        _mixtures(model, counts[start : start + _AT_A_TIME])
        for start in range(0, counts.shape[0], _AT_A_TIME)
    ]
    return np.vstack(parts) if parts else np.zeros((0, len(model.weights)))


def _mixtures(model: ThemeModel, counts: sparse.csr_matrix) -> Floats:
    """Parts of the mixture of some passages.

    Only the pairs of a term in a passage and a theme that has the term are looked at.
    """
    n_passages, n_themes = counts.shape[0], len(model.weights)
    cells = counts.tocoo()
    mass = cells.data * model.salience[cells.col]
    used = mass > 0
    rows, columns, mass = cells.row[used], cells.col[used], mass[used]
    by_term = sparse.csr_matrix(model.weights.T)
    n_each = np.diff(by_term.indptr)[columns]
    cell = np.repeat(np.arange(len(columns)), n_each)
    first = np.cumsum(n_each) - n_each
    place = by_term.indptr[columns][cell] + np.arange(len(cell)) - first[cell]
    slot = rows[cell] * n_themes + by_term.indices[place]
    fit = by_term.data[place]
    outside = model.background[columns]
    totals = np.bincount(rows, weights=mass, minlength=n_passages) + _PRIOR_OUTSIDE
    shares = np.full(n_passages * n_themes, 1 / (n_themes + 1))
    rest = np.full(n_passages, 1 / (n_themes + 1))
    for _ in range(_STEPS):
        likelihood = shares[slot] * fit
        inside = np.bincount(cell, weights=likelihood, minlength=len(columns))
        whole = inside + rest[rows] * outside
        part = likelihood * (mass / whole)[cell]
        shares = np.bincount(slot, weights=part, minlength=len(shares))
        shares = (shares.reshape(n_passages, n_themes) / totals[:, np.newaxis]).ravel()
        rest = 1 - shares.reshape(n_passages, n_themes).sum(axis=1)
    # What the steps leave of a theme that a passage has not is no share.
    shares[shares < _LEAST_SHARE] = 0
    return shares.reshape(n_passages, n_themes)
