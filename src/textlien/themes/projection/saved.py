"""A model of themes as its folder keeps it: words, and figures about the corpus it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from textlien.arrays import Floats
from textlien.files.digests import digest
from textlien.themes.model import ThemeModel

FEWEST_INTERVIEWS = 3
"""Interviews that a term is in to be kept: a word of one or two persons may betray them."""


class Origin(NamedTuple):
    """The corpus that themes were found in, and by which settings.

    Attributes
    ----------
    study : name of the study.
    waves : of the corpus, in order.
    n_interviews, n_passages, n_occurrences : of the corpus; occurrences of its terms.
    fictional : True when any of the interviews is invented.
    engine, k, seed : of the fit; ``k`` as it was asked for.
    terms : options of the terms.
    sources : digest of each lexicon, and the version of the annotator, by name.
    """

    study: str
    waves: tuple[str, ...]
    n_interviews: int
    n_passages: int
    n_occurrences: int
    fictional: bool
    engine: str
    k: int
    seed: int
    terms: Mapping[str, Any]
    sources: Mapping[str, str]

    @property
    def size(self) -> tuple[int, int]:
        """Passages and interviews of the corpus."""
        return self.n_passages, self.n_interviews

    @property
    def fewest(self) -> tuple[int, int]:
        """Passages and interviews that a term of the model is in."""
        least = max(FEWEST_INTERVIEWS, int(self.terms["min_interviews"]))
        return int(self.terms["min_passages"]), least


class SavedThemes(NamedTuple):
    """A model of themes, with all that a projection tells about it.

    Attributes
    ----------
    version : name of the study and digest of the content.
    model : its themes are numbered as in ``themes``.
    kinds : of each term, by name.
    common : lemmas that were too common to be terms, which is not to be unknown.
    themes : table ``themes`` of the corpus that they were found in.
    held_out : interviews × :data:`~textlien.themes.projection.remainder.MEASURES`, in no order
        that tells which.
    refits : fits without a fifth of the interviews × themes, likeness to the counterpart in that
        fit, 0 where there is none; no row where there were too few interviews.
    learnt : digest of each interview that themes were found in.
    origin : the corpus and the settings.
    """

    version: str
    model: ThemeModel
    kinds: Mapping[str, str]
    common: frozenset[str]
    themes: pd.DataFrame
    held_out: Floats
    refits: Floats
    learnt: frozenset[str]
    origin: Origin


_CHANCE = 0.05


def would_be_terms(
    passages: Floats, interviews: Floats, n: tuple[int, int], fewest: tuple[int, int]
) -> NDArray[np.bool_]:
    """Terms frequent enough in one corpus to be terms of another, were they as frequent there.

    A large corpus has more terms than a small one, which says nothing about what is new in it.

    Parameters
    ----------
    passages, interviews : (terms,), share of those of the one corpus that have the term.
    n : passages and interviews of the other corpus.
    fewest : passages and interviews that a term of it must be in.

    Returns
    -------
    True where the chance to be in fewer is below 5 % (binomial; the sum of both chances).
    """
    chances = [
        binom.cdf(least - 1, size, share)
        for share, size, least in zip((passages, interviews), n, fewest, strict=True)
    ]
    return np.asarray(chances[0] + chances[1] < _CHANCE)


def of_terms(model: ThemeModel, kept: NDArray[np.bool_]) -> ThemeModel:
    """The model of some of its terms; rows of weights, and the background, sum to 1 again.

    Parameters
    ----------
    kept : (terms,), True for those that stay. A theme that loses all its terms has only zeros.
    """
    background = model.background[kept]
    return model._replace(
        terms=tuple(term for term, stays in zip(model.terms, kept, strict=True) if stays),
        weights=_to_one(model.weights[:, kept]),
        salience=model.salience[kept],
        background=background / background.sum(),
        components=None if model.components is None else _to_one(model.components[:, kept]),
    )


def _to_one(weights: Floats) -> Floats:
    """Rows that sum to 1, but for those of zeros."""
    totals = weights.sum(axis=1, keepdims=True)
    return np.asarray(weights / np.where(totals > 0, totals, 1), dtype="float64")


def with_digests(interviews: pd.DataFrame) -> pd.DataFrame:
    """Columns ``interview_id``, ``wave`` and ``digest`` of the interviews that are used.

    Parameters
    ----------
    interviews : that table. The digest is of the file and the identifier: the same interview of
        the same file has it in any study, and nothing can be read from it.
    """
    used = interviews.loc[interviews["included"], ["interview_id", "wave", "sha256"]]
    pairs = zip(used["sha256"], used["interview_id"], strict=True)
    digests = [digest(sha256, name) for sha256, name in pairs]
    return used.assign(digest=digests).drop(columns="sha256").reset_index(drop=True)
