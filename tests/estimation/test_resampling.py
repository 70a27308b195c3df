from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from textlien.estimation.resampling import bootstrap_weights


def test_bootstrap_error_of_a_mean_is_the_textbook_one():
    values = np.array([0.1, 0.4, 0.35, 0.8, 0.2])
    weights = bootstrap_weights(np.zeros(5, dtype=int), 40_000, np.random.default_rng(1))
    drawn = weights @ values / 5
    assert drawn.std() == pytest.approx(stats.sem(values), rel=0.02)
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.005)


def test_weights_keep_the_total_of_each_stratum():
    strata = np.array([0, 0, 0, 1, 1, 2])
    weights = bootstrap_weights(strata, 50, np.random.default_rng(2))
    assert np.allclose(weights[:, :3].sum(axis=1), 3)
    assert np.allclose(weights[:, 3:5].sum(axis=1), 2)
    assert (weights[:, 5] == 1).all()


def test_a_unit_is_drawn_one_time_less_than_there_are_units():
    weights = bootstrap_weights(np.zeros(5, dtype=int), 2_000, np.random.default_rng(3))
    assert set(np.unique(weights)) <= {0, 1.25, 2.5, 3.75, 5.0}
    assert np.allclose(weights.sum(axis=1), 5)


def test_the_usual_bootstrap_is_a_fifth_too_small_for_five_interviews():
    values = np.array([0.1, 0.4, 0.35, 0.8, 0.2])
    usual = np.random.default_rng(4).multinomial(5, np.full(5, 0.2), 40_000) / 5 @ values
    assert usual.var() == pytest.approx(0.8 * stats.sem(values) ** 2, rel=0.02)
