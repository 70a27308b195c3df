"""Stability of themes: how far each comes back when other interviews are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import ThemesOptions
from textlien.themes.matching import LEAST, match
from textlien.themes.model import ThemeModel
from textlien.themes.refits.draws import FEWEST, Refits

FRAGILE = 0.7
"""Stability under which a theme is marked as fragile.

Chosen on three random halvings of the reference matrix (95 interviews, k = 20), as the value under
which half of the themes of one half are not among those of the other: 48 % of 58 themes, against
16 % of 62 above. On three other halvings: 52 % of 52 against 13 % of 68.
"""

ABSENT = -1
"""Stands for the counterpart of a theme that did not come back."""


class Stability(NamedTuple):
    """Counterparts of the themes of the whole corpus in refits.

    Attributes
    ----------
    counterparts : refits × themes, number of the counterpart in the refit, or :data:`ABSENT`.
    likeness : refits × themes, likeness to the counterpart, 0 where there is none.
    """

    counterparts: Integers
    likeness: Floats

    def of_themes(self, order: Integers) -> Stability:
        """The same of themes in another order."""
        return Stability(self.counterparts[:, order], self.likeness[:, order])


def assess(model: ThemeModel, refits: Refits, least: float = LEAST) -> Stability:
    """Look for the themes of a corpus in refits on draws of its interviews.

    Parameters
    ----------
    model : themes of the whole corpus.
    refits : over the same terms.
    least : likeness of counterparts (:func:`~textlien.themes.matching.match`).

    References
    ----------
    Ben-Hur, A., Elisseeff, A., Guyon, I. (2002). A stability based method for discovering
    structure in clustered data. *Pacific Symposium on Biocomputing*; Greene, D., O'Callaghan, D.,
    Cunningham, P. (2014). How many topics? Stability analysis for topic models. *ECML PKDD*.
    """
    return assess_weights(model, [refit.weights for refit in refits.refits], least)


def assess_weights(model: ThemeModel, refits: Sequence[Floats], least: float = LEAST) -> Stability:
    """Do as :func:`assess`, from the weights of the themes of each refit alone."""
    shape = (len(refits), len(model.weights))
    counterparts = np.full(shape, ABSENT, dtype=np.int64)
    likeness = np.zeros(shape)
    for number, weights in enumerate(refits):
        matching = match(model, model._replace(weights=weights), least)
        for theme, counterpart in matching.matched:
            counterparts[number, theme] = counterpart
            likeness[number, theme] = matching.likeness[theme, counterpart]
    return Stability(counterparts, likeness)


def marks(stability: Stability) -> pd.DataFrame:
    """Columns of table ``themes`` that come of refits, by theme.

    Returns
    -------
    ``stability``, mean likeness to the counterpart; ``returns``, share of the refits that have
    one; ``fragile``. Without refits both numbers are missing, and no theme is marked.
    """
    n_refits, n_themes = stability.likeness.shape
    table = pd.DataFrame(
        {"stability": np.nan, "returns": np.nan},
        index=pd.RangeIndex(1, n_themes + 1, name="theme"),
    )
    if n_refits:
        table["stability"] = np.clip(stability.likeness.mean(axis=0), 0, 1)
        table["returns"] = (stability.counterparts != ABSENT).mean(axis=0)
    return table.assign(fragile=table["stability"] < FRAGILE)


def doubts(themes: pd.DataFrame, options: ThemesOptions, refits: Refits) -> list[Problem]:
    """Tell which themes are fragile, or why nothing is known of it.

    Parameters
    ----------
    themes : table.
    options : number of refits asked for.
    refits : those that were made.
    """
    if themes.empty:
        return []
    if not options.refits:
        return [Problem.note("themes.no-refits", Location(option="themes.refits"))]
    if not refits.refits:
        place = Location(option="themes.refits")
        return [
            Problem.warning("themes.too-few-to-refit", place, persons=refits.persons, fewest=FEWEST)
        ]
    fragile = themes[themes["fragile"]]
    if fragile.empty:
        return []
    names = tuple(f"{row.theme} ({row.label})" for row in fragile.itertuples())
    return [
        Problem.warning(
            "themes.fragile",
            Location(option="themes"),
            fragile=len(fragile),
            themes=len(themes),
            list=names,
            refits=len(refits.refits),
        )
    ]


def refit_table(stability: Stability, refits: Refits) -> pd.DataFrame:
    """Table ``theme_refits``: share of each theme in each interview, as each refit measures it.

    Returns
    -------
    A row for each refit, theme and interview, those that were not drawn included. Where the
    theme did not come back its shares are missing: how much they move can be told only of
    refits in which it did.
    """
    rows = zip(refits.refits, stability.counterparts, strict=True)
    parts = [
        pd.DataFrame(
            {
                "refit": number,
                "theme": theme,
                "interview_id": list(refits.interviews),
                "share_of_words": _of(refit.by_words, counterpart),
                "mean_share": _of(refit.by_passages, counterpart),
            }
        )
        for number, (refit, counterparts) in enumerate(rows, start=1)
        for theme, counterpart in enumerate(counterparts, start=1)
    ]
    return tables.make("theme_refits", pd.concat(parts) if parts else [])


def _of(shares: Floats, counterpart: int) -> Floats:
    """Share of one theme of a refit in each interview; missing where it is absent."""
    return (
        np.full(len(shares), np.nan)
        if counterpart == ABSENT
        else np.clip(shares[:, counterpart], 0, 1)
    )
