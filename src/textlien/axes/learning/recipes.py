"""Recipes: which parts of the features classifiers use, and how strongly weights are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from textlien.arrays import Floats, Integers
from textlien.axes.features.parts import (
    CHARACTERS,
    MEANING,
    MEANING_AROUND,
    WORDS,
    WORDS_AROUND,
    Part,
)
from textlien.axes.learning.ridge import solve

_MOST_PASSAGES = 1500
"""Passages that a recipe is chosen on, of whole groups: more change the choice hardly, and an
inverse of 5,000 rows for each recipe and fold would take minutes."""


class Recipe(NamedTuple):
    """Parts of the features, and the penalty of the regression.

    Attributes
    ----------
    name : in files and on the card.
    parts : in the order of their columns.
    penalty : λ of the ridge regression.
    prior : True where the regression is of what the scores of a model trained before leave, so
        that weights are held to those of that model and not to 0.
    """

    name: str
    parts: tuple[Part, ...]
    penalty: float
    prior: bool = False


_PARTS: Mapping[str, tuple[Part, ...]] = {
    "words, characters, meaning and the answer": (
        *(WORDS, CHARACTERS, MEANING),
        *(WORDS_AROUND, MEANING_AROUND),
    ),
    "words, characters and meaning": (WORDS, CHARACTERS, MEANING),
    "words and characters": (WORDS, CHARACTERS),
    "meaning": (MEANING,),
}

# On 3,277 real and invented passages 2 to 4 are best, on the 1,256 of the demonstration .5 to 1.
_PENALTIES = (1.0, 4.0)

RECIPES = tuple(
    Recipe(name, parts, penalty) for name, parts in _PARTS.items() for penalty in _PENALTIES
)
"""From the fullest to the barest; each is tried with a prior too, where there is one."""

_LEVEL = 0.975
"""Of Student's t, by which the prior has to do harm on persons held out to be given up. With 25, 50
and 100 codings of five sources it is given up in 3, 0 and 0 % of draws; that of other axes in its
place in 44, 67 and 100 %. At one standard error, in another trial, 20 and 15 % (25, 50)."""


class Trial(NamedTuple):
    """A recipe, and how far its scores are off on groups that it has not seen.

    Attributes
    ----------
    error : squared error over the variance of the labels, both summed over axes: 1 for scores that
        tell nothing.
    beyond, tolerance : error beyond that of the best recipe, and up to where it is as good.
    """

    recipe: Recipe
    error: float
    beyond: float
    tolerance: float


def try_recipes(
    kernels: Mapping[Part, Floats],
    targets: Floats,
    groups: Integers,
    judged: NDArray[np.bool_],
    seed: int,
    prior: Floats | None = None,
) -> list[Trial]:
    """Try all recipes whose parts are there, on groups held out.

    Parameters
    ----------
    kernels : (rows, rows) of each part.
    targets : (rows, axes), labels in [0, 1]; NaN where not labelled.
    groups : (rows,), persons.
    judged : (rows,), True for those whose errors count.
    seed : of the groups that are drawn where there are too many passages.
    prior : (rows, axes), scores of the model that may be started from; None without one.
    """
    rows = _some_groups(groups, seed)
    starts = {False: np.zeros(targets.shape)} if prior is None else {True: prior, False: 0 * prior}
    targets, groups, judged = targets[rows], groups[rows], judged[rows]
    parts = {part: kernel[np.ix_(rows, rows)] for part, kernel in kernels.items()}
    losses: dict[Recipe, Floats] = {}
    for recipe in (recipe for recipe in RECIPES if all(part in kernels for part in recipe.parts)):
        # Side by side: one inverse for both.
        both = np.hstack([targets - start[rows] for start in starts.values()])
        held_out = solve(summed(parts, recipe), both, groups, recipe.penalty).held_out
        for start, scores in zip(starts, np.hsplit(held_out, len(starts)), strict=True):
            residuals = targets - starts[start][rows] - scores
            losses[recipe._replace(prior=start)] = _losses(residuals, targets)[judged]
    tried = sorted(losses, key=lambda recipe: not recipe.prior)
    best = losses[min(tried, key=lambda recipe: float(losses[recipe].mean()))]
    df = max(len(np.unique(groups[judged])) - 1, 1)
    trials = []
    for recipe in tried:
        beyond = losses[recipe] - best
        reach = float(stats.t.ppf(_LEVEL, df)) if recipe.prior else 1.0
        tolerance = reach * clustered_error(beyond, groups[judged])
        trials.append(Trial(recipe, float(losses[recipe].mean()), float(beyond.mean()), tolerance))
    return trials


def choose(trials: Sequence[Trial]) -> Recipe:
    """Choose the fullest recipe that is as good as the best but for one standard error.

    The usual rule takes the simplest. With few labels that is one that hardly learns, since trials
    cannot tell recipes apart; the fullest is then the better one on passages not seen
    (``benchmarks/classification.py``). For the same reason a prior is kept unless it does harm
    beyond chance (:data:`_LEVEL`): ``benchmarks/axes_few.py``.

    References
    ----------
    Breiman, L., Friedman, J., Olshen, R., Stone, C. (1984). *Classification and Regression Trees*,
    §3.4.3 (« one standard error rule », from the simplest).
    """
    return next(trial.recipe for trial in trials if trial.beyond <= trial.tolerance)


def summed(kernels: Mapping[Part, Floats], recipe: Recipe) -> Floats:
    """Kernel of a recipe: the sum of those of its parts."""
    total = kernels[recipe.parts[0]].copy()
    for part in recipe.parts[1:]:
        total += kernels[part]
    return total


def clustered_error(values: Floats, groups: Integers) -> float:
    """Standard error of a mean of rows that come in groups."""
    numbers = np.unique(groups, return_inverse=True)[1]
    sums = np.bincount(numbers, values - values.mean())
    n = len(sums)
    return float(np.sqrt((sums**2).sum() * n / max(n - 1, 1)) / len(values))


def _losses(errors: Floats, targets: Floats) -> Floats:
    """Squared error of each row over the variance of the labels, both means over axes.

    Summed before they are divided: an axis with a single yes would count for more than all others.
    """
    # Masked: an axis without any label, as a fold may have it, has no variance and no warning.
    variance = np.ma.masked_invalid(targets).var(axis=0).mean()
    return np.asarray(np.nanmean(errors**2, axis=1) / (variance or 1), dtype="float64")


def _some_groups(groups: Integers, seed: int) -> Integers:
    """Rows of groups drawn until there are enough rows, in order."""
    if len(groups) <= _MOST_PASSAGES:
        return np.arange(len(groups))
    names, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    number = int(np.searchsorted(np.cumsum(sizes[order]), _MOST_PASSAGES)) + 1
    return np.flatnonzero(np.isin(groups, names[order[:number]]))
