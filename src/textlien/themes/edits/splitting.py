"""One theme → several, each around words that the researcher gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.burst import neighbours
from textlien.themes.edits.resolving import Columns
from textlien.themes.model import Material

# Passages that the meaning of a term is worth beside those in which it is said, and how sharply
# terms are divided. Chosen on pairs of themes of 68 interviews, merged and split again by three
# words of each: .85 of the weight of all other terms came back to its theme, against .73 with
# 5 and 1, and .65 by meaning alone.
_CAUTION = 1.0
_SHARPNESS = 2


def split(row: Floats, parts: Sequence[Columns], material: Material) -> Floats:
    """Divide the weights of a theme among lists of words.

    Parameters
    ----------
    row : (terms,), weights of the theme.
    parts : terms that each part gathers; no term in two of them.
    material : in which terms are said near these words, or not.

    Returns
    -------
    Parts × terms; columns sum to ``row``.

    Notes
    -----
    The words of a part go to it whole. Any other term is divided in proportion to
    ((c + a·m·v) / (e + a))², with a = 1: c passages have the term, and one of the part's words in
    them or in the passage before or behind; e would by chance; v is the part's share of the
    similarity of meaning between the term and the words of all m parts. A word that goes with
    no part more than with another, as « enfant » with « école » and « crèche », is divided
    evenly: a passage goes by its other words.
    """
    terms = np.flatnonzero(row)
    present = sparse.csr_matrix(material.counts[material.learn] > 0, dtype=np.float64)[:, terms]
    around = _passages_around(parts, material)[material.learn]
    together = np.asarray(present.T @ around)
    expected = np.outer(np.asarray(present.sum(axis=0)), around.mean(axis=0))
    likeness = _likeness(terms, parts, material)
    ratio = (together + _CAUTION * len(parts) * likeness) / (expected + _CAUTION)
    ratio = ratio**_SHARPNESS
    rows = np.zeros((len(parts), len(row)))
    rows[:, terms] = (ratio / ratio.sum(axis=1, keepdims=True)).T * row[terms]
    for number, words in enumerate(parts):
        rows[:, list(words)] = 0
        rows[number, list(words)] = row[list(words)]
    return rows


def _passages_around(parts: Sequence[Columns], material: Material) -> Floats:
    """Passages × parts: 1 where a word of the part is said, or in the passages next to it."""
    near = neighbours(material, 1)
    columns = []
    for words in parts:
        present = np.asarray(material.counts[:, list(words)].sum(axis=1)).ravel() > 0
        columns.append((present + near @ present) > 0)
    return np.asarray(np.column_stack(columns), dtype="float64")


def _likeness(terms: NDArray[np.intp], parts: Sequence[Columns], material: Material) -> Floats:
    """Terms × parts: shares of the similarity of meaning to each part's words; rows sum to 1."""
    vectors = material.vectors[terms]
    means = [
        np.maximum(vectors @ material.vectors[list(words)].T, 0).mean(axis=1) for words in parts
    ]
    # Where the meaning of a word is not known, it is as near to all parts.
    likeness = np.column_stack(means) + 1e-9
    return np.asarray(likeness / likeness.sum(axis=1, keepdims=True), dtype="float64")
