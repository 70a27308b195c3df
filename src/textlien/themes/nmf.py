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

Floats = NDArray[np.float64]


def fit(
    counts: sparse.csr_matrix,
    learnt: NDArray[np.bool_],
    k: int,
    options: ThemesOptions,
    seed: int,
) -> tuple[Floats, Floats]:
    """Factorise the tf-idf of the counts into ``k`` themes.

    Parameters
    ----------
    counts : passages × terms, no empty row.
    learnt : the passages that themes are found on; all of them are given their shares.
    k : number of themes.
    options : ``iterations`` at most.
    seed : of the randomised SVD that the factorisation starts from.

    Returns
    -------
    shares : passages × k; of the tf-idf mass that the model gives a passage, the part of each
        theme. Rows sum to 1.
    weights : k × terms, ≥ 0.

    References
    ----------
    Lee, D. D., Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
    factorization. *Nature* 401, 788-791. Start: Boutsidis, C., Gallopoulos, E. (2008). SVD based
    initialization. *Pattern Recognition* 41, 1350-1362.
    """
    tfidf = TfidfTransformer(sublinear_tf=True).fit(counts[learnt]).transform(counts)
    model = NMF(k, init="nndsvda", max_iter=options.iterations, tol=1e-4, random_state=seed)
    with warnings.catch_warnings():
        # Stopping at `iterations` changes the last decimals only; it is no concern of the user.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loadings = model.fit(tfidf[learnt]).transform(tfidf)
    weights = np.asarray(model.components_, dtype="float64")
    mass = loadings * weights.sum(axis=1)
    totals = mass.sum(axis=1, keepdims=True)
    # A passage whose terms no theme uses resembles the corpus as a whole as far as is known.
    mean = mass.sum(axis=0) / mass.sum()
    shares = np.where(totals > 0, mass / np.where(totals > 0, totals, 1), mean)
    return shares, weights
