"""Models of libraries that textlien does not install; only numpy, scipy and the library are here.

Install them in an environment of their own:

    python -m venv .venv-peers
    .venv-peers/bin/pip install -r benchmarks/requirements-peers.txt

Both samplers of LDA take 1,000 steps, learn the prior of the documents (asymmetric) and run on one
thread, so that they give the same themes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


class Fitted(NamedTuple):
    """Themes × terms, and how the model itself measures their shares of passages, if it does."""

    weights: Floats
    shares: Callable[[sparse.csr_matrix], Floats] | None = None


Peer = Callable[[sparse.csr_matrix, int, int], Fitted]

STEPS = 1000


def tomotopy_lda(counts: sparse.csr_matrix, k: int, seed: int) -> Fitted:
    """LDA of tomotopy, terms counted alike."""
    import tomotopy

    return _tomotopy(counts, k, seed, tomotopy.TermWeight.ONE)


def tomotopy_idf(counts: sparse.csr_matrix, k: int, seed: int) -> Fitted:
    """LDA of tomotopy, terms weighted by idf (Wilson, Chew 2010)."""
    import tomotopy

    return _tomotopy(counts, k, seed, tomotopy.TermWeight.IDF)


def _tomotopy(counts: sparse.csr_matrix, k: int, seed: int, weight: object) -> Fitted:
    import tomotopy

    model = tomotopy.LDAModel(k=k, tw=weight, seed=seed)
    model.burn_in = 100
    for words in _documents(counts):
        model.add_doc(words)
    model.train(STEPS, workers=1)
    weights = np.zeros((k, counts.shape[1]))
    columns = [int(word) for word in model.used_vocabs]
    for topic in range(k):
        weights[topic, columns] = model.get_topic_word_dist(topic)

    def shares(counts: sparse.csr_matrix) -> Floats:
        documents = [model.make_doc(words) for words in _documents(counts)]
        return np.array(model.infer(documents, workers=1)[0], dtype="float64")

    return Fitted(weights, shares)


def topica_lda(counts: sparse.csr_matrix, k: int, seed: int) -> Fitted:
    """LDA of topica with its defaults."""
    import topica

    model = topica.LDA(k, seed=seed, num_threads=1)
    model.fit(list(_documents(counts)), iters=STEPS, progress=False)
    return Fitted(_of_vocabulary(model, counts.shape[1]))


def topica_ctm(counts: sparse.csr_matrix, k: int, seed: int) -> Fitted:
    """Correlated topic model of topica, spectral start: R's stm without covariates."""
    import topica

    model = topica.CTM(k, seed=seed)
    model.fit(list(_documents(counts)), num_threads=1, keep_eta_cov=False, progress=False)
    return Fitted(_of_vocabulary(model, counts.shape[1]))


PEERS: Mapping[str, Peer] = {
    "tomotopy_lda": tomotopy_lda,
    "tomotopy_idf": tomotopy_idf,
    "topica_lda": topica_lda,
    "topica_ctm": topica_ctm,
}


def _documents(counts: sparse.csr_matrix) -> list[list[str]]:
    """Each row as a list of words; a word is the number of its column."""
    names = np.array([str(column) for column in range(counts.shape[1])], dtype=object)
    return [
        np.repeat(names[counts.indices[start:end]], counts.data[start:end].astype(int)).tolist()
        for start, end in zip(counts.indptr[:-1], counts.indptr[1:], strict=True)
    ]


def _of_vocabulary(model: object, n_terms: int) -> NDArray[np.float64]:
    """Weights by column, of a model that knows its own order of words."""
    rows = np.asarray(model.topic_word)  # type: ignore[attr-defined]
    weights = np.zeros((len(rows), n_terms))
    weights[:, [int(word) for word in model.vocabulary]] = rows  # type: ignore[attr-defined]
    return weights
