"""The score of a passage, taken apart: what its words add, its meaning, the rest of the answer.

A score is a sum over the features of a passage, so that the share of each feature in it is exact.
N-grams of characters and pairs of words are given to the words that they stand in; what the meaning
of the passage and the rest of the answer add stays whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import Fitted, FittedNgrams, PassageFeatures
from textlien.axes.learning.classifier import AxisClassifier
from textlien.axes.words.content import places_of


class Contributions(NamedTuple):
    """Log-odds of passages on the axes, by what they come from.

    Attributes
    ----------
    passages : (words,), row of the passage of each word, in order.
    starts, ends : (words,), half-open place of each in the text of its passage, without what is
        elided before it and without punctuation.
    words : (words, axes), log-odds that each word adds by itself, by its part of the pairs that it
        is in, and by its characters.
    meaning, context : (passages, axes), log-odds that the meaning of the passage adds, and the rest
        of the answer.
    base : (axes,), log-odds of a passage of which nothing is known.
    """

    passages: Integers
    starts: Integers
    ends: Integers
    words: Floats
    meaning: Floats
    context: Floats
    base: Floats

    def of_words(self, chosen: NDArray[np.bool_]) -> Floats:
        """Log-odds that some of the words add to each passage: (passages, axes)."""
        return _summed(self.passages[chosen], self.words[chosen], len(self.meaning))


class _Uses(NamedTuple):
    """N-grams of some texts: each use with its word and its column.

    ``share`` is the part of the use that is the word's: half, for a pair of words.
    """

    word: Integers
    column: Integers
    share: Floats


class Decomposer:
    """Takes the scores of a model apart; what it has found of a word it keeps.

    Parameters
    ----------
    features, classifiers : of the model.
    """

    def __init__(self, features: PassageFeatures, classifiers: Sequence[AxisClassifier]) -> None:
        """Turn weights into log-odds."""
        slopes = np.array([classifier.slope for classifier in classifiers])
        weights = np.stack([classifier.weights for classifier in classifiers], axis=1) * slopes
        bounds = np.cumsum([fitted.width for fitted in features.parts])[:-1]
        self._parts = [
            (fitted, block, _uses_of(fitted))
            for fitted, block in zip(features.parts, np.split(weights, bounds), strict=True)
        ]
        intercepts = np.array([classifier.intercept for classifier in classifiers])
        self._base = slopes * intercepts + [classifier.offset for classifier in classifiers]

    def of(self, inputs: Inputs) -> Contributions:
        """Take the scores of passages apart.

        Parameters
        ----------
        inputs : of the passages, whole answers.

        Returns
        -------
        Words, parts and base add up to the logit of :meth:`AxisClassifier.probability`.
        """
        runs = [text.split() for text in inputs.text]
        passages = np.repeat(np.arange(len(runs)), [len(words) for words in runs])
        words = np.zeros((len(passages), len(self._base)))
        around = {where: np.zeros((len(runs), len(self._base))) for where in ("text", "context")}
        for fitted, block, uses in self._parts:
            if isinstance(fitted, FittedNgrams) and uses is not None:
                words += _by_word(uses(runs), fitted.idf, block, passages)
            else:
                around[fitted.part.where] += np.asarray(fitted.of(inputs) @ block)
        return Contributions(
            passages,
            *_places(inputs.text),
            words,
            around["text"],
            around["context"],
            self._base,
        )


def _by_word(uses: _Uses, idf: Floats, block: Floats, passages: Integers) -> Floats:
    """Log-odds that a part of n-grams adds by each word: (words, axes).

    The feature of an n-gram in a passage, (1 + ln count) · idf over the norm of the passage, is
    shared out evenly among its uses there.
    """
    keys = passages[uses.word] * len(idf) + uses.column
    features, number = np.unique(keys, return_inverse=True)
    counts = np.bincount(number, uses.share, minlength=len(features))
    values = (1.0 + np.log(counts)) * idf[features % len(idf)]
    n_passages = int(passages.max(initial=-1)) + 1
    norms = np.sqrt(np.bincount(features // len(idf), values**2, minlength=n_passages))
    each = values / norms[features // len(idf)] / counts
    added = (each[number] * uses.share)[:, np.newaxis] * block[uses.column]
    return _summed(uses.word, added, len(passages))


def _summed(rows: Integers, values: Floats, n_rows: int) -> Floats:
    """Sum of the values of each row: (rows, columns)."""
    return np.stack([np.bincount(rows, column, minlength=n_rows) for column in values.T], axis=1)


def _uses_of(fitted: Fitted) -> Callable[[Sequence[Sequence[str]]], _Uses] | None:
    """Make the function that gives the uses of n-grams by word; None for what is no part of them.

    Meaning is not that of single words, and words of the context are not those of the passage.
    """
    if not isinstance(fitted, FittedNgrams) or fitted.part.where == "context":
        return None
    if fitted.part.analyzer == "char_wb":
        return partial(_of_characters, cache(partial(_columns, fitted, fitted.part.analyse())))
    tokens = cache(fitted.part._replace(shortest=1, longest=1).analyse())
    return partial(_of_words, fitted, tokens)


def _columns(fitted: FittedNgrams, analyse: Callable[[str], Iterable[str]], run: str) -> Integers:
    """Columns of the groups of characters of a word."""
    columns = (fitted.columns.get(ngram) for ngram in analyse(run))
    return np.array([column for column in columns if column is not None], "int64")


def _of_characters(columns_of: Callable[[str], Integers], runs: Sequence[Sequence[str]]) -> _Uses:
    """Uses of groups of characters, none of which goes beyond a word."""
    columns = [columns_of(run) for passage in runs for run in passage]
    word = np.repeat(np.arange(len(columns)), [len(each) for each in columns])
    return _Uses(word, np.concatenate([np.array([], "int64"), *columns]), np.ones(len(word)))


def _of_words(
    fitted: FittedNgrams,
    tokens_of: Callable[[str], Iterable[str]],
    runs: Sequence[Sequence[str]],
) -> _Uses:
    """Uses of words, and of sequences of words in equal parts by each of them."""
    numbers, columns, shares = array("q"), array("q"), array("d")
    first = 0
    for passage in runs:
        tokens = [(n, token) for n, run in enumerate(passage, first) for token in tokens_of(run)]
        first += len(passage)
        for length in range(fitted.part.shortest, fitted.part.longest + 1):
            for group in zip(*(tokens[start:] for start in range(length)), strict=False):
                column = fitted.columns.get(" ".join(token for _, token in group))
                if column is not None:
                    numbers.extend(number for number, _ in group)
                    columns.extend([column] * length)
                    shares.extend([1 / length] * length)
    return _Uses(np.array(numbers), np.array(columns), np.array(shares))


def _places(texts: Sequence[str]) -> tuple[Integers, Integers]:
    """Place of each word in its text."""
    places = [place for text in texts for place in places_of(text)]
    array_of_places = np.array(places, dtype="int64").reshape(-1, 2)
    return array_of_places[:, 0], array_of_places[:, 1]
