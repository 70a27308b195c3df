"""Types of this room: the material that engines learn from, and the themes that they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.arrays import Floats, Integers
from textlien.study.options import ThemesOptions


class Material(NamedTuple):
    """Counts to find themes in.

    Attributes
    ----------
    counts : passages × terms, no empty row; the passages of an interview follow each other, in
        the order of speech.
    interviews : (passages,), number of the interview of each passage, from 0, rising.
    learn : (passages,), True for those that themes are found on: not those that repeat another.
    terms : names of the columns, in order.
    vectors : terms × dimension, the meaning of each term as a unit vector.
    verbs : (terms,), True for verbs; None where it is not known.
    seed_words : lists of terms, by column, that the researcher asks a theme for.
    """

    counts: sparse.csr_matrix
    interviews: Integers
    learn: NDArray[np.bool_]
    terms: tuple[str, ...]
    vectors: Floats
    verbs: NDArray[np.bool_] | None = None
    seed_words: tuple[tuple[int, ...], ...] = ()

    def of_interviews(self, chosen: NDArray[np.bool_]) -> Material:
        """The material of some interviews alone.

        Parameters
        ----------
        chosen : (interviews,), True for those that stay. Terms keep their columns.
        """
        rows = chosen[self.interviews]
        numbers = np.cumsum(chosen) - 1
        return self._replace(
            counts=self.counts[rows],
            interviews=numbers[self.interviews[rows]],
            learn=self.learn[rows],
        )

    def learnt(self) -> Material:
        """The passages that themes are found on, alone; an interview that has none is left out."""
        numbers = np.unique(self.interviews[self.learn], return_inverse=True)[1]
        return self._replace(
            counts=self.counts[self.learn],
            interviews=numbers.astype("int64"),
            learn=self.learn[self.learn],
        )


class ThemeModel(NamedTuple):
    """Themes, as distributions over terms that any passage can be measured on.

    Attributes
    ----------
    terms : names of the columns.
    weights : themes × terms, ≥ 0, rows sum to 1.
    salience : (terms,), ≥ 0: what one occurrence of a term tells about themes, 0 for a word of
        talk that goes with anything.
    background : (terms,), sums to 1: how often each term occurs outside of themes.
    components : components × terms, rows sum to 1, where several themes were merged into one:
        passages are measured on those, so that shares of merged themes add up; else None.
    owners : (components,), the theme of each component, or None.
    """

    terms: tuple[str, ...]
    weights: Floats
    salience: Floats
    background: Floats
    components: Floats | None = None
    owners: Integers | None = None


class Engine(Protocol):
    """Finds themes in a material."""

    def __call__(
        self, material: Material, options: ThemesOptions, seed: int
    ) -> Callable[[int], ThemeModel]:
        """Prepare what does not depend on the number of themes.

        Returns
        -------
        A function of ``k``, the number of themes at most, that fits them. An engine may find
        fewer.

        Parameters
        ----------
        material : the corpus, or some interviews of it.
        options : those of the engine.
        seed : of all that is drawn: the same one gives the same themes.
        """
        ...
