"""Simulated studies on arrays: what intervals and tests do where the truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien.estimation.changes import estimate_change
from textlien.estimation.intervals import logit_interval, p_value
from textlien.estimation.profiles import design_of
from textlien.estimation.shares import error, estimate
from textlien.estimation.sums import InterviewSums

Floats = NDArray[np.float64]


def sums_of(
    numerators: Floats, denominators: Floats, people: list[str], waves: list[str]
) -> InterviewSums:
    """Sums of interviews in one city."""
    table = pd.DataFrame({"wave": waves, "city": "Creil", "actor": "elu", "cluster": people})
    ones = np.ones(len(people))
    return InterviewSums(table, numerators, denominators, denominators**2, ones, ["1"])


def p_of_change(sums: InterviewSums) -> float:
    """p of the change between the waves « 0 » and « 1 »."""
    waves = sums.interviews["wave"].to_numpy()
    change = estimate_change(sums, np.flatnonzero(waves == "0"), np.flatnonzero(waves == "1"))
    of = error(change.difference, change.design)
    return p_value(float(change.difference.values[0]), of.se[0], of.df[0])


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


def coverage(n_interviews: int, trials: int) -> float:
    """Share of intervals at 95 % that hold the true share of .2.

    Passages of one interview resemble each other: levels are Beta(2, 8), lengths unequal.
    """
    generator = np.random.default_rng(n_interviews)
    people = [str(number) for number in range(n_interviews)]
    members = np.arange(n_interviews)
    held = 0
    for _ in range(trials):
        sizes = generator.integers(8, 30, n_interviews)
        cell = interviews(generator.beta(2, 8, n_interviews), sizes, generator)
        sums = sums_of(*cell, people, ["0"] * n_interviews)
        shares = estimate(sums, members)
        of = error(shares, design_of(sums, members))
        low, high = logit_interval(shares.values[0], of.se[0], of.df[0], 0.95)
        held += low <= 0.2 <= high
    return held / trials


def false_changes(sizes: tuple[int, int], trials: int) -> float:
    """Share of tests at 5 % that find a change between waves where there is none."""
    generator = np.random.default_rng(7)
    waves = ["0"] * sizes[0] + ["1"] * sizes[1]
    people = [str(number) for number in range(sum(sizes))]
    rejected = 0
    for _ in range(trials):
        levels, lengths = generator.beta(3, 9, sum(sizes)), generator.integers(10, 25, sum(sizes))
        sums = sums_of(*interviews(levels, lengths, generator), people, waves)
        rejected += p_of_change(sums) < 0.05
    return rejected / trials


def false_changes_of_pairs(pairs: int, alone: int, trials: int) -> float:
    """The same where some people were interviewed in both waves and resemble themselves."""
    generator = np.random.default_rng(pairs)
    n = pairs + alone
    people = [*range(n), *range(pairs), *range(n, n + alone)]
    names, waves = [str(person) for person in people], ["0"] * n + ["1"] * n
    rejected = 0
    for _ in range(trials):
        levels = 0.5 + generator.normal(0, 0.05, n + alone)
        shares = levels[people] + generator.normal(0, 0.05, 2 * n)
        sums = sums_of(shares[:, np.newaxis], np.ones(2 * n), names, waves)
        rejected += p_of_change(sums) < 0.05
    return rejected / trials
