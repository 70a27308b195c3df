"""The fit of a study's themes, which the run and every refit share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from textlien.study.options import ThemesOptions
from textlien.themes.engines import graph, lda, nmf
from textlien.themes.model import Engine, Material, ThemeModel

ENGINES: Mapping[str, Engine] = {"graph": graph.fit, "nmf": nmf.fit, "lda": lda.fit}
"""Engines by their name in ``[themes] engine``."""


class Fit(Protocol):
    """Makes the themes of a material, edits of the researcher included."""

    def __call__(self, material: Material, k: int, seed: int) -> ThemeModel:
        """Fit the themes.

        Parameters
        ----------
        material : the corpus, or some interviews of it (:meth:`Material.of_interviews`).
        k : number of themes at most.
        seed : of all that is drawn.
        """
        ...


class StudyFit(NamedTuple):
    """The fit that a study file asks for; small and picklable, so that processes can share it.

    Attributes
    ----------
    options : the engine and its options.
    """

    options: ThemesOptions

    def __call__(self, material: Material, k: int, seed: int) -> ThemeModel:
        """Fit the themes, as :class:`Fit` says."""
        return ENGINES[self.options.engine](material, k, self.options, seed)
