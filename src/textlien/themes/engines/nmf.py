"""Non-negative matrix factorisation of the tf-idf matrix."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textlien.study.options import ThemesOptions
from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import theme_model


def prepare(material: Material, options: ThemesOptions, seed: int) -> Callable[[int], ThemeModel]:
    """Prepare a factorisation; parameters as :class:`~textlien.themes.model.Engine` says."""
    return partial(_fit, material, options, seed)


def _fit(material: Material, options: ThemesOptions, seed: int, k: int) -> ThemeModel:
    """Factorise the tf-idf of the counts into ``k`` themes.

    The factorisation starts from a randomised SVD and has ``options.iterations`` at most. Other
    parameters: see :class:`~textlien.themes.model.Engine`.

    References
    ----------
    Lee, D. D., Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
    factorization. *Nature* 401, 788-791. Start: Boutsidis, C., Gallopoulos, E. (2008). SVD based
    initialization. *Pattern Recognition* 41, 1350-1362.
    """
    learnt = material.counts[material.learn]
    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(learnt)
    # 1e-4 is scikit-learn's default: the fit of the demonstration ends after 130 to 270 steps.
    model = NMF(k, init="nndsvda", max_iter=options.iterations, tol=1e-4, random_state=seed)
    with warnings.catch_warnings():
        # Stopping at `iterations` changes the last decimals only; it does not concern the user.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(tfidf)
    return theme_model(material, np.asarray(model.components_, dtype="float64"))
