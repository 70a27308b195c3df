from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from textlien.estimation.method import Basis
from textlien.estimation.profiles import design_of
from textlien.estimation.shares import (
    Design,
    collapse_single,
    combine,
    error,
    estimate,
)
from textlien.estimation.sums import InterviewSums


def sums_of(numerators, denominators, people=None, cities=None) -> InterviewSums:
    n = len(denominators)
    table = pd.DataFrame(
        {
            "wave": "2013",
            "city": cities if cities is not None else ["Creil"] * n,
            "actor": "elu",
            "cluster": people if people is not None else [str(row) for row in range(n)],
        }
    )
    numerators = np.array(numerators, dtype=float)[:, np.newaxis]
    denominators = np.array(denominators, dtype=float)
    return InterviewSums(table, numerators, denominators, denominators**2, np.ones(n), ["1"])


def shares_of(sums):
    members = np.arange(len(sums.denominators))
    share = estimate(sums, members)
    return share, error(share, design_of(sums, members))


def test_the_error_of_a_share_is_that_of_a_weighted_mean_by_statsmodels():
    numerators = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 2.0])
    denominators = np.array([9.0, 8.0, 10.0, 9.0, 11.0, 7.0])
    share, of = shares_of(sums_of(numerators, denominators))
    oracle = sm.WLS(numerators / denominators, np.ones(6), weights=denominators)
    fitted = oracle.fit(cov_type="HC2")
    assert share.values[0] == pytest.approx(fitted.params[0])
    # HC2 of statsmodels scales with the weights, whose residuals do not sum to nothing once scaled.
    assert of.se[0] == pytest.approx(fitted.bse[0], rel=0.01)
    # Between the size of six interviews and that of as many of equal weight.
    assert 4.5 < of.df[0] < 5


def test_the_error_of_equal_interviews_is_the_textbook_one():
    values = [0.1, 0.4, 0.35, 0.8, 0.2]
    share, of = shares_of(sums_of(values, np.ones(5)))
    assert share.values[0] == pytest.approx(np.mean(values))
    assert of.se[0] == pytest.approx(stats.sem(values))
    assert share.basis == (Basis.MEASURED,)
    assert (share.floor[0], share.within[0]) == (0, 0)


def test_an_interview_that_makes_most_of_a_city_leaves_little_to_know_its_error_from():
    even = shares_of(sums_of([0.2, 0.4, 0.3], [1, 1, 1]))[1]
    most = shares_of(sums_of([0.2, 0.4, 0.3 * 20], [1, 1, 20]))[1]
    assert even.df[0] == pytest.approx(2)
    assert most.df[0] < 1.8
    # Its own distance from the share, a hundredth of the others', would count for nothing.
    moved = shares_of(sums_of([0.2, 0.4, 0.4 * 20], [1, 1, 20]))[1]
    assert moved.se[0] > 1.5 * most.se[0]


def test_interviews_of_one_person_are_drawn_together():
    values = np.random.default_rng(6).random(8)
    people = [str(number) for number in np.repeat(np.arange(4), 2)]
    of = shares_of(sums_of(values, np.ones(8), people))[1]
    assert of.se[0] == pytest.approx(stats.sem(values.reshape(4, 2).mean(axis=1)))
    assert of.df[0] == pytest.approx(3)


def test_cities_are_not_drawn():
    """Between two cities that differ much, only what varies within each counts."""
    cities = ["Creil"] * 3 + ["Arras"] * 3
    of = shares_of(sums_of([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], np.ones(6), cities=cities))[1]
    assert of.se[0] == pytest.approx(np.sqrt(2 * 0.01 / 3) / 2)
    assert of.df[0] == pytest.approx(4)


def test_a_difference_of_groups_is_a_welch_test():
    left, right = [0.1, 0.2, 0.15, 0.3], [0.4, 0.5, 0.35, 0.6, 0.45]
    sums = sums_of(left + right, np.ones(9))
    sides = [estimate(sums, np.arange(4, 9)), estimate(sums, np.arange(4))]
    difference = combine(sides, [1, -1])
    of = error(difference, Design(np.arange(9), np.repeat([0, 1], [4, 5])))
    oracle = stats.ttest_ind(right, left, equal_var=False)
    assert difference.values[0] / of.se[0] == pytest.approx(oracle.statistic)
    assert of.df[0] == pytest.approx(oracle.df)


def test_one_person_has_no_error():
    share, of = shares_of(sums_of([0.2], [1]))
    assert share.values[0] == pytest.approx(0.2)
    assert (of.se[0], of.df[0]) == (0, 0)


def test_strata_of_one_are_put_together():
    assert list(collapse_single(np.array([0, 0, 1, 2]))) == [0, 0, 1, 1]
    assert list(collapse_single(np.array([0, 0, 0, 1, 1, 2]))) == [0, 0, 0, 1, 1, 1]
    assert list(collapse_single(np.array([0]))) == [0]
