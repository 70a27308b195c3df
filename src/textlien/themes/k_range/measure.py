"""Themes for each k of a range, and what they are worth."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar

from textlien.arrays import Floats, Integers
from textlien.themes.fitting import Fit
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.draws import fit_part, numbered_draw
from textlien.themes.shares import passage_shares

DRAWS = 5
"""Draws of the interviews that every k is fitted on: with fewer, their spread is not measured."""


class RangeFit(NamedTuple):
    """Themes for one k.

    Attributes
    ----------
    k : number of themes at most.
    model : the themes.
    gain : what they tell about interviews held out (:func:`held_out_gain`); NaN without any.
    seconds : to find them.
    """

    k: int
    model: ThemeModel
    gain: float
    seconds: float


def fit_all(material: Material, fit: Fit, ks: Sequence[int], seed: int) -> list[RangeFit]:
    """Find themes for each k in all interviews."""
    fits = []
    of_any_k = fit_part(material, fit, seed)
    for k in ks:
        model, seconds = _timed(of_any_k, k)
        fits.append(RangeFit(k, model, float("nan"), seconds))
    return fits


def fit_draw(
    material: Material, persons: Integers, fit: Fit, ks: Sequence[int], seed: int, number: int
) -> list[RangeFit]:
    """Find themes for each k in one draw of the interviews, and try them on the others.

    Parameters
    ----------
    material : the whole corpus.
    persons : (interviews,), number of the person of each.
    fit : of the study.
    ks : numbers of themes at most.
    seed, number : of the study and of the draw. The draw is that of the refit of this number.
    """
    chosen, engine_seed = numbered_draw(persons, seed, number)
    part = material.of_interviews(chosen)
    held_out = material.counts[~chosen[material.interviews]]
    fits = []
    of_any_k = fit_part(part, fit, engine_seed)
    for k in ks:
        model, seconds = _timed(of_any_k, k)
        fits.append(RangeFit(k, model, held_out_gain(model, held_out, engine_seed), seconds))
    return fits


def _timed(of_any_k: Callable[[int], ThemeModel], k: int) -> tuple[ThemeModel, float]:
    """Themes, and the seconds that they took."""
    start = time.perf_counter()
    model = of_any_k(k)
    return model, time.perf_counter() - start


def held_out_gain(model: ThemeModel, counts: sparse.csr_matrix, seed: int) -> float:
    """Measure what themes tell about passages that they were not found in.

    The different terms of each passage are halved at random. Shares are measured on one half; the
    other half is predicted from them, and they are trusted as far as they deserve: all are
    multiplied by one number that makes the prediction best. A few words give a passage sharper
    shares than it has, the more so the more themes there are; without that number few themes
    would always seem to predict best.

    Parameters
    ----------
    model : themes.
    counts : passages held out × terms of the model.
    seed : of the halves.

    Returns
    -------
    Mean over occurrences of the terms predicted of ln(p / p₀), with p the probability of the term
    by the themes of the passage and the background, p₀ by the background alone: 0 where themes
    tell nothing. An occurrence counts by its salience, as where shares are measured. NaN when no
    passage has two terms.

    References
    ----------
    Wallach, H., Murray, I., Salakhutdinov, R., Mimno, D. (2009). Evaluation methods for topic
    models. *ICML* (« document completion »). Guo, C., Pleiss, G., Sun, Y., Weinberger, K. (2017).
    On calibration of modern neural networks. *ICML* (one number for all sharp predictions).
    """
    cells = sparse.csr_matrix(counts).tocoo()
    shuffled = np.random.default_rng(seed).permutation(cells.nnz)
    order = shuffled[np.argsort(cells.row[shuffled], kind="stable")]
    rows, columns, data = cells.row[order], cells.col[order], cells.data[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    asked = place % 2 == 1
    if not asked.any():
        return float("nan")
    other_half = (data[~asked], (rows[~asked], columns[~asked]))
    shares = passage_shares(model, sparse.csr_matrix(other_half, shape=counts.shape))
    rows, columns, data = rows[asked], columns[asked], data[asked]
    # (p - p₀) / p₀, with all shares trusted.
    excess = -shares.sum(axis=1)[rows]
    for theme, weights in enumerate(model.weights):
        excess += shares[rows, theme] * weights[columns] / model.background[columns]
    mass = data * model.salience[columns]
    return _best_gain(excess, mass / mass.sum()) if mass.any() else 0.0


def _best_gain(excess: Floats, weights: Floats) -> float:
    """Greatest mean of ln(1 + trust × excess), for one trust from 0 to 1."""

    def loss(trust: float) -> float:
        return -float(weights @ np.log1p(trust * excess))

    # At 1, a passage that is all in one theme gives no probability to words of the others.
    trusted = minimize_scalar(loss, bounds=(0, 1 - 1e-9), method="bounded")
    return max(0.0, -float(trusted.fun))
