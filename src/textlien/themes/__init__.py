"""Themes: what the passages speak of, found without being told.

:func:`find_themes` is the stage; ``nmf`` and ``lda`` are the engines, ``describe`` makes their
numbers readable.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from textlien import tables
from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import ThemesOptions
from textlien.terms.counts import matrix
from textlien.themes import describe, lda, nmf
from textlien.themes.repeated import repeats

REVISION = 2
"""Raised when the same input gives other themes."""


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
    are left out while themes are found, so that a standing phrase makes no theme of its own.
    """
    counts, passages = matrix(passage_terms, terms)
    learnt = ~repeats(counts)
    n_learnt = int(learnt.sum())
    k = min(options.k, n_learnt // 2, counts.shape[1] // 2)
    if k < 2:
        found = f"{n_learnt} passages with terms and {counts.shape[1]} terms"
        hint = "Add interviews, or lower [terms] min_passages and min_interviews."
        problem = raw_problem("themes", f"{found}: too few to find themes in.", hint, "", "warning")
        return _empty(), [problem]
    problems = []
    if k < options.k:
        message = f"k = {options.k} is too many for {n_learnt} passages: {k} themes."
        problems.append(raw_problem("themes", message, "Set [themes] k lower.", "", "warning"))
    if n_learnt < len(passages):
        repeated = len(passages) - n_learnt
        message = f"{repeated:,} of {len(passages):,} passages repeat another one, or nearly."
        hint = "Themes are found without them; they are given their shares all the same."
        problems.append(raw_problem("themes", message, hint, "", "note"))
    engine = nmf.fit if options.engine == "nmf" else lda.fit
    shares, weights = engine(counts, learnt, k, options, seed)
    shares, weights = _by_share(shares, weights)
    weights = weights / weights.sum(axis=1, keepdims=True)
    names, identifiers = list(terms["term"]), list(passages)
    frex = describe.frex(weights)
    ranked = describe.ranked_terms(weights, frex, names, options.top_terms)
    coherence = describe.npmi(ranked, passage_terms, len(passages))
    return (
        Themes(
            describe.theme_table(shares, ranked, coherence, terms),
            ranked,
            describe.exemplars(shares, counts, identifiers, options.exemplars),
            _long(shares, identifiers),
        ),
        problems,
    )


def _by_share(
    shares: describe.Floats, weights: describe.Floats
) -> tuple[describe.Floats, describe.Floats]:
    """Order themes by falling share; the order found by the engine means nothing."""
    order = np.argsort(-shares.mean(axis=0), kind="stable")
    return shares[:, order], weights[order]


def _long(shares: describe.Floats, passages: list[str]) -> pd.DataFrame:
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
    return Themes(*(tables.make(name, []) for name in Themes._fields))
