"""A model of themes made ready to be kept: few-interview terms left out, its remainder measured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.themes.fitting import Fit
from textlien.themes.model import Material, ThemeModel
from textlien.themes.projection.remainder import held_out
from textlien.themes.projection.saved import Origin, SavedThemes, of_terms
from textlien.themes.refits.stability import assess_weights


class Corpus(NamedTuple):
    """The corpus that themes were found in.

    Attributes
    ----------
    terms : that table.
    material : made of it.
    common : lemmas that were too common to be terms.
    digests : of its interviews (:func:`~textlien.themes.projection.saved.with_digests`).
    origin : how it was made.
    """

    terms: pd.DataFrame
    material: Material
    common: frozenset[str]
    digests: frozenset[str]
    origin: Origin


def keep(model: ThemeModel, themes: pd.DataFrame, corpus: Corpus, fit: Fit) -> SavedThemes:
    """Make a model ready to be kept.

    Parameters
    ----------
    model : themes, in the order of the table.
    themes : that table.
    corpus : that they were found in.
    fit : made them, and makes those that interviews held out are measured on.

    Returns
    -------
    The model without terms of fewer than three interviews. A theme of such terms alone stays,
    without words: no passage has it.
    """
    origin, terms = corpus.origin, corpus.terms
    kept = (terms["n_interviews"] >= origin.fewest[1]).to_numpy()
    reduced = of_terms(model, kept)
    unseen = held_out(corpus.material, fit, origin.k, origin.seed, origin.fewest)
    rows = unseen.remainders
    return SavedThemes(
        "",
        reduced,
        dict(zip(terms["term"][kept], terms["kind"][kept], strict=True)),
        corpus.common,
        themes,
        # By value: the order of the corpus would tell which interview is which.
        rows[np.lexsort(rows.T)],
        assess_weights(model, [fold.weights for fold in unseen.models]).likeness,
        corpus.digests,
        origin,
    )
