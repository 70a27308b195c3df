from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from textlien.estimation.resampling import (
    bootstrap_weights,
    collapse_single,
    degrees_of_freedom,
    estimate_shares,
    ratio_estimate,
    welch_satterthwaite_df,
)


def test_bootstrap_error_of_a_mean_is_the_textbook_one():
    values = np.array([0.1, 0.4, 0.35, 0.8, 0.2])
    weights = bootstrap_weights(np.zeros(5, dtype=int), 40_000, np.random.default_rng(1))
    drawn = ratio_estimate(weights, values[:, np.newaxis], np.ones(5))[:, 0]
    assert drawn.std() == pytest.approx(stats.sem(values), rel=0.02)
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.005)


def test_weights_keep_the_total_of_each_stratum():
    strata = np.array([0, 0, 0, 1, 1, 2])
    weights = bootstrap_weights(strata, 50, np.random.default_rng(2))
    assert np.allclose(weights[:, :3].sum(axis=1), 3)
    assert np.allclose(weights[:, 3:5].sum(axis=1), 2)
    assert (weights[:, 5] == 1).all()


def test_strata_of_one_are_put_together():
    assert list(collapse_single(np.array([0, 0, 1, 2]))) == [0, 0, 1, 1]
    assert list(collapse_single(np.array([0, 0, 0, 1, 1, 2]))) == [0, 0, 0, 1, 1, 1]
    assert list(collapse_single(np.array([0]))) == [0]


def test_a_unit_is_drawn_one_time_less_than_there_are_units():
    weights = bootstrap_weights(np.zeros(5, dtype=int), 2_000, np.random.default_rng(3))
    assert set(np.unique(weights)) <= {0, 1.25, 2.5, 3.75, 5.0}
    assert np.allclose(weights.sum(axis=1), 5)


def test_the_usual_bootstrap_is_a_fifth_too_small_for_five_interviews():
    values = np.array([0.1, 0.4, 0.35, 0.8, 0.2])
    usual = np.random.default_rng(4).multinomial(5, np.full(5, 0.2), 40_000) / 5 @ values
    assert usual.var() == pytest.approx(0.8 * stats.sem(values) ** 2, rel=0.02)


def test_shares_of_weighted_sums_have_the_linearised_error():
    numerators = np.array([[3.0], [1.0], [4.0], [1.0], [5.0], [2.0]])
    denominators = np.array([9.0, 8.0, 10.0, 9.0, 11.0, 7.0])
    shares = estimate_shares(
        numerators,
        denominators,
        np.arange(6),
        np.zeros(6, dtype=int),
        40_000,
        np.random.default_rng(5),
    )
    assert shares.estimates[0] == pytest.approx(16 / 54)
    residuals = numerators[:, 0] - 16 / 54 * denominators
    expected = np.sqrt(6 / 5 * (residuals**2).sum()) / 54
    assert shares.se[0] == pytest.approx(expected, rel=0.03)
    assert (shares.df, shares.n_clusters) == (5, 6)


def test_interviews_of_one_person_are_drawn_together():
    generator = np.random.default_rng(6)
    numerators, denominators = generator.random((8, 1)), np.ones(8)
    people = np.repeat(np.arange(4), 2)
    strata = np.zeros(4, dtype=int)
    shares = estimate_shares(numerators, denominators, people, strata, 40_000, generator)
    of_people = numerators[:, 0].reshape(4, 2).mean(axis=1)
    assert shares.se[0] == pytest.approx(stats.sem(of_people), rel=0.02)
    assert (shares.df, shares.n_clusters) == (3, 4)


def test_cities_are_not_drawn():
    """Between two cities that differ much, only what varies within each counts."""
    numerators = np.array([[0.1], [0.2], [0.3], [0.7], [0.8], [0.9]])
    cities = np.array([0, 0, 0, 1, 1, 1])
    shares = estimate_shares(
        numerators, np.ones(6), np.arange(6), cities, 40_000, np.random.default_rng(7)
    )
    within = np.sqrt(2 * 0.01 / 3) / 2
    assert shares.se[0] == pytest.approx(within, rel=0.02)
    assert shares.df == 4


def test_degrees_of_freedom_are_units_less_strata():
    assert degrees_of_freedom(np.array([0, 0, 0, 1, 1])) == 3


def test_variances_of_nothing_have_no_degrees_of_freedom():
    assert welch_satterthwaite_df(np.zeros(2), np.array([3.0, 4.0])) == 0
    assert welch_satterthwaite_df(np.array([0.1, 0.0]), np.array([3.0, 4.0])) == 3
