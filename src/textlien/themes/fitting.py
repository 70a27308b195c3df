"""The fit of a study's themes, which the run and every refit share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import ThemesOptions
from textlien.themes.edits.applying import Edited, apply
from textlien.themes.edits.resolving import Edit
from textlien.themes.engines import lda, nmf
from textlien.themes.engines.graph import fit as graph
from textlien.themes.model import Engine, Material, ThemeModel

ENGINES: Mapping[str, Engine] = {
    "graph": graph.prepare,
    "nmf": nmf.prepare,
    "lda": lda.prepare,
}
"""Engines by their name in ``[themes] engine``."""

# A theme has two passages and two terms at least.
_EACH = 2

FEWEST = 2
"""A single theme shows nothing."""


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

    def of_any_k(self, material: Material, seed: int) -> Callable[[int], ThemeModel]:
        """Prepare what does not depend on the number of themes; the result fits ``k`` at most."""
        ...


class StudyFit(NamedTuple):
    """The fit that a study file asks for; small and picklable, so that processes can share it.

    Attributes
    ----------
    options : the engine and its options.
    edits : of the researcher.
    """

    options: ThemesOptions
    edits: tuple[Edit, ...] = ()

    def __call__(self, material: Material, k: int, seed: int) -> ThemeModel:
        """Fit the themes, as :class:`Fit` says."""
        return self.edited(material, k, seed).model

    def of_any_k(self, material: Material, seed: int) -> Callable[[int], ThemeModel]:
        """Prepare a fit of any number of themes."""
        edited = self._prepared(material, seed)
        return lambda k: edited(k).model

    def edited(self, material: Material, k: int, seed: int) -> Edited:
        """Fit the themes, and keep what each edit has come to."""
        return self._prepared(material, seed)(k)

    def _prepared(self, material: Material, seed: int) -> Callable[[int], Edited]:
        """Prepare a fit that keeps what each edit has come to."""
        seeds = tuple(edit.anchors[0] for edit in self.edits if edit.is_asked)
        asked = material._replace(seed_words=seeds)
        engine = ENGINES[self.options.engine](asked, self.options, seed)
        return lambda k: apply(engine(k), material, self.edits)


def most_themes(material: Material) -> int:
    """Number of themes that a material can hold at most."""
    return min(int(material.learn.sum()), len(material.terms)) // _EACH


def too_few(material: Material) -> Problem:
    """The warning of a material that holds no themes."""
    passages, terms = int(material.learn.sum()), len(material.terms)
    return Problem.warning(
        "themes.too-few", Location(option="themes"), passages=passages, terms=terms
    )
