"""Interface of the engines that find themes."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.arrays import Floats
from textlien.study.options import ThemesOptions


class Factors(NamedTuple):
    """Themes as numbers.

    Attributes
    ----------
    shares : passages × k; rows sum to 1. An engine that puts each passage in one class gives a 1.
    weights : k × terms, ≥ 0; how much each term belongs to a theme.
    """

    shares: Floats
    weights: Floats


class Engine(Protocol):
    """Finds ``k`` themes in a matrix of counts."""

    def __call__(
        self,
        counts: sparse.csr_matrix,
        train: NDArray[np.bool_],
        k: int,
        options: ThemesOptions,
        seed: int,
    ) -> Factors:
        """Fit the themes.

        Parameters
        ----------
        counts : passages × terms, no empty row.
        train : True for the passages that themes are found on; all of them get shares.
        k : number of themes.
        options : those of the engine.
        seed : of all that is drawn: the same one gives the same themes.
        """
        ...
