"""Measures of themes: coherence, diversity, stability.

A model is a matrix of weights, themes × terms; its words are ranked by weight.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment

Weights = NDArray[np.float64]

COHERENCE_WORDS, STABILITY_WORDS, DIVERSITY_WORDS = 10, 20, 25

# Of fewer words the mean over pairs depends on which pair happens to be among them.
_FEWEST_WORDS = 5

# What gensim adds to a probability of 0.
_EPSILON = 1e-12


def first_words(weights: Weights, number: int) -> list[list[int]]:
    """Columns of the ``number`` heaviest terms of each theme, those of weight 0 left out."""
    best = np.argsort(-weights, axis=1, kind="stable")[:, :number]
    return [row[theme[row] > 0].tolist() for row, theme in zip(best, weights, strict=True)]


def npmi(weights: Weights, counts: sparse.csr_matrix) -> float:
    """Mean over themes of the mean NPMI of their first ten words within passages.

    As gensim computes ``c_npmi`` (Röder, Both, Hinneburg 2015) with passages as windows; themes of
    fewer than five words are left out.
    """
    present = sparse.csc_matrix(counts > 0, dtype=np.float64)
    n = present.shape[0]
    means = []
    for words in first_words(weights, COHERENCE_WORDS):
        if len(words) < _FEWEST_WORDS:
            continue
        together = (present[:, words].T @ present[:, words]).toarray() / n
        alone = np.diag(together)
        value = np.log((together + _EPSILON) / np.outer(alone, alone)) / -np.log(
            together + _EPSILON
        )
        means.append(value[np.triu_indices(len(words), 1)].mean())
    return float(np.mean(means)) if means else float("nan")


def c_v(models: Sequence[Weights], counts: sparse.csr_matrix) -> list[float]:
    """Mean C_v of the first ten words of each model's themes, by gensim.

    Its window of 110 words is longer than a segment, so that the order of words within segments,
    which the matrix does not hold, makes no difference.
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    names = [str(number) for number in range(counts.shape[1])]
    texts = [
        [names[column] for column in counts.indices[start:end]]
        for start, end in itertools.pairwise(counts.indptr)
    ]
    topics = [
        [[names[word] for word in words] for words in first_words(weights, COHERENCE_WORDS)]
        for weights in models
    ]
    scored = [[topic for topic in model if len(topic) >= _FEWEST_WORDS] for model in topics]
    model = CoherenceModel(
        topics=[topic for topics in scored for topic in topics],
        texts=texts,
        dictionary=Dictionary(texts),
        coherence="c_v",
        topn=COHERENCE_WORDS,
        processes=1,
    )
    values = iter(model.get_coherence_per_topic())
    return [
        float(np.mean(list(itertools.islice(values, len(topics))))) if topics else float("nan")
        for topics in scored
    ]


def diversity(weights: Weights) -> float:
    """Distinct share of the first 25 words of all themes (Dieng, Ruiz, Blei 2020)."""
    words = [word for theme in first_words(weights, DIVERSITY_WORDS) for word in theme]
    return len(set(words)) / len(words) if words else float("nan")


def likeness(one: Weights, other: Weights) -> NDArray[np.float64]:
    """Jaccard index of the first twenty words of each pair of themes of two models."""
    rows, columns = (list(map(set, first_words(model, STABILITY_WORDS))) for model in (one, other))
    return np.array(
        [[len(a & b) / max(1, len(a | b)) for b in columns] for a in rows], dtype="float64"
    ).reshape(len(rows), len(columns))


def agreement(one: Weights, other: Weights) -> float:
    """Likeness of two models: that of their matched themes, summed, over the larger number.

    Themes are matched by the Hungarian algorithm. A theme without a counterpart counts as 0, so
    that a model gains nothing by finding many themes in one draw and few in the other.
    """
    pairs = likeness(one, other)
    if not pairs.size:
        return 0.0
    return float(pairs[linear_sum_assignment(-pairs)].sum() / max(pairs.shape))


def stability(pairs: Iterable[tuple[Weights, Weights]]) -> float:
    """Mean agreement over pairs of models."""
    return float(np.mean([agreement(one, other) for one, other in pairs]))
