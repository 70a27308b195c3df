"""Themes of each k, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien.arrays import Floats
from textlien.themes import describe
from textlien.themes.coverage import has_theme
from textlien.themes.k_range.measure import RangeFit
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.stability import ABSENT, assess_weights, marks
from textlien.themes.shares import passage_shares

DIVERSITY_TERMS = 25
"""First words of each theme whose distinct share is the diversity (Dieng, Ruiz and Blei 2020)."""


class RangeThemes(NamedTuple):
    """Themes for one k, found in all interviews, and how they fare in draws of them.

    Attributes
    ----------
    k : number of themes at most.
    model : the themes.
    labels : of each.
    fragile : (themes,), True for those whose stability is under that of a fragile theme.
    returns : (draws,), share of the themes that come back.
    stability, npmi : means over themes, NaN where there is none.
    diversity : distinct share of the first 25 words of the themes.
    coverage : share of all passages that have a theme.
    gain : (draws,), what themes of the draw tell about the interviews held out.
    seconds : to find the themes in all interviews.
    """

    k: int
    model: ThemeModel
    labels: tuple[str, ...]
    fragile: NDArray[np.bool_]
    returns: Floats
    stability: float
    npmi: float
    diversity: float
    coverage: float
    gain: Floats
    seconds: float


class Corpus(NamedTuple):
    """Tables and counts that the themes of a range are described with.

    Attributes
    ----------
    material : all interviews.
    terms, passage_terms : tables.
    n_passages : number of passages, those without any term included.
    """

    material: Material
    terms: pd.DataFrame
    passage_terms: pd.DataFrame
    n_passages: int


def compare(corpus: Corpus, whole: RangeFit, draws: Sequence[RangeFit]) -> RangeThemes:
    """Describe the themes of one k.

    Parameters
    ----------
    corpus : they were found in.
    whole : themes of all interviews.
    draws : themes of each draw, for the same k.
    """
    model = whole.model
    n_themes, names = len(model.weights), list(model.terms)
    shares = passage_shares(model, corpus.material.counts)
    stability = assess_weights(model, [fit.model.weights for fit in draws])
    marked = marks(stability)
    first = describe.ranked_terms(model.weights, model.background, names, DIVERSITY_TERMS)
    coherence = describe.npmi(first, corpus.passage_terms, corpus.material.counts.shape[0])
    table = describe.theme_table(shares, first, coherence, corpus.terms, marked)
    came_back = (stability.counterparts != ABSENT).sum(axis=1)
    return RangeThemes(
        whole.k,
        model,
        tuple(table["label"]),
        marked["fragile"].to_numpy(dtype=bool),
        came_back / max(n_themes, 1),
        _mean(marked["stability"].to_numpy()),
        _mean(coherence.to_numpy()),
        first["term"].nunique() / max(len(first), 1),
        float(has_theme(shares).sum() / max(corpus.n_passages, 1)),
        np.array([fit.gain for fit in draws]),
        whole.seconds,
    )


def _mean(values: Floats) -> float:
    """Mean of the values that there are; NaN where there is none."""
    values = values[np.isfinite(values)]
    return float(values.mean()) if len(values) else float("nan")


def range_table(themes: Sequence[RangeThemes]) -> pd.DataFrame:
    """Table of a range, a row for each k.

    Returns
    -------
    Columns ``k``, ``n_themes``, ``n_fragile``, ``returning`` with ``returning_se`` (share of themes
    that come back, its standard error over draws), ``stability``, ``gain`` with ``gain_se``,
    ``npmi``, ``diversity``, ``coverage``. What needs draws is missing where there are none.
    """
    rows = []
    for of_k in themes:
        drawn = len(of_k.gain) > 0
        rows.append(
            {
                "k": of_k.k,
                "n_themes": len(of_k.labels),
                "n_fragile": int(of_k.fragile.sum()) if drawn else None,
                "returning": _mean(of_k.returns),
                "returning_se": float(standard_error(of_k.returns)),
                "stability": of_k.stability,
                "gain": _mean(of_k.gain),
                "gain_se": float(standard_error(of_k.gain)),
                "npmi": of_k.npmi,
                "diversity": of_k.diversity,
                "coverage": of_k.coverage,
            }
        )
    return pd.DataFrame(rows).astype({"n_fragile": "Int64"})


def standard_error(values: Floats) -> Floats:
    """Standard error of the mean over draws, the last axis; NaN for fewer than two."""
    n = values.shape[-1]
    if n < 2:
        return np.full(values.shape[:-1], np.nan)
    return np.asarray(values.std(axis=-1, ddof=1) / np.sqrt(n))
