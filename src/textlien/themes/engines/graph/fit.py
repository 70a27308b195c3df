"""Themes of a graph of terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.study.options import ThemesOptions
from textlien.themes.engines.graph.edges import TermGraph, term_graph
from textlien.themes.engines.graph.factors import groups
from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import measurer

# A term stays in the themes where it has this part of what it has in its strongest one.
_STAYS = 0.6

# Part of the frequency, as an exponent, in the rank of a theme's words: at 0 they are rare, at 1
# the commonest words come first in several themes.
_FREQUENCY = 0.4

# The first words of a theme are in the same passages more often than by chance: this many times,
# and by this many standard errors. Themes of real corpora have a ratio of 1.8 to 20 (median 3 to
# 7); where each word was strewn at random over the passages, none to a quarter pass.
_FIRST_WORDS, _LEAST_RATIO, _LEAST_ERRORS = 10, 1.75, 3.0

# Part of the weight of the first word from which a word is clearly one of a theme.
_CLEARLY = 0.2

# Cosine to the neighbourhood of seed words from which a theme is the one that they ask for.
_ASKED = 0.5


def prepare(material: Material, options: ThemesOptions, seed: int) -> Callable[[int], ThemeModel]:
    """Make the graph of a material once, to find any number of themes in.

    Parameters: see :class:`~textlien.themes.model.Engine`.
    """
    graph = term_graph(material)
    return partial(_fit, material, graph, measurer(material), options.iterations, seed)


def _fit(
    material: Material,
    graph: TermGraph,
    measured: Callable[[Floats], ThemeModel],
    iterations: int,
    seed: int,
    k: int,
) -> ThemeModel:
    """Find at most ``k`` themes."""
    themes = groups(graph.edges, k, iterations, seed, partial(_said_together, graph=graph))
    place = {int(column): number for number, column in enumerate(graph.nodes)}
    seeds = [
        np.array([place[word] for word in words if word in place], dtype="int64")
        for words in material.seed_words
    ]
    themes, asked = _with_asked(themes, graph, [words for words in seeds if len(words)], k)
    weights = np.zeros((len(themes), len(material.terms)))
    if len(themes):
        ranked = _ranked(themes, graph)
        for theme, words in asked.items():
            # What she asks for comes first, before words that are said with it.
            ranked[theme, words] = max(2 * ranked[theme].max(), 1e-9)
        weights[:, graph.nodes] = ranked
    return measured(weights)


def _with_asked(
    themes: Floats, graph: TermGraph, seeds: Sequence[Integers], k: int
) -> tuple[Floats, dict[int, Integers]]:
    """Put a theme for each list of seed words in the place of the one that is like it.

    The theme of some words is their neighbourhood in the graph, and the words themselves.

    Returns
    -------
    Themes, and the seed words of those that were asked for.
    """
    asked: dict[int, Integers] = {}
    for words in seeds:
        around = np.asarray(graph.edges[words].sum(axis=0), dtype="float64").ravel()
        around[words] = max(around.max(initial=0), 1.0)
        around /= around.sum()
        lengths = np.linalg.norm(themes, axis=1) * np.linalg.norm(around)
        alike = themes @ around / lengths
        alike[list(asked)] = -1  # each list has a theme of its own
        nearest = int(alike.argmax()) if len(alike) else 0
        if len(themes) >= k or alike.max(initial=-1) >= _ASKED:
            themes[nearest] = around
        else:
            nearest = len(themes)
            themes = np.vstack([themes, around])
        asked[nearest] = words
    return themes, asked


def _said_together(themes: Floats, graph: TermGraph) -> NDArray[np.bool_]:
    """True for themes whose first words are said together; others are alike in meaning alone."""
    kept = np.zeros(len(themes), dtype=bool)
    for theme, row in enumerate(_ranked(themes, graph)):
        words = np.argsort(-row, kind="stable")[:_FIRST_WORDS]
        words = words[row[words] > _CLEARLY * row.max()]
        pairs = np.triu_indices(len(words), 1)
        seen = (graph.present[:, words].T @ graph.present[:, words]).toarray()[pairs].sum()
        frequency = graph.frequency[words]
        expected = np.outer(frequency, frequency)[pairs].sum() / graph.present.shape[0]
        errors = (seen - expected) / np.sqrt(max(expected, 1e-9))
        kept[theme] = seen >= _LEAST_RATIO * expected and errors >= _LEAST_ERRORS
    return kept


def _ranked(themes: Floats, graph: TermGraph) -> Floats:
    """Weights of the words of each theme: evidence × exclusivity × a power of frequency.

    The evidence of a word is the strength of its edges to the words of the theme, those counting
    most that are of this theme alone.
    """
    sums = themes.sum(axis=0)
    core = themes * themes / np.where(sums > 0, sums, 1)
    core /= core.sum(axis=1, keepdims=True)
    evidence = np.asarray(core @ graph.evidence)
    totals = evidence.sum(axis=1, keepdims=True)
    belongs = evidence / np.where(totals > 0, totals, 1)
    everywhere = belongs.sum(axis=0)
    exclusive = belongs / np.where(everywhere > 0, everywhere, 1)
    weights = belongs * exclusive * graph.frequency**_FREQUENCY
    return np.where(belongs >= _STAYS * belongs.max(axis=0), weights, 0)
