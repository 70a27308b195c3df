"""Stage ``themes``: fit an engine and describe its themes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import ThemesOptions
from textlien.themes import describe
from textlien.themes.coverage import without_theme
from textlien.themes.edits.applying import Edited
from textlien.themes.edits.reports import reports
from textlien.themes.fitting import FEWEST, StudyFit, most_themes, too_few
from textlien.themes.model import Material
from textlien.themes.refits.draws import NO_REFITS, Refits
from textlien.themes.refits.stability import assess, marks, refit_table
from textlien.themes.shares import passage_shares

REVISION = 5
"""Raised when the same input gives other themes."""


class Themes(NamedTuple):
    """The tables of the stage."""

    themes: pd.DataFrame
    theme_terms: pd.DataFrame
    theme_exemplars: pd.DataFrame
    passage_themes: pd.DataFrame
    passages_without_theme: pd.DataFrame
    theme_refits: pd.DataFrame


def find_themes(
    material: Material,
    passages: list[str],
    terms: pd.DataFrame,
    passage_terms: pd.DataFrame,
    fit: StudyFit,
    seed: int,
    refits: Refits = NO_REFITS,
) -> tuple[Themes, list[Problem]]:
    """Fit a topic model and describe its themes.

    Parameters
    ----------
    material, passages : of the tables (:func:`~textlien.themes.material.material_of`).
    terms, passage_terms : tables of the stage ``terms``.
    fit : engine, number of themes, what is shown of them; edits of the researcher.
    seed : of the engine.
    refits : the same fit on draws of the interviews, which themes are compared with.

    Returns
    -------
    Tables ``themes`` (numbered from 1: :func:`numbered`),
    ``theme_terms``, ``theme_exemplars``, ``passage_themes`` (shares above 0; those of a passage
    sum to 1 at most, the remainder is outside of all themes), ``passages_without_theme`` (of the
    passages that have terms) and ``theme_refits``. Passages that repeat another one are left out
    while themes are found, so that a standing phrase does not become a theme.
    """
    options = fit.options
    n_passages, n_train = len(passages), int(material.learn.sum())
    k = min(options.k, most_themes(material))
    if k < FEWEST:
        return _empty(), [too_few(material)]
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
    edited = fit.edited(material, k, seed)
    if not len(edited.model.weights):
        place = Location(option="themes")
        problems.append(Problem.warning("themes.none-together", place, passages=n_train))
    problems += reports(edited, fit.edits, list(terms["form"]))
    return _described(edited, material, passages, terms, passage_terms, options, refits), problems


def _described(
    edited: Edited,
    material: Material,
    passages: list[str],
    terms: pd.DataFrame,
    passage_terms: pd.DataFrame,
    options: ThemesOptions,
    refits: Refits,
) -> Themes:
    """The tables of themes."""
    stability = assess(edited.model, refits)
    fragile = marks(stability)["fragile"].to_numpy(dtype=bool)
    edited, shares, order = numbered(edited, material, fragile)
    stability = stability.of_themes(order)
    model, weights = edited.model, edited.model.weights
    ranked = describe.ranked_terms(
        weights, model.background, list(terms["term"]), options.top_terms
    )
    coherence = describe.npmi(ranked, passage_terms, len(passages))
    return Themes(
        _with_edits(
            describe.theme_table(shares, ranked, coherence, terms, marks(stability)), edited
        ),
        ranked,
        describe.exemplars(shares, material.counts, passages, options.exemplars),
        positive_shares(shares, passages),
        without_theme(model, material.counts, shares, passages, edited.aside),
        refit_table(stability, refits),
    )


def numbered(
    edited: Edited, material: Material, fragile: NDArray[np.bool_]
) -> tuple[Edited, Floats, Integers]:
    """Themes in order, their shares of each passage, and the number that each had before.

    The order in which an engine finds themes means nothing. Here they come by falling share, first
    those that come back in other draws, then the fragile ones, then those that are set aside.
    """
    model = edited.model
    shares = passage_shares(model, material.counts)
    order = np.lexsort((-shares.mean(axis=0), fragile, edited.aside))
    owners = None if model.owners is None else np.argsort(order)[model.owners]
    return (
        edited._replace(
            model=model._replace(weights=model.weights[order], owners=owners),
            names=tuple(edited.names[theme] for theme in order),
            aside=edited.aside[order],
        ),
        shares[:, order],
        order.astype(np.int64),
    )


def as_numbered(edited: Edited, material: Material, themes: pd.DataFrame) -> Edited:
    """Themes of a fit in the order of table ``themes`` of the run, which knows the fragile ones."""
    by_share, *_ = numbered(edited, material, np.zeros(len(themes), dtype=bool))
    fragile = themes.sort_values(["aside", "share"], ascending=[True, False])["fragile"]
    return numbered(by_share, material, fragile.to_numpy(dtype=bool))[0]


def _with_edits(themes: pd.DataFrame, edited: Edited) -> pd.DataFrame:
    """Table ``themes`` with the names that the researcher gives, and the themes she sets aside."""
    names = np.array(edited.names, dtype=object)
    named = names != ""
    labels = themes["label"].where(~named, names)
    return themes.assign(label=labels, named=named, aside=edited.aside)


def positive_shares(shares: Floats, passages: list[str]) -> pd.DataFrame:
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
