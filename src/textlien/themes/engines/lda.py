"""Latent Dirichlet allocation, by gensim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel

from textlien.study.options import ThemesOptions
from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import theme_model


def prepare(material: Material, options: ThemesOptions, seed: int) -> Callable[[int], ThemeModel]:
    """Prepare a model; parameters as :class:`~textlien.themes.model.Engine` says."""
    return partial(_fit, material, options, seed)


def _fit(material: Material, options: ThemesOptions, seed: int, k: int) -> ThemeModel:
    """Fit ``k`` topics by online variational Bayes, priors learnt from the data.

    ``options.lda_passes`` over the corpus. Other parameters: see
    :class:`~textlien.themes.model.Engine`.

    References
    ----------
    Hoffman, M., Blei, D., Bach, F. (2010). Online learning for latent Dirichlet allocation.
    *NeurIPS* 23.
    """
    model = LdaModel(
        Sparse2Corpus(material.counts[material.learn], documents_columns=False),
        num_topics=k,
        id2word={number: str(number) for number in range(len(material.terms))},
        passes=options.lda_passes,
        alpha="auto",
        eta="auto",
        random_state=seed,
        eval_every=None,
        minimum_probability=0.0,
        dtype=np.float64,
    )
    return theme_model(material, model.get_topics().astype("float64"))
