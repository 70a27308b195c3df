from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from textlien.estimation.intervals import (
    adjust,
    collapse_single,
    detectable,
    difference_interval,
    logit_interval,
    multipliers,
    p_value,
    ratio,
    satterthwaite,
)


def test_bootstrap_error_of_a_mean_is_the_textbook_one():
    values = np.array([0.1, 0.4, 0.35, 0.8, 0.2])
    weights = multipliers(np.zeros(5, dtype=int), 40_000, np.random.default_rng(1))
    drawn = ratio(weights, values[:, np.newaxis], np.ones(5))[:, 0]
    assert drawn.std() == pytest.approx(stats.sem(values), rel=0.02)
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.005)


def test_multipliers_keep_the_total_of_each_stratum():
    strata = np.array([0, 0, 0, 1, 1, 2])
    weights = multipliers(strata, 50, np.random.default_rng(2))
    assert np.allclose(weights[:, :3].sum(axis=1), 3)
    assert np.allclose(weights[:, 3:5].sum(axis=1), 2)
    assert (weights[:, 5] == 1).all()


def test_strata_of_one_are_put_together():
    assert list(collapse_single(np.array([0, 0, 1, 2]))) == [0, 0, 1, 1]
    assert list(collapse_single(np.array([0, 0, 0, 1, 1, 2]))) == [0, 0, 0, 1, 1, 1]
    assert list(collapse_single(np.array([0]))) == [0]


def test_a_share_of_zero_has_no_interval():
    assert np.isnan(logit_interval(0.0, 0.0, 4, 0.95).low)
    assert np.isnan(logit_interval(0.5, 0.0, 4, 0.95).high)


def test_an_interval_stays_within_zero_and_one_and_holds_the_estimate():
    low, high = logit_interval(0.02, 0.03, 3, 0.95)
    assert 0 < low < 0.02 < high < 1


def test_p_and_interval_agree_with_a_welch_test():
    a, b = np.array([0.2, 0.3, 0.25, 0.4]), np.array([0.5, 0.45, 0.6, 0.35, 0.55])
    variances = np.array([a.var(ddof=1) / 4, b.var(ddof=1) / 5])
    freedom = satterthwaite(variances, np.array([3.0, 4.0]))
    oracle = stats.ttest_ind(b, a, equal_var=False)
    error = float(np.sqrt(variances.sum()))
    difference = b.mean() - a.mean()
    assert freedom == pytest.approx(oracle.df)
    assert p_value(difference, error, freedom) == pytest.approx(oracle.pvalue)
    expected = oracle.confidence_interval(0.95)
    assert difference_interval(difference, error, freedom, 0.95) == pytest.approx(tuple(expected))


def test_the_detectable_change_is_found_four_times_out_of_five():
    error, freedom = 0.05, 12.0
    change = detectable(error, freedom, 0.95)
    generator = np.random.default_rng(3)
    drawn = change / error + generator.standard_t(freedom, 200_000)
    found = (np.abs(drawn) > stats.t.ppf(0.975, freedom)).mean()
    assert found == pytest.approx(0.8, abs=0.01)


def test_adjustment_is_that_of_benjamini_and_yekutieli():
    p = pd.Series([0.01, np.nan, 0.04, 0.03])
    harmonic = 1 + 1 / 2 + 1 / 3
    expected = [0.01 * 3 * harmonic, 0.04 * harmonic, 0.04 * harmonic]
    adjusted = adjust(p)
    assert np.isnan(adjusted[1])
    assert list(adjusted.dropna()) == pytest.approx(expected)
