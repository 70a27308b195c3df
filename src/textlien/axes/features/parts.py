"""The parts that features of a passage consist of.

Words and pairs of words carry the vocabulary of the trade (« chef de file »); characters carry
inflections and slips of transcription; the sentence encoder carries meaning over to words that no
coded passage had. What each brings depends on the material: ``benchmarks/axes_real.py``,
``benchmarks/classification.py`` and ``benchmarks/axes.py`` measure it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from textlien.annotation.encoder import n_encoders
from textlien.arrays import Floats, unit_rows
from textlien.axes.features.inputs import Inputs

Where: TypeAlias = Literal["text", "context"]
"""The passage, or the rest of the answer beside it."""

_CHUNK = 4096
"""Passages transformed at a time, so that memory stays flat."""

# Kernel of the context against that of the passage: on the demonstration .3 to 1 are as good.
_CONTEXT = 0.5

# Width of the radial kernel of meaning: exp(-|u - v|²), u and v unit vectors; .5 to 2 are as good.
_WIDTH = 1.0


class Ngrams(NamedTuple):
    """Features to make: TF-IDF of n-grams, sublinear, rows of norm 1.

    Attributes
    ----------
    name : of the part, as in the file of weights.
    where : of the passage, or of its context.
    analyzer : ``word``, or ``char_wb`` for characters within words.
    shortest, longest : lengths of the n-grams.
    """

    name: str
    where: Where
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

    def texts(self, inputs: Inputs) -> list[str]:
        """The texts whose n-grams are counted."""
        return inputs.text if self.where == "text" else inputs.context


class Meaning(NamedTuple):
    """Features to make: likeness of meaning to landmarks.

    Attributes
    ----------
    name : of the part, as in the file of weights.
    where : of the passage, or of its context.
    """

    name: str
    where: Where

    def vectors(self, inputs: Inputs) -> Floats:
        """The vectors that are compared."""
        return inputs.vectors if self.where == "text" else inputs.context_vectors


Part: TypeAlias = Ngrams | Meaning

WORDS = Ngrams("words", "text", "word", 1, 2)
CHARACTERS = Ngrams("characters", "text", "char_wb", 3, 5)
MEANING = Meaning("meaning", "text")
WORDS_AROUND = Ngrams("words_context", "context", "word", 1, 2)
MEANING_AROUND = Meaning("meaning_context", "context")

PARTS: tuple[Part, ...] = (WORDS, CHARACTERS, MEANING, WORDS_AROUND, MEANING_AROUND)


@dataclass(frozen=True)
class FittedNgrams:
    """N-grams that the features know, with their inverse document frequencies.

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
    def columns(self) -> dict[str, int]:
        """Number of the column of each n-gram."""
        return {ngram: column for column, ngram in enumerate(self.ngrams)}

    def renamed(self, name: str) -> FittedNgrams:
        """The same under another name."""
        return replace(self, part=self.part._replace(name=name))

    def of(self, inputs: Inputs) -> sparse.csr_matrix:
        """Features of passages: (passages, columns)."""
        counts = counted(
            self.part.texts(inputs), self.part.analyse(), self.columns.get, lambda: self.width
        )
        return self.weighted(counts)

    def weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Features of passages from their counts of these n-grams."""
        return weighted(self.part.where, tfidf(counts, self.idf))


@dataclass(frozen=True)
class FittedMeaning:
    """Landmarks of meaning that passages are compared with.

    Attributes
    ----------
    part : which vectors are compared.
    mean : ``(dimension,)``, mean vector of the passages that it was fitted on.
    landmarks : ``(landmarks, dimension)``, unit vectors.
    root : ``(landmarks, columns)``: products of features of two passages are about the radial
        kernel exp(-|u - v|²) of their centred unit vectors u and v.

    References
    ----------
    Williams, C., Seeger, M. (2001). Using the Nyström method to speed up kernel machines. *NIPS*;
    landmarks are centres of k-means, as Zhang, K., Kwok, J. (2010) recommend (*IEEE Transactions on
    Neural Networks* 21, 1576-1587).
    """

    part: Meaning
    mean: Floats
    landmarks: Floats
    root: Floats

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.root.shape[1])

    def renamed(self, name: str) -> FittedMeaning:
        """The same under another name."""
        return replace(self, part=self.part._replace(name=name))

    def of(self, inputs: Inputs) -> sparse.csr_matrix:
        """Features of passages: (passages, columns); 0 for a passage without meaning."""
        vectors = self.part.vectors(inputs)
        if vectors.shape[1] > len(self.mean):
            # Vectors of more encoders than it was fitted with: those of USE are first.
            vectors = unit_rows(vectors[:, : len(self.mean)])
        features = radial(unit_rows(vectors - self.mean), self.landmarks) @ self.root
        features[~vectors.any(axis=1)] = 0.0
        # Each encoder counts as a part of its own: .01 of average precision with two.
        features *= n_encoders(len(self.mean)) ** 0.5
        return weighted(self.part.where, sparse.csr_matrix(features))


Fitted: TypeAlias = FittedNgrams | FittedMeaning


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

    def of(self, inputs: Inputs) -> sparse.csr_matrix:
        """Features of passages: (passages, columns), parts side by side."""
        chunks = [
            sparse.hstack([part.of(chunk) for part in self.parts], format="csr")
            for chunk in _chunks(inputs)
        ]
        if not chunks:
            return sparse.csr_matrix((0, self.width))
        return sparse.csr_matrix(sparse.vstack(chunks, format="csr"))


def _chunks(inputs: Inputs) -> Iterator[Inputs]:
    """A few thousand passages after the other."""
    for start in range(0, len(inputs), _CHUNK):
        yield inputs.rows(np.arange(start, min(start + _CHUNK, len(inputs))))


def radial(left: Floats, right: Floats) -> Floats:
    """Radial kernel of unit vectors: (rows of the left, rows of the right)."""
    return np.asarray(np.exp(-_WIDTH * (2 - 2 * left @ right.T)), dtype="float64")


def weighted(where: Where, features: sparse.csr_matrix) -> sparse.csr_matrix:
    """Features times the root of what their place counts for."""
    return features if where == "text" else sparse.csr_matrix(features * _CONTEXT**0.5)


def tfidf(counts: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    """Sublinear TF-IDF of counts, rows of Euclidean norm 1: (1 + ln count) · idf."""
    rows = sparse.csr_matrix(counts, dtype=np.float64, copy=True)
    np.log(rows.data, rows.data)
    rows.data += 1.0
    rows.data *= idf[rows.indices]
    return sparse.csr_matrix(normalize(rows, norm="l2", copy=False))


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
