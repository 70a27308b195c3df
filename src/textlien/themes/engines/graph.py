"""The engine of textlien: a graph of terms whose edges several interviews support, factorised."""

from __future__ import annotations

import warnings

import numpy as np
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

from textlien.arrays import Floats
from textlien.study.options import ThemesOptions
from textlien.themes.burst import burst, interview_rows, neighbours
from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import theme_model

_LEAST_BURST = 0.3
_FEWEST_INTERVIEWS = 8
_SUPPORT = 2


def fit(material: Material, k: int, options: ThemesOptions, seed: int) -> ThemeModel:
    """Find at most ``k`` groups of terms that are said together in several interviews."""
    of_interview = interview_rows(material)
    present = sparse.csr_matrix(material.counts > 0, dtype=np.float64)
    n_interviews = np.asarray((of_interview @ present > 0).sum(axis=0)).ravel()
    strength = burst(material)
    fewest = min(_FEWEST_INTERVIEWS, max(2, of_interview.shape[0] // 10))
    nodes = np.flatnonzero((n_interviews >= fewest) & (strength > _LEAST_BURST))
    if len(nodes) < k:
        # Too little for a graph: every term is a node.
        nodes = np.arange(len(material.terms))
    frequency = np.asarray(present[:, nodes].sum(axis=0), dtype="float64").ravel()
    edges = _association(present[:, nodes], frequency) * _support(material, present[:, nodes])
    pull = np.sqrt(np.maximum(strength[nodes] - _LEAST_BURST, 0.1)) * np.log1p(frequency)
    edges *= np.sqrt(np.outer(pull, pull))
    model = NMF(min(k, len(nodes)), init="nndsvda", max_iter=options.iterations, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        left = model.fit_transform(edges)
    right = model.components_
    both = (left / np.maximum(left.sum(axis=0), 1e-12)).T
    both = both + right / np.maximum(right.sum(axis=1, keepdims=True), 1e-12)
    exclusive = both / np.maximum(both.sum(axis=0), 1e-12)
    weights = np.zeros((len(both), len(material.terms)))
    weights[:, nodes] = both * exclusive * np.sqrt(frequency)
    return theme_model(material, weights[weights.sum(axis=1) > 0])


def _association(present: sparse.csr_matrix, frequency: Floats) -> Floats:
    """Positive normalised pointwise mutual information of each pair of terms."""
    n = present.shape[0]
    together = (present.T @ present).toarray()
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(together * n / np.outer(frequency, frequency)) / -np.log(together / n)
    npmi[~np.isfinite(npmi)] = 0
    np.fill_diagonal(npmi, 0)
    return np.asarray(np.maximum(npmi, 0), dtype="float64")


def _support(material: Material, present: sparse.csr_matrix) -> Floats:
    """Belief in each pair, from 0 to 1, by the number of interviews in which it is met."""
    around = sparse.csr_matrix(present + neighbours(material, 1) @ present > 0, dtype=np.float64)
    meetings = np.zeros((present.shape[1], present.shape[1]))
    for interview in range(int(material.interviews.max()) + 1):
        rows = material.interviews == interview
        met = (present[rows].T @ around[rows]).tocoo()
        meetings[met.row, met.col] += 1
    meetings = np.maximum(meetings, meetings.T)
    belief = np.log1p(np.maximum(meetings - 1, 0)) / np.log(1 + 10 * _SUPPORT)
    return np.asarray(np.minimum(1, belief), dtype="float64")
