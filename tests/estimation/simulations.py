"""Simulated studies on arrays: what intervals and tests do where the truth is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textlien.estimation.changes import Side, estimate_change
from textlien.estimation.intervals import logit_interval, p_value
from textlien.estimation.resampling import estimate_shares

Floats = NDArray[np.float64]


def interviews(
    levels: Floats, n_passages: NDArray[np.int64], generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Numerators and denominators of interviews that carry an item at these levels.

    Passages have 30 to 89 words, carry the item or do not, and are weighted by their words.
    """
    owners = np.repeat(np.arange(len(levels)), n_passages)
    n_words = generator.integers(30, 90, len(owners)).astype(float)
    carries = generator.random(len(owners)) < levels[owners]
    numerators = np.bincount(owners, n_words * carries, len(levels))
    return numerators[:, np.newaxis], np.bincount(owners, n_words, len(levels))


def coverage(n_interviews: int, trials: int, replicates: int) -> float:
    """Share of intervals at 95 % that hold the true share of .2.

    Passages of one interview resemble each other: levels are Beta(2, 8), lengths unequal.
    """
    generator = np.random.default_rng(n_interviews)
    clusters = np.arange(n_interviews)
    strata = np.zeros(n_interviews, dtype=int)
    held = 0
    for trial in range(trials):
        sizes = generator.integers(8, 30, n_interviews)
        cell = interviews(generator.beta(2, 8, n_interviews), sizes, generator)
        draws = np.random.default_rng(trial)
        shares = estimate_shares(*cell, clusters, strata, replicates, draws)
        low, high = logit_interval(shares.estimates[0], shares.se[0], shares.df, 0.95)
        held += low <= 0.2 <= high
    return held / trials


def false_changes(sizes: tuple[int, int], trials: int, replicates: int) -> float:
    """Share of tests at 5 % that find a change between waves where there is none."""
    generator = np.random.default_rng(7)
    rejected = 0
    for trial in range(trials):
        sides = []
        for wave, n in enumerate(sizes):
            levels, lengths = generator.beta(3, 9, n), generator.integers(10, 25, n)
            people = np.array([f"{wave}-{number}" for number in range(n)], dtype=object)
            sides.append(Side(*interviews(levels, lengths, generator), people))
        change = estimate_change(*sides, replicates, np.random.default_rng(trial))
        difference = float(change.right[0] - change.left[0])
        rejected += p_value(difference, change.se[0], change.df[0]) < 0.05
    return rejected / trials


def false_changes_of_pairs(pairs: int, alone: int, trials: int, replicates: int) -> float:
    """The same where some people were interviewed in both waves and resemble themselves."""
    generator = np.random.default_rng(pairs)
    n = pairs + alone
    waves = [
        np.array([*range(pairs), *range(first, first + alone)]) for first in (pairs, pairs + alone)
    ]
    rejected = 0
    for trial in range(trials):
        levels = 0.5 + generator.normal(0, 0.05, pairs + 2 * alone)
        sides = [
            Side(
                (levels[people] + generator.normal(0, 0.05, n))[:, np.newaxis],
                np.ones(n),
                people.astype(object),
            )
            for people in waves
        ]
        change = estimate_change(*sides, replicates, np.random.default_rng(trial))
        difference = float(change.right[0] - change.left[0])
        rejected += p_value(difference, change.se[0], change.df[0]) < 0.05
    return rejected / trials
