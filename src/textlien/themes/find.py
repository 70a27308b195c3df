"""Stage ``themes``: fit an engine and describe its themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from textlien import tables
from textlien.arrays import Floats
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import ThemesOptions
from textlien.terms.counts import matrix
from textlien.themes import describe, lda, nmf
from textlien.themes.engine import Engine, Factors
from textlien.themes.repeated import repeats

REVISION = 2
"""Raised when the same input gives other themes."""

ENGINES: Mapping[str, Engine] = {"nmf": nmf.fit, "lda": lda.fit}
"""Engines by their name in ``[themes] engine``."""

# A theme has two passages and two terms at least; a single theme shows nothing.
_EACH, _FEWEST = 2, 2


class Themes(NamedTuple):
    """The four tables of the stage."""

    themes: pd.DataFrame
    theme_terms: pd.DataFrame
    theme_exemplars: pd.DataFrame
    passage_themes: pd.DataFrame


def find_themes(
    terms: pd.DataFrame, passage_terms: pd.DataFrame, options: ThemesOptions, seed: int
) -> tuple[Themes, list[Problem]]:
    """Fit a topic model and describe its themes.

    Parameters
    ----------
    terms, passage_terms : tables of the stage ``terms``.
    options : engine, number of themes, what is shown of them.
    seed : of the engine.

    Returns
    -------
    Tables ``themes`` (numbered from 1 by falling share), ``theme_terms``, ``theme_exemplars``,
    ``passage_themes`` (shares above 0; those of a passage sum to 1). A passage without any term
    has no theme: it is counted in a problem, and in no share. Passages that repeat another one
    are left out while themes are found, so that a standing phrase does not become a theme.
    """
    counts, passages = matrix(passage_terms, terms)
    train = ~repeats(counts)
    n_passages, n_train, n_terms = len(passages), int(train.sum()), counts.shape[1]
    k = min(options.k, n_train // _EACH, n_terms // _EACH)
    if k < _FEWEST:
        return _empty(), [
            Problem.warning(
                "themes.too-few", Location(option="themes"), passages=n_train, terms=n_terms
            )
        ]
    problems = []
    if k < options.k:
        location = Location(option="themes.k")
        problems.append(
            Problem.warning("themes.k-too-large", location, k=options.k, passages=n_train, themes=k)
        )
    if n_train < n_passages:
        location = Location(option="themes")
        repeated = n_passages - n_train
        problems.append(
            Problem.note("themes.repeats", location, repeated=repeated, passages=n_passages)
        )
    factors = ENGINES[options.engine](counts, train, k, options, seed)
    return _described(factors, counts, list(passages), terms, passage_terms, options), problems


def _described(
    factors: Factors,
    counts: sparse.csr_matrix,
    passages: list[str],
    terms: pd.DataFrame,
    passage_terms: pd.DataFrame,
    options: ThemesOptions,
) -> Themes:
    """The tables of themes, numbered by falling share."""
    shares, weights = _by_share(factors)
    weights = weights / weights.sum(axis=1, keepdims=True)
    ranked = describe.ranked_terms(
        weights, describe.frex(weights), list(terms["term"]), options.top_terms
    )
    coherence = describe.npmi(ranked, passage_terms, len(passages))
    return Themes(
        describe.theme_table(shares, ranked, coherence, terms),
        ranked,
        describe.exemplars(shares, counts, passages, options.exemplars),
        _positive_shares(shares, passages),
    )


def _by_share(factors: Factors) -> Factors:
    """Order themes by falling share; the order in which an engine finds them means nothing."""
    order = np.argsort(-factors.shares.mean(axis=0), kind="stable")
    return Factors(factors.shares[:, order], factors.weights[order])


def _positive_shares(shares: Floats, passages: list[str]) -> pd.DataFrame:
    """Table ``passage_themes``: a row for each share above 0."""
    positive = sparse.coo_array(shares)
    return tables.make(
        "passage_themes",
        pd.DataFrame(
            {
                "passage_id": np.asarray(passages, dtype=object)[positive.row],
                "theme": positive.col.astype("int64") + 1,
                "share": np.clip(positive.data, 0, 1),
            }
        ),
    )


def _empty() -> Themes:
    """The tables of a corpus without themes."""
    return Themes(*(tables.make(name, []) for name in Themes._fields))
