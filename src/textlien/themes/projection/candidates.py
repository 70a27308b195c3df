"""Themes in what old themes do not hold: candidates, for the researcher to judge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.themes.coverage import has_theme
from textlien.themes.fitting import Fit, most_themes
from textlien.themes.matching import likeness, match
from textlien.themes.model import Material, ThemeModel
from textlien.themes.projection.saved import FEWEST_INTERVIEWS, SavedThemes
from textlien.themes.shares import passage_shares, theme_model

WORDS = 10
"""First words of a candidate, by which it is named and its frequency measured."""

NEW = 2.0
"""Times that the words of a candidate are more frequent than in the corpus of the model, from which
it is called new. Between random halves of the 230 leaflets of archelec of 1988, three draws, none
of 42 candidates of the engine ``graph`` nor of 60 of ``nmf`` reached it; the largest had 1.9
(``benchmarks/projection.py``)."""

_SEVERAL = 2
"""First words of a candidate that a passage has, to speak of it: one may be there by chance."""


def is_new(ratio: float) -> bool:
    """True for a candidate whose words are much more frequent than in the corpus of the model."""
    return bool(ratio >= NEW)


class Candidates(NamedTuple):
    """Themes of the passages without theme, by falling number of passages.

    Attributes
    ----------
    weights : candidates × terms of the material.
    shares : passages × candidates, beside the old themes.
    n_passages, n_interviews : with two of its first words at least; repeats do not count.
    ratio : how many times more frequent its first words are than in the corpus of the model.
    nearest : the most similar old theme, by its row.
    likeness : to that theme, from 0 to 1.
    """

    weights: Floats
    shares: Floats
    n_passages: Integers
    n_interviews: Integers
    ratio: Floats
    nearest: Integers
    likeness: Floats


def candidates(
    saved: SavedThemes,
    material: Material,
    shares: Floats,
    fit: Fit,
) -> Candidates:
    """Find themes in the passages that have none of the old ones.

    Parameters
    ----------
    saved : old themes; as many are looked for at most as were for them.
    material : of the new corpus.
    shares : passages × old themes.
    fit : engine, that of the old themes.

    Notes
    -----
    Themes that match an old one (:func:`~textlien.themes.matching.match`) are left out, and those
    that fewer than three interviews speak of.
    """
    outside = ~has_theme(shares) & material.learn
    rest = material._replace(learn=outside).learnt()
    most = min(saved.origin.k, most_themes(rest))
    if len(np.unique(rest.interviews)) < FEWEST_INTERVIEWS or most < 1:
        return _none(material)
    model = fit(rest, most, saved.origin.seed)
    if not len(model.weights):
        return _none(material)
    fresh = sorted(match(saved.model, model).appeared)
    weights = model.weights[fresh]
    if not len(weights):
        return _none(material)
    return _supported(saved, material, weights)


def _supported(saved: SavedThemes, material: Material, weights: Floats) -> Candidates:
    """Measure candidates beside the old themes, and leave out those of too few interviews."""
    columns, has_column = _columns(saved, material)
    old = np.zeros((len(saved.model.weights), len(material.terms)))
    old[:, has_column] = saved.model.weights[:, columns[has_column]]
    both = np.vstack([old[old.sum(axis=1) > 0], weights])
    n_old = len(both) - len(weights)
    beside = passage_shares(theme_model(material, both), material.counts)
    n_passages, n_interviews = _support(material, weights)
    order = np.argsort(-n_passages, kind="stable")
    order = order[n_interviews[order] >= FEWEST_INTERVIEWS]
    alike = likeness(saved.model, ThemeModel(material.terms, weights, *_flat(material)))
    return Candidates(
        weights[order],
        beside[:, n_old + order],
        n_passages[order],
        n_interviews[order],
        _ratio(saved, material, weights[order]),
        alike.argmax(axis=0)[order],
        alike.max(axis=0)[order],
    )


def _support(material: Material, weights: Floats) -> tuple[Integers, Integers]:
    """Passages with several of the first words of each candidate, and their interviews."""
    passages, interviews = [], []
    for row in weights:
        words = _first_words(row)
        has_several = np.diff((material.counts[:, words] > 0).tocsr().indptr) >= _SEVERAL
        has_several &= material.learn
        passages.append(int(has_several.sum()))
        interviews.append(len(np.unique(material.interviews[has_several])))
    return np.array(passages, dtype=np.int64), np.array(interviews, dtype=np.int64)


def _first_words(row: Floats) -> Integers:
    """Columns of the heaviest terms of a candidate."""
    best = np.argsort(-row, kind="stable")[:WORDS]
    return np.asarray(best[row[best] > 0], dtype=np.int64)


def _columns(saved: SavedThemes, material: Material) -> tuple[Integers, NDArray[np.bool_]]:
    """Column in the model of each term of the material, and whether it has one."""
    column = {term: number for number, term in enumerate(saved.model.terms)}
    columns = np.array([column.get(term, -1) for term in material.terms], dtype=np.int64)
    return columns, columns >= 0


def _ratio(saved: SavedThemes, material: Material, weights: Floats) -> Floats:
    """Frequency of the first words of each candidate, over that in the corpus of the model.

    The geometric mean of the words' ratios: each counts alike, so that a new word is not drowned
    by one that is common in both.

    A term that the model lacks was in fewer passages than a term needs: it counts as if it had
    been in as many. One that was too common to be its term is left out.
    """
    totals = np.asarray(material.counts[material.learn].sum(axis=0), dtype="float64").ravel()
    here = totals / totals.sum()
    columns, has_column = _columns(saved, material)
    rarest = saved.origin.fewest[0] / max(saved.origin.n_occurrences, 1)
    there = np.where(has_column, saved.model.background[columns], rarest)
    common = np.isin(np.array(material.terms, dtype=object), list(saved.common))
    ratios = []
    for row in weights:
        words = _first_words(row)
        words = words[~common[words]]
        words = words[here[words] > 0]  # some may be in passages alone that repeat others
        logs = np.log(here[words] / there[words])
        ratios.append(np.exp(logs.mean()) if len(words) else np.nan)
    return np.array(ratios, dtype="float64")


def _flat(material: Material) -> tuple[Floats, Floats]:
    """Salience and background that likeness does not look at."""
    n_terms = len(material.terms)
    return np.ones(n_terms), np.full(n_terms, 1 / n_terms)


def _none(material: Material) -> Candidates:
    """No candidate."""
    numbers = np.zeros(0, dtype=np.int64)
    return Candidates(
        np.zeros((0, len(material.terms))),
        np.zeros((material.counts.shape[0], 0)),
        numbers,
        numbers,
        np.zeros(0),
        numbers,
        np.zeros(0),
    )
