"""Non-negative matrix factorisation of the tf-idf matrix."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textlien.study.options import ThemesOptions
from textlien.themes.engine import Factors


def fit(
    counts: sparse.csr_matrix,
    train: NDArray[np.bool_],
    k: int,
    options: ThemesOptions,
    seed: int,
) -> Factors:
    """Factorise the tf-idf of the counts into ``k`` themes.

    Of the tf-idf mass that the model gives a passage, its shares are the part of each theme. The
    factorisation starts from a randomised SVD and has ``options.iterations`` at most. Other
    parameters: see :class:`~textlien.themes.engine.Engine`.

    References
    ----------
    Lee, D. D., Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
    factorization. *Nature* 401, 788-791. Start: Boutsidis, C., Gallopoulos, E. (2008). SVD based
    initialization. *Pattern Recognition* 41, 1350-1362.
    """
    tfidf = TfidfTransformer(sublinear_tf=True).fit(counts[train]).transform(counts)
    # 1e-4 is scikit-learn's default: the fit of the demonstration ends after 130 to 270 steps.
    model = NMF(k, init="nndsvda", max_iter=options.iterations, tol=1e-4, random_state=seed)
    with warnings.catch_warnings():
        # Stopping at `iterations` changes the last decimals only; it does not concern the user.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loadings = model.fit(tfidf[train]).transform(tfidf)
    weights = np.asarray(model.components_, dtype="float64")
    mass = loadings * weights.sum(axis=1)
    totals = mass.sum(axis=1, keepdims=True)
    # Nothing is known of a passage whose terms no theme uses: it gets the shares of the corpus.
    mean = mass.sum(axis=0) / mass.sum()
    shares = np.where(totals > 0, mass / np.where(totals > 0, totals, 1), mean)
    return Factors(shares, weights)
