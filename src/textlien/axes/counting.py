"""N-grams and words of passages, counted once for all folds.

Counts do not depend on the fold: each fold only chooses its columns (n-grams of two of its
passages or more) and its weights. The numbers are those of counting anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from textlien.annotation.vectors import load_vectors
from textlien.arrays import Integers
from textlien.axes.features import (
    INPUT_COLUMNS,
    Fitted,
    FittedNgrams,
    FittedVectors,
    Part,
    PassageFeatures,
    Vectors,
    counted,
    mean_vectors,
    side_by_side,
    tfidf,
)

_FEWEST_PASSAGES = 2
"""Passages that an n-gram must be in.

Macro-F1 is no lower for leaving out n-grams of a single passage (within 0.3 points in trials),
columns are half as many, and names said once stay out of the model.
"""

_SMOOTHING = 1e-3
"""The ``a`` of Arora et al., who find 1e-3 to 1e-4 equally good."""


class _PartCounts(NamedTuple):
    """Counts of one part in all passages; ``ngrams`` names the columns, sorted."""

    part: Part
    counts: sparse.csr_matrix
    ngrams: Sequence[str]


class _Columns(NamedTuple):
    """One part as a fold has it: ``columns`` are those of the counts, all of them for vectors."""

    counts: sparse.csr_matrix
    columns: Integers
    fitted: Fitted


class FoldFeatures(NamedTuple):
    """Features fitted on some of the passages that were counted."""

    parts: tuple[_Columns, ...]

    @property
    def features(self) -> PassageFeatures:
        """The same for other passages."""
        return PassageFeatures(tuple(part.fitted for part in self.parts))

    def rows(self, rows: Integers) -> sparse.csr_matrix:
        """Features of the counted passages in these rows: (rows, columns)."""
        return side_by_side(
            tfidf(part.counts[rows][:, part.columns], part.fitted.idf)
            if isinstance(part.fitted, FittedNgrams)
            else part.fitted.of_counts(part.counts[rows])
            for part in self.parts
        )


class PassageCounts:
    """N-grams and words of passages, counted once for all folds.

    Parameters
    ----------
    parts : counts of each part.
    """

    def __init__(self, parts: Sequence[_PartCounts]) -> None:
        """Keep the counts of each part."""
        self._parts = parts

    def fit(self, rows: Integers, *, columns: Sequence[str] = INPUT_COLUMNS) -> FoldFeatures:
        """Fit features on the passages in these rows.

        Parameters
        ----------
        rows : row numbers of passages.
        columns : parts made of other columns are left out.
        """
        return FoldFeatures(
            tuple(_fitted(counts, rows) for counts in self._parts if counts.part.column in columns)
        )


def count_passages(passages: pd.DataFrame, parts: Sequence[Part]) -> PassageCounts:
    """Count n-grams and words of passages.

    Parameters
    ----------
    passages : with :data:`INPUT_COLUMNS`.
    parts : what to count, from :func:`parts_of`.
    """
    return PassageCounts([_part_counts(part, passages[part.column]) for part in parts])


def _part_counts(part: Part, texts: Iterable[str]) -> _PartCounts:
    """Counts of one part, columns of n-grams in alphabetical order."""
    if isinstance(part, Vectors):
        return _PartCounts(part, load_vectors(part.package).counts(texts), ())
    numbers: dict[str, int] = {}
    counts = counted(
        texts,
        part.analyse(),
        lambda ngram: numbers.setdefault(ngram, len(numbers)),
        lambda: len(numbers),
    )
    ngrams = sorted(numbers)
    counts = sparse.csr_matrix(counts[:, [numbers[ngram] for ngram in ngrams]])
    counts.sort_indices()
    return _PartCounts(part, counts, ngrams)


def _fitted(counts: _PartCounts, rows: Integers) -> _Columns:
    """Fit one part on the passages in these rows."""
    part = counts.part
    chosen = counts.counts[rows]
    if isinstance(part, Vectors):
        fitted = _fitted_vectors(part, chosen)
        return _Columns(counts.counts, np.arange(counts.counts.shape[1]), fitted)
    n_passages = np.bincount(chosen.indices, minlength=chosen.shape[1])
    columns = np.flatnonzero(n_passages >= _FEWEST_PASSAGES)
    idf = np.log((len(rows) + 1.0) / (n_passages[columns] + 1.0)) + 1.0
    ngrams = tuple(counts.ngrams[column] for column in columns.tolist())
    return _Columns(counts.counts, columns, FittedNgrams(part, ngrams, idf))


def _fitted_vectors(part: Vectors, counts: sparse.csr_matrix) -> FittedVectors:
    """Weights of words and scale of columns of passages whose words are counted."""
    totals = np.asarray(counts.sum(axis=0)).ravel()
    weights = _SMOOTHING / (_SMOOTHING + totals / max(totals.sum(), 1.0))
    means, has_words = mean_vectors(counts, weights, part.package)
    dimension = means.shape[1]
    mean, deviation = np.zeros(dimension), np.ones(dimension)
    if has_words.any():
        mean, deviation = means[has_words].mean(axis=0), means[has_words].std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0) * np.sqrt(dimension)
    return FittedVectors(part, weights, mean, scale)
