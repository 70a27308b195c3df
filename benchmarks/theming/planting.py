"""Themes that are planted in real passages, and passages without any theme."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .corpora import Corpus
from .measures import STABILITY_WORDS, Weights, first_words

THEMES, WORDS, BORROWED = 10, 20, 2

# Share of the interviews that speak of each theme: 12 to 80 of the 95 of the reference matrix.
SPREAD = (0.125, 0.17, 0.21, 0.26, 0.33, 0.4, 0.48, 0.59, 0.72, 0.84)

# Episodes of a theme in an interview beyond the first, and passages of an episode, in the mean.
_MORE_EPISODES, _EPISODE = 3, 8

# Of 100 occurrences of planted words so many stand anywhere, by themselves.
_STRAY = 15

# Least passages and interviews of a term that the stage « terms » counts, by default.
_PASSAGES_EACH, _INTERVIEWS_EACH = 5, 2

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


class Planted(NamedTuple):
    """A corpus with planted themes, and the columns of each theme's words that are counted."""

    corpus: Corpus
    themes: list[set[int]]


def plant(corpus: Corpus, strength: float, seed: int) -> Planted:
    """Add words of ten invented themes to real passages, as talk has them.

    Each theme has twenty invented words, two of which are also the next theme's, of falling
    frequency (1 / (rank + 5)). It comes up in an eighth to five sixths of the interviews, several
    times (1 + Poisson(3)), each time in an episode of neighbouring passages (geometric, eight in
    the mean), each of which gets Poisson(``strength``) of its words. Fifteen of 100 occurrences are
    strays: single, in a passage drawn from all. Words in fewer than five passages or two interviews
    are not counted, as the stage ``terms`` would not.

    Numbers were set so that at strength 2 planted words resemble the first twenty words of real
    themes of the reference matrix (median theme: words in 114 passages and 40 interviews, of burst
    .9; real ones in 151 and 50, of burst 1.15); .5 and 1 are rarer and less clustered (26 and 52
    passages, burst .25 and .5).
    """
    generator = np.random.default_rng(seed)
    names = _words(THEMES * (WORDS - BORROWED), set(corpus.terms.tolist()), generator)
    vocabulary = np.arange(len(names)).reshape(THEMES, WORDS - BORROWED)
    vocabulary = np.hstack([vocabulary, np.roll(vocabulary, -1, axis=0)[:, 4 : 4 + BORROWED]])
    starts = np.searchsorted(corpus.interviews, np.arange(corpus.interviews.max() + 2))
    rows: list[int] = []
    columns: list[int] = []
    for words, spread in zip(vocabulary, SPREAD, strict=True):
        passages = _episodes(starts, round(spread * (len(starts) - 1)), generator)
        passages = np.repeat(passages, generator.poisson(strength, len(passages)))
        n_stray = round(len(passages) * _STRAY / (100 - _STRAY))
        passages = np.concatenate([passages, generator.integers(0, starts[-1], n_stray)])
        rank = 1 / (np.arange(WORDS) + 5)
        rows += passages.tolist()
        columns += generator.choice(words, len(passages), p=rank / rank.sum()).tolist()
    shape = (starts[-1], len(names))
    added = sparse.csr_matrix((np.ones(len(rows), dtype="int64"), (rows, columns)), shape)
    counted = _counted(added, corpus.interviews)
    place = np.cumsum(counted) - 1 + len(corpus.terms)
    return Planted(
        Corpus(
            sparse.csr_matrix(sparse.hstack([corpus.counts, added[:, counted]])),
            corpus.interviews,
            np.concatenate([corpus.terms, names[counted]]),
            np.concatenate([corpus.forms, names[counted]]),
            np.concatenate([corpus.kinds, np.full(counted.sum(), "lemma")]),
        ),
        [set(place[words[counted[words]]].tolist()) for words in vocabulary],
    )


def recovered(themes: list[set[int]], weights: Weights) -> NDArray[np.bool_]:
    """Planted themes half of whose words, five at least, are among the first twenty of one theme.

    A theme found counts for one planted theme, that of which it has most words.
    """
    hits = np.zeros(len(themes), dtype=bool)
    for words in first_words(weights, STABILITY_WORDS):
        shared = [len(theme.intersection(words)) for theme in themes]
        best = int(np.argmax(shared))
        hits[best] |= shared[best] >= max(5, len(themes[best]) / 2)
    return hits


def shuffled(corpus: Corpus, seed: int, *, within_interviews: bool = False) -> Corpus:
    """The same passages with words exchanged at random: lengths and frequencies are kept.

    Parameters
    ----------
    within_interviews : exchange words between passages of an interview alone.
    """
    generator = np.random.default_rng(seed)
    cells = corpus.counts.tocoo()
    row, column = (np.repeat(part, cells.data.astype(int)) for part in (cells.row, cells.col))
    order = np.argsort(row, kind="stable")
    row, column = row[order], column[order]
    mixed = generator.permutation(len(column))
    if within_interviews:
        mixed = mixed[np.argsort(corpus.interviews[row[mixed]], kind="stable")]
    counts = sparse.csr_matrix(
        (np.ones(len(row), dtype="int64"), (row, column[mixed])), shape=corpus.counts.shape
    )
    return corpus._replace(counts=counts)


def _episodes(
    starts: NDArray[np.int64], n_interviews: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Passages in which a theme comes up."""
    passages: list[int] = []
    for interview in generator.choice(len(starts) - 1, n_interviews, replace=False):
        first, end = starts[interview], starts[interview + 1]
        for _ in range(1 + generator.poisson(_MORE_EPISODES)):
            start = generator.integers(first, end)
            passages += range(start, min(end, start + generator.geometric(1 / _EPISODE)))
    return np.array(passages, dtype="int64")


def _counted(added: sparse.csr_matrix, interviews: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words that are in enough passages and interviews to be terms."""
    present = added > 0
    n = len(interviews)
    of_interview = sparse.csr_matrix((np.ones(n), (interviews, np.arange(n))))
    n_passages = np.asarray(present.sum(axis=0)).ravel()
    n_interviews = np.asarray((of_interview @ present > 0).sum(axis=0)).ravel()
    return np.asarray((n_passages >= _PASSAGES_EACH) & (n_interviews >= _INTERVIEWS_EACH))


def _words(number: int, taken: set[str], generator: np.random.Generator) -> NDArray[np.str_]:
    """Invented words of three syllables."""
    words: dict[str, None] = {}
    while len(words) < number:
        word = "".join(
            generator.choice(list(_CONSONANTS)) + generator.choice(list(_VOWELS)) for _ in range(3)
        )
        if word not in taken:
            words[word] = None
    return np.array(list(words))
