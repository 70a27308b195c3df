"""Anchor words → the theme that they mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from textlien.arrays import Floats

FIRST_TERMS = 25
"""Terms of a theme among which anchor words are looked for: those that its diversity is of."""

SURE = 2 / 3
"""Share of the anchor words that a theme holds from which it is surely the one they mean.

Chosen on 68 interviews (k = 20): entries of six words of their themes, looked for in five draws of
80 % of them. Where 4, 5 and 6 words were held, 60 of 65 themes were the same by their shares in
passages; where 3 were, 2 of 5. ``benchmarks/theme_entries.py`` prints it for any run.
"""

FEWEST = 2
"""Anchor words, of more than one, that a theme must hold to be meant at all."""


# Part of its weight in its strongest theme from which a term is one of another theme, too.
_AT_HOME = 0.5


class Match(NamedTuple):
    """The theme that a list of anchor words means, or the nearest one.

    Attributes
    ----------
    theme : row of the model.
    n_held, n_words : anchor words among the telling terms of the theme, and in all.
    others : themes that hold as many.
    """

    theme: int
    n_held: int
    n_words: int
    others: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """True where the theme is taken for the one that is meant."""
        return self.n_held >= min(FEWEST, self.n_words)

    @property
    def is_sure(self) -> bool:
        """True where that is no guess."""
        return self.holds and not self.others and self.n_held >= SURE * self.n_words


def first_terms(weights: Floats) -> Floats:
    """Themes × terms: 1 for the first terms of a theme, by weight.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.
    """
    order = np.argsort(-weights, axis=1, kind="stable")[:, :FIRST_TERMS]
    first = np.zeros(weights.shape)
    np.put_along_axis(first, order, 1.0, axis=1)
    return np.asarray(first * (weights > 0), dtype="float64")


def telling_terms(weights: Floats) -> Floats:
    """The first terms but those that weigh more than twice as much in another theme."""
    is_at_home = weights >= _AT_HOME * weights.max(axis=0, initial=0)
    return np.asarray(first_terms(weights) * is_at_home, dtype="float64")


def match(
    weights: Floats, telling: Floats, words: Sequence[int], used: Collection[int] = ()
) -> Match | None:
    """Find the theme that holds the most anchor words.

    Of several that hold as many it is one that is not used, then the one in which the words
    weigh most.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.
    telling : of :func:`telling_terms`.
    words : columns, at least one.
    used : themes that other lists of the same entry mean.

    Returns
    -------
    None where there is no theme.
    """
    if not len(weights):
        return None
    columns = list(words)
    held = telling[:, columns].sum(axis=1)
    is_used = np.isin(np.arange(len(weights)), list(used))
    best = int(np.lexsort((-weights[:, columns].sum(axis=1), is_used, -held))[0])
    others = tuple(int(theme) for theme in np.flatnonzero(held == held[best]) if theme != best)
    return Match(best, int(held[best]), len(columns), others)
