from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from textlien.estimation.intervals import (
    adjust_by,
    detectable,
    difference_interval,
    edge_interval,
    log_interval,
    logit_interval,
    p_value,
    share_interval,
)


def test_a_share_of_zero_has_no_interval():
    assert np.isnan(logit_interval(0.0, 0.0, 4, 0.95).low)
    assert np.isnan(logit_interval(0.5, 0.0, 4, 0.95).high)


def test_an_interval_stays_within_zero_and_one_and_holds_the_estimate():
    low, high = logit_interval(0.02, 0.03, 3, 0.95)
    assert 0 < low < 0.02 < high < 1


def test_a_share_near_zero_of_few_passages_has_no_interval_over_everything():
    bare = logit_interval(0.002, 0.02, 20, 0.95)
    low, high = logit_interval(0.002, 0.02, 20, 0.95, size=60)
    assert high < 0.5 < bare.high
    assert logit_interval(0.3, 0.05, 20, 0.95, 1e9) == pytest.approx(
        logit_interval(0.3, 0.05, 20, 0.95)
    )
    assert low > 0


def test_a_share_of_none_has_the_bound_of_clopper_and_pearson():
    exact = stats.binomtest(0, 45).proportion_ci(0.95, method="exact")
    # As many degrees of freedom as passages: nothing is lost by drawing interviews.
    assert edge_interval(0.0, 45, 44, 0.95) == pytest.approx((exact.low, exact.high))
    assert edge_interval(1.0, 45, 44, 0.95) == pytest.approx((1 - exact.high, 1.0))
    assert edge_interval(0.0, 45, 2, 0.95).high > exact.high
    assert np.isnan(edge_interval(0.0, 45, 0, 0.95).high)
    assert share_interval(0.0, 0.0, 44, 0.95, 45) == edge_interval(0.0, 45, 44, 0.95)
    assert share_interval(0.2, 0.1, 44, 0.95, 45) == logit_interval(0.2, 0.1, 44, 0.95, 45)


def test_an_interval_of_a_ratio_is_symmetric_on_the_logarithmic_scale():
    low, high = log_interval(0.4, 0.1, 7, 0.95)
    assert low * high == pytest.approx(0.4**2)
    assert np.log(high / 0.4) == pytest.approx(stats.t.ppf(0.975, 7) * 0.1 / 0.4)
    assert np.isnan(log_interval(0.0, 0.1, 7, 0.95)).all()


def test_p_and_interval_agree_with_a_welch_test():
    a, b = np.array([0.2, 0.3, 0.25, 0.4]), np.array([0.5, 0.45, 0.6, 0.35, 0.55])
    variances = np.array([a.var(ddof=1) / 4, b.var(ddof=1) / 5])
    oracle = stats.ttest_ind(b, a, equal_var=False)
    se = float(np.sqrt(variances.sum()))
    difference, df = b.mean() - a.mean(), float(oracle.df)
    assert p_value(difference, se, df) == pytest.approx(oracle.pvalue)
    expected = oracle.confidence_interval(0.95)
    assert difference_interval(difference, se, df, 0.95) == pytest.approx(tuple(expected))


def test_no_change_of_a_share_is_greater_than_all():
    assert np.isnan(detectable(0.4, 3.0, 0.95))


def test_the_detectable_change_is_rejected_four_times_out_of_five():
    se, df = 0.05, 12.0
    change = detectable(se, df, 0.95)
    generator = np.random.default_rng(3)
    drawn = change / se + generator.standard_t(df, 200_000)
    rejected = (np.abs(drawn) > stats.t.ppf(0.975, df)).mean()
    assert rejected == pytest.approx(0.8, abs=0.01)


def test_adjustment_is_that_of_benjamini_and_yekutieli():
    p = pd.Series([0.01, np.nan, 0.04, 0.03])
    harmonic = 1 + 1 / 2 + 1 / 3
    expected = [0.01 * 3 * harmonic, 0.04 * harmonic, 0.04 * harmonic]
    adjusted = adjust_by(p)
    assert np.isnan(adjusted[1])
    assert list(adjusted.dropna()) == pytest.approx(expected)
