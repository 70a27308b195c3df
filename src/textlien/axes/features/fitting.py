"""Features fitted on the passages of a corpus: their n-grams, and landmarks of their meaning.

No label is looked at: n-grams and landmarks are taken once from all coded passages, and every fold
uses the same. What a fold must not see are labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans

from textlien.annotation.encoder import DIMENSION
from textlien.arrays import Floats, Integers, unit_rows
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import (
    Fitted,
    FittedMeaning,
    FittedNgrams,
    Meaning,
    Ngrams,
    Part,
    counted,
    radial,
)

_FEWEST_PASSAGES = 2
"""Passages that an n-gram must be in.

Macro-F1 is no lower for leaving out n-grams of a single passage (within 0.3 points in trials),
columns are half as many, and names said once stay out of the model.
"""

_MOST_LANDMARKS = 256
"""Landmarks of meaning: 512 bring .001 of average precision on 3,277 passages."""

_PASSAGES_A_LANDMARK = 2

# What rounding leaves of an eigenvalue of 0 must not be blown up by its inverse root.
_LEAST_EIGENVALUE = 1e-6


class Columns(NamedTuple):
    """A fitted part, and its features of passages, those that it was fitted on among them."""

    fitted: Fitted
    features: sparse.csr_matrix

    def rows(self, rows: Integers) -> Columns:
        """The part with the features of some of the passages."""
        return Columns(self.fitted, self.features[rows])


def fit_part(part: Part, inputs: Inputs, seed: int, rows: Integers | None = None) -> Columns | None:
    """Fit one part on passages.

    Parameters
    ----------
    part : what to make.
    inputs : of the passages.
    seed : of the landmarks.
    rows : passages to fit on; features are made of all of them. None: all.

    Returns
    -------
    None where the passages have nothing of the part: no n-gram twice, no context.
    """
    fitted_on = np.arange(len(inputs)) if rows is None else rows
    if isinstance(part, Ngrams):
        return _ngrams(part, inputs, fitted_on)
    fitted = _meaning(part, inputs.rows(fitted_on), seed)
    return Columns(fitted, fitted.of(inputs)) if fitted is not None and fitted.width else None


def fit_parts(
    parts: Sequence[Part], inputs: Inputs, seed: int, rows: Integers | None = None
) -> dict[Part, Columns]:
    """Fit several parts; those that there is nothing of are left out."""
    fitted = {part: fit_part(part, inputs, seed, rows) for part in parts}
    return {part: columns for part, columns in fitted.items() if columns is not None}


def beside(
    columns: Mapping[Part, Columns], parts: Sequence[Part], rows: Integers
) -> sparse.csr_matrix:
    """Features of some passages, parts side by side."""
    return sparse.csr_matrix(sparse.hstack([columns[part].features[rows] for part in parts], "csr"))


def _ngrams(part: Ngrams, inputs: Inputs, rows: Integers) -> Columns | None:
    """N-grams of two passages or more, in alphabetical order: counted once for all passages."""
    numbers: dict[str, int] = {}
    counts = counted(
        part.texts(inputs),
        part.analyse(),
        lambda ngram: numbers.setdefault(ngram, len(numbers)),
        lambda: len(numbers),
    )
    n_passages = np.bincount(counts[rows].indices, minlength=counts.shape[1])
    kept = sorted(ngram for ngram, n in numbers.items() if n_passages[n] >= _FEWEST_PASSAGES)
    if not kept:
        return None
    columns = np.array([numbers[ngram] for ngram in kept])
    idf = np.log((len(rows) + 1) / (n_passages[columns] + 1)) + 1
    fitted = FittedNgrams(part, tuple(kept), idf)
    chosen = sparse.csr_matrix(counts[:, columns])
    chosen.sort_indices()
    return Columns(fitted, fitted.weighted(chosen))


def _meaning(part: Meaning, inputs: Inputs, seed: int) -> FittedMeaning | None:
    """Landmarks of the passages that have a meaning."""
    vectors = part.vectors(inputs)
    vectors = vectors[vectors.any(axis=1)]
    if len(np.unique(vectors, axis=0)) < _PASSAGES_A_LANDMARK:
        return None
    mean, landmarks = landmarks_of(vectors, seed)
    return FittedMeaning(part, mean, landmarks, _inverse_root(radial(landmarks, landmarks)))


def landmarks_of(vectors: Floats, seed: int) -> tuple[Floats, Floats]:
    """Mean of vectors, and landmarks of what is left without it: centres of k-means, of length 1.

    Parameters
    ----------
    vectors : unit vectors; without any there is one landmark, 0.
    seed : of k-means.
    """
    if not len(vectors):
        return np.zeros(DIMENSION), np.zeros((1, DIMENSION))
    number = min(_MOST_LANDMARKS, len(np.unique(vectors, axis=0)) // _PASSAGES_A_LANDMARK)
    mean = vectors.mean(axis=0)
    ours = unit_rows(vectors - mean)
    means = KMeans(max(number, 1), n_init=1, max_iter=50, random_state=seed).fit(ours)
    return mean, unit_rows(np.asarray(means.cluster_centers_, dtype="float64"))


def _inverse_root(kernel: Floats) -> Floats:
    """A matrix R with R Rᵀ the inverse of a kernel, columns of vanishing eigenvalues left out."""
    values, vectors = np.linalg.eigh(kernel)
    kept = values > _LEAST_EIGENVALUE
    return np.asarray(vectors[:, kept] / np.sqrt(values[kept]), dtype="float64")
