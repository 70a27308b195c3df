"""Recipes: which parts of the features classifiers use, and how strongly weights are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.axes.features.parts import (
    CHARACTERS,
    MEANING,
    MEANING_AROUND,
    WORDS,
    WORDS_AROUND,
    Part,
)
from textlien.axes.learning.ridge import Solution, solve

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
    """

    name: str
    parts: tuple[Part, ...]
    penalty: float


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
"""From the fullest to the barest."""


class Trial(NamedTuple):
    """A recipe, and how far its scores are off on groups that it has not seen.

    Attributes
    ----------
    error : mean over axes of the squared error over the variance of the labels: 1 for scores that
        tell nothing.
    beyond, beyond_se : error beyond that of the best recipe, and its standard error over groups.
    """

    recipe: Recipe
    error: float
    beyond: float
    beyond_se: float


def try_recipes(
    kernels: Mapping[Part, Floats],
    targets: Floats,
    groups: Integers,
    judged: NDArray[np.bool_],
    seed: int,
) -> list[Trial]:
    """Try all recipes whose parts are there, on groups held out.

    Parameters
    ----------
    kernels : (rows, rows) of each part.
    targets : (rows, axes), labels in [0, 1]; NaN where not labelled.
    groups : (rows,), persons.
    judged : (rows,), True for those whose errors count.
    seed : of the groups that are drawn where there are too many passages.
    """
    rows = _some_groups(groups, seed)
    targets, groups, judged = targets[rows], groups[rows], judged[rows]
    recipes = [recipe for recipe in RECIPES if all(part in kernels for part in recipe.parts)]
    parts = {part: kernel[np.ix_(rows, rows)] for part, kernel in kernels.items()}
    losses = np.array(
        [
            _losses(solve(summed(parts, recipe), targets, groups, recipe.penalty), targets)
            for recipe in recipes
        ]
    )[:, judged]
    best = losses.mean(axis=1).argmin()
    trials = []
    for recipe, of_rows in zip(recipes, losses, strict=True):
        difference = of_rows - losses[best]
        error = clustered_error(difference, groups[judged])
        trials.append(Trial(recipe, float(of_rows.mean()), float(difference.mean()), error))
    return trials


def choose(trials: Sequence[Trial]) -> Recipe:
    """Choose the fullest recipe that is as good as the best but for one standard error.

    The usual rule takes the simplest. With few labels that is one that hardly learns, since trials
    cannot tell recipes apart; the fullest is then the better one on passages not seen
    (``benchmarks/classification.py``).

    References
    ----------
    Breiman, L., Friedman, J., Olshen, R., Stone, C. (1984). *Classification and Regression Trees*,
    §3.4.3 (« one standard error rule », from the simplest).
    """
    return next(trial.recipe for trial in trials if trial.beyond <= trial.beyond_se)


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


def _losses(solution: Solution, targets: Floats) -> Floats:
    """Squared error of each row, over the variance of the labels of the axis, mean over axes."""
    # Masked: an axis without any label, as a fold may have it, has no variance and no warning.
    variance = np.ma.masked_invalid(targets).var(axis=0).filled(0)
    errors = (targets - solution.held_out) ** 2 / np.where(variance > 0, variance, 1)
    return np.asarray(np.nanmean(errors, axis=1), dtype="float64")


def _some_groups(groups: Integers, seed: int) -> Integers:
    """Rows of groups drawn until there are enough rows, in order."""
    if len(groups) <= _MOST_PASSAGES:
        return np.arange(len(groups))
    names, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    number = int(np.searchsorted(np.cumsum(sizes[order]), _MOST_PASSAGES)) + 1
    return np.flatnonzero(np.isin(groups, names[order[:number]]))
