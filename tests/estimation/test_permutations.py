from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from textlien.estimation.permutations import Series, permute_labels, shift_labels

ONE = np.zeros(6, dtype=np.int64)


def generator():
    return np.random.default_rng(7)


def test_p_is_the_share_of_all_orders_of_the_labels_that_are_as_extreme():
    values = np.array([[0.9], [0.7], [0.1], [0.0], [0.2], [0.1]])
    groups = np.array([0, 0, 1, 1, 1, 1])
    result = permute_labels(values, groups, ONE, generator(), draws=20_000)
    sums = np.array([sum(pair) for pair in itertools.combinations(values[:, 0], 2)])
    mean = 2 * values.mean()
    exact = np.mean(np.abs(sums - mean) >= abs(1.6 - mean) - 1e-9)
    assert result.p[0, 0] == pytest.approx(exact, abs=0.01)
    assert result.expected[0, 0] == pytest.approx(values.mean())
    assert result.chi2[0, 0] == pytest.approx((1.6 - mean) ** 2 / sums.var())
    assert result.chi2[1, 0] == pytest.approx(-result.chi2[0, 0])


def test_of_yes_and_no_it_is_the_hypergeometric_test():
    values = np.repeat([1.0, 0.0], [6, 24])[:, np.newaxis]
    groups = np.array([0] * 5 + [-1] + [0] * 5 + [-1] * 19)
    strata = np.zeros(30, dtype=np.int64)
    result = permute_labels(values, groups, strata, generator(), draws=20_000)
    law = stats.hypergeom(30, 6, 10)
    two_sided = law.pmf([k for k in range(7) if abs(k - 2) >= 3]).sum()
    assert result.p[0, 0] == pytest.approx(two_sided, abs=0.005)
    assert result.chi2[0, 0] == pytest.approx(9 / law.var())


def test_labels_are_permuted_within_strata_only():
    # The first wave speaks of it, the second does not; within each, the cities are alike.
    values = np.array([[1.0], [1.0], [1.0], [0.0], [0.0], [0.0]])
    groups = np.array([0, 0, 1, 1, 1, 0])
    strata = np.array([0, 0, 0, 1, 1, 1])
    result = permute_labels(values, groups, strata, generator(), draws=500)
    assert result.expected[0, 0] == pytest.approx(2 / 3)
    assert np.isnan(result.p).all()
    assert np.isnan(result.chi2).all()


def test_one_talkative_interview_is_no_specificity():
    values = np.zeros((40, 1))
    values[0] = 0.9
    groups = np.repeat([0, 1], [5, 35])
    result = permute_labels(values, groups, np.zeros(40, dtype=np.int64), generator(), draws=5000)
    assert result.p[0, 0] == pytest.approx(5 / 40, abs=0.02)


def test_shifts_of_a_label_are_those_of_a_person_with_a_pencil():
    series = Series(np.array([[1.0], [0.0], [0.0], [0.5]]), np.ones(4), np.array([1.0, 0, 0, 0]))
    result = shift_labels([series, series], generator(), draws=20_000)
    # Two places of four each: 1, 0, 0, .5; the sum of two is 2 once in 16, and never below 0,
    # which lies as far from the mean of .75 as 1.5: four times in 16, and 1.5 twice.
    assert result.expected == pytest.approx([0.375])
    assert result.chi2 == pytest.approx([1.25**2 / (2 * np.var([1, 0, 0, 0.5]))])
    assert result.p == pytest.approx([1 / 16], abs=0.01)


def test_clumps_of_rare_themes_and_short_answers_do_not_make_a_question_special():
    source = np.random.default_rng(11)
    rejected = []
    for _ in range(200):
        series = []
        for _ in range(12):
            topic = np.repeat(source.random(20) < 0.1, 5).astype("float64")
            labels = np.zeros(100)
            start = source.integers(100)
            labels[(start + np.arange(2)) % 100] = 1
            values = np.roll(topic, source.integers(100))[:, np.newaxis]
            series.append(Series(values, source.integers(5, 90, 100).astype("float64"), labels))
        rejected.append(shift_labels(series, source, draws=499).p[0] <= 0.05)
    # 5 % of 200 within three standard errors, 1.5 % each.
    assert np.mean(rejected) < 0.097
