"""Draws of interviews, and the themes of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.themes.fitting import FEWEST as FEWEST_THEMES
from textlien.themes.fitting import Fit, most_themes
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.speech import Speech
from textlien.themes.shares import passage_shares

SHARE = 0.8
"""Share of the persons that a draw keeps (Ben-Hur, Elisseeff and Guyon 2002)."""

FEWEST = 5
"""Persons that it takes: of fewer, a draw of 80 % leaves none out."""


class Refit(NamedTuple):
    """Themes of a draw, and what they are of every interview, those not drawn included.

    Attributes
    ----------
    weights : themes × terms, as in :class:`~textlien.themes.model.ThemeModel`.
    by_words : interviews × themes, share of the words of an interview.
    by_passages : interviews × themes, mean share over the passages of an interview.
    """

    weights: Floats
    by_words: Floats
    by_passages: Floats


class Refits(NamedTuple):
    """The refits of a corpus.

    Attributes
    ----------
    interviews : identifiers, in the order of the rows of each refit.
    persons : number of persons interviewed.
    refits : in order; none where there are too few persons, or the study wants none.
    """

    interviews: tuple[str, ...] = ()
    persons: int = 0
    refits: tuple[Refit, ...] = ()


NO_REFITS = Refits()


def draw(persons: Integers, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Draw 80 % of the persons without replacement.

    Parameters
    ----------
    persons : (interviews,), number of the person of each, from 0.

    Returns
    -------
    (interviews,), True for the interviews of those drawn: somebody who was interviewed twice is
    there with both, or not at all.
    """
    n = int(persons.max(initial=-1)) + 1  # none where no interview has a term
    drawn = generator.choice(n, round(SHARE * n), replace=False)
    return np.isin(persons, drawn)


def numbered_draw(persons: Integers, seed: int, number: int) -> tuple[NDArray[np.bool_], int]:
    """The draw of this number, and the seed of the engine on it: they depend on nothing else."""
    generator = np.random.default_rng([seed, number])
    return draw(persons, generator), int(generator.integers(2**31))


def refit(material: Material, speech: Speech, fit: Fit, k: int, seed: int, number: int) -> Refit:
    """Fit the themes of one draw, and measure all interviews on them.

    Parameters
    ----------
    material : the whole corpus.
    speech : its interviews.
    fit : the fit of the study, edits included.
    k : number of themes at most.
    seed, number : of the study and of the refit: what is drawn, and what the engine draws,
        depend on both alone.
    """
    chosen, engine_seed = numbered_draw(speech.persons, seed, number)
    model = fit_part(material.of_interviews(chosen), fit, engine_seed)(k)
    shares = passage_shares(model, material.counts)
    n_interviews = len(speech.interviews)
    words = np.zeros((n_interviews, shares.shape[1]))
    passages = np.zeros((n_interviews, shares.shape[1]))
    np.add.at(words, speech.of_passage, shares * speech.words[:, np.newaxis])
    np.add.at(passages, speech.of_passage, shares)
    return Refit(
        model.weights,
        words / np.maximum(speech.n_words, 1)[:, np.newaxis],
        passages / speech.n_passages[:, np.newaxis],
    )


def fit_part(part: Material, fit: Fit, seed: int) -> Callable[[int], ThemeModel]:
    """Prepare a fit of a part of the corpus, which has no themes where it is too small."""
    most = most_themes(part)
    if most >= FEWEST_THEMES:
        of_any_k = fit.of_any_k(part, seed)
        return lambda k: of_any_k(min(k, most))
    n = len(part.terms)
    none = ThemeModel(part.terms, np.zeros((0, n)), np.zeros(n), np.full(n, 1 / max(n, 1)))
    return lambda _: none
