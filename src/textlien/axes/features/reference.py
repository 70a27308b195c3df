"""Words and meaning of the passages that a model is trained on, and distance of others from them.

No label is looked at: texts can be far and classified well all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from textlien.annotation.encoder import DIMENSION
from textlien.arrays import Floats, Integers, unit_rows
from textlien.axes.features.fitting import landmarks_of
from textlien.axes.features.inputs import Inputs

_WORD = re.compile(r"[^\W\d_]{3,}")

_FEWEST_PASSAGES = 2
"""Passages that a word must be in: names said once stay out of the model."""

_NEAREST = 5
"""Landmarks that a passage is compared with: it is near few of them, whatever it speaks of."""

_FOLDS = 5

_LEVEL = 0.99
"""Probability that one more interview of the campaign stays within the bound; what .95 and .999
would warn of is in ``benchmarks/axes_distance.py``."""

_LEAST_SPREAD = np.array([0.01, 0.005])
"""Least standard deviations, of the unknown share and of nearness: among persons who hardly differ
any difference would be infinite. Those of the demonstration are .03 and .01."""


class Measures(NamedTuple):
    """Measures of passages, one value each.

    Attributes
    ----------
    unknown, weight : idf of the words that are unknown, and of all words, summed.
    nearness : mean cosine to the nearest landmarks; NaN for a passage without meaning.
    """

    unknown: Floats
    weight: Floats
    nearness: Floats

    def summary(self, rows: Integers) -> Floats:
        """Unknown share of the words of some passages, and mean nearness; NaN without any words.

        Nearness is weighted as words are: short replies are near nothing that an axis is about.
        """
        weight, nearness = self.weight[rows], self.nearness[rows]
        there = ~np.isnan(nearness) & (weight > 0)
        if not there.any():
            return np.full(2, np.nan)
        unknown = self.unknown[rows].sum() / weight.sum()
        return np.array([unknown, np.average(nearness[there], weights=weight[there])])


@dataclass(frozen=True)
class Reference:
    """Words and meaning of the passages that are learnt from, and how far others of a campaign are.

    Attributes
    ----------
    idf : 1 + ln((1 + N) / (1 + number of passages that have it)) of each word of two passages or
        more, in alphabetical order.
    unknown_idf : of any other word.
    mean, landmarks : as in :class:`~textlien.axes.features.parts.FittedMeaning`.
    held_out : (persons, 2), unknown share and nearness of the interviews of each person, by the
        passages of the other persons.
    """

    idf: Mapping[str, float]
    unknown_idf: float
    mean: Floats
    landmarks: Floats
    held_out: Floats

    def measures(self, texts: Sequence[str], vectors: Floats) -> Measures:
        """Measure passages.

        Parameters
        ----------
        texts : words of each.
        vectors : meaning of each, 0 for none; those of a further encoder are not looked at.
        """
        unknown, weight = np.zeros(len(texts)), np.zeros(len(texts))
        for row, text in enumerate(texts):
            for word in _words(text):
                idf = self.idf.get(word)
                weight[row] += self.unknown_idf if idf is None else idf
                unknown[row] += self.unknown_idf if idf is None else 0.0
        vectors = vectors[:, :DIMENSION]
        cosines = unit_rows(vectors - self.mean) @ self.landmarks.T
        nearness = np.sort(cosines, axis=1)[:, -_NEAREST:].mean(axis=1)
        nearness[~vectors.any(axis=1)] = np.nan
        return Measures(unknown, weight, nearness)

    def distance(self, summary: Floats) -> float:
        """Distance of some passages, from their unknown share and nearness.

        Mean of both in standard deviations of the persons held out, from their mean: 0 is an
        interview like another of the campaign, and greater is farther. NaN for fewer than two
        persons.
        """
        return float(self._distances(summary[np.newaxis])[0])

    @cached_property
    def bound(self) -> float:
        """Distance that one more interview of the campaign exceeds in one case of a hundred.

        Upper limit of Student's prediction interval from the persons held out; NaN for fewer than
        two.
        """
        n = len(self.held_out)
        spread = self._distances(self.held_out).std(ddof=1) if n > 1 else np.nan
        return float(t.ppf(_LEVEL, max(n - 1, 1)) * spread * np.sqrt(1 + 1 / max(n, 1)))

    def _distances(self, summaries: Floats) -> Floats:
        """Distance of each row of unknown share and nearness."""
        if len(self.held_out) < 2:
            return np.full(len(summaries), np.nan)
        spread = np.maximum(self.held_out.std(axis=0, ddof=1), _LEAST_SPREAD)
        unknown, nearness = ((summaries - self.held_out.mean(axis=0)) / spread).T
        return np.asarray((unknown - nearness) / 2, dtype="float64")


def fit_reference(
    inputs: Inputs,
    rows: Integers,
    persons: NDArray[np.str_],
    campaign: NDArray[np.bool_],
    seed: int,
) -> Reference:
    """Describe the passages that are learnt from, and measure persons by the others.

    Parameters
    ----------
    inputs : of whole interviews.
    rows : numbers of the passages that are learnt from.
    persons : (passages,).
    campaign : (passages,), True for those of interviews that were led alike, whose persons are
        measured. A text that stands alone does not tell how far such texts are from each other.
    seed : of folds and landmarks.
    """
    words = [_words(text) for text in inputs.text]

    def fitted(chosen: Integers) -> Reference:
        return _fitted([words[row] for row in chosen], inputs.vectors[chosen], seed)

    people = np.unique(persons[campaign])
    fold_of = np.random.default_rng(seed).permutation(len(people)) % _FOLDS
    held_out: list[Floats] = []
    for fold in range(min(_FOLDS, len(people)) if len(people) > 1 else 0):
        outside = people[fold_of == fold]
        others = fitted(rows[~np.isin(persons[rows], outside)])
        for person in outside:
            of_person = np.flatnonzero((persons == person) & campaign)
            texts = [inputs.text[row] for row in of_person]
            measures = others.measures(texts, inputs.vectors[of_person])
            held_out.append(measures.summary(np.arange(len(of_person))))
    measured = np.array(held_out).reshape(-1, 2)
    return replace(fitted(rows), held_out=measured[~np.isnan(measured).any(axis=1)])


def _fitted(words: Sequence[list[str]], vectors: Floats, seed: int) -> Reference:
    """Words and landmarks of passages, without persons held out."""
    n_passages = Counter(word for passage in words for word in set(passage))
    idf = {
        word: float(np.log((len(words) + 1) / (n + 1)) + 1)
        for word, n in sorted(n_passages.items())
        if n >= _FEWEST_PASSAGES
    }
    vectors = vectors[vectors.any(axis=1), :DIMENSION]
    mean, landmarks = landmarks_of(vectors, seed)
    return Reference(idf, float(np.log(len(words) + 1) + 1), mean, landmarks, np.zeros((0, 2)))


def _words(text: str) -> list[str]:
    """Words of three letters or more, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]
