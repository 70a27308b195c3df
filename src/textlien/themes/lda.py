"""Latent Dirichlet allocation, by gensim."""

from __future__ import annotations

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel
from numpy.typing import NDArray
from scipy import sparse

from textlien.study.options import ThemesOptions
from textlien.themes.engine import Factors


def fit(
    counts: sparse.csr_matrix,
    train: NDArray[np.bool_],
    k: int,
    options: ThemesOptions,
    seed: int,
) -> Factors:
    """Fit ``k`` topics by online variational Bayes, priors learnt from the data.

    ``options.lda_passes`` over the corpus; shares are expected topic proportions. Other
    parameters: see :class:`~textlien.themes.engine.Engine`.

    References
    ----------
    Hoffman, M., Blei, D., Bach, F. (2010). Online learning for latent Dirichlet allocation.
    *NeurIPS* 23.
    """
    model = LdaModel(
        Sparse2Corpus(counts[train], documents_columns=False),
        num_topics=k,
        id2word={number: str(number) for number in range(counts.shape[1])},
        passes=options.lda_passes,
        alpha="auto",
        eta="auto",
        random_state=seed,
        eval_every=None,
        minimum_probability=0.0,
        dtype=np.float64,
    )
    gamma = model.inference(Sparse2Corpus(counts, documents_columns=False))[0].astype("float64")
    shares = gamma / gamma.sum(axis=1, keepdims=True)
    return Factors(shares, model.get_topics().astype("float64"))
