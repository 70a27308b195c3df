import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from textlien.axes.learning.ridge import CONSTANT, solve


def drawn(seed, n=30, groups=6):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 4))
    targets = (X[:, :2] + rng.normal(size=(n, 2)) > 0).astype(float)
    return X, targets, rng.integers(groups, size=n)


def oracle(X, y, penalty):
    """Weights of scikit-learn's ridge, with a constant feature in the place of an intercept."""
    with_constant = np.column_stack([X, np.full(len(X), CONSTANT**0.5)])
    return Ridge(alpha=penalty, fit_intercept=False).fit(with_constant, y).coef_


def predicted(X, weights):
    return X @ weights[:-1] + CONSTANT**0.5 * weights[-1]


@given(st.integers(0, 10_000), st.floats(0.1, 10))
def test_weights_are_those_of_scikit_learn(seed, penalty):
    X, targets, groups = drawn(seed)
    duals = solve(X @ X.T, targets, groups, penalty).duals
    for axis in range(2):
        expected = oracle(X, targets[:, axis], penalty)
        assert X.T @ duals[:, axis] == pytest.approx(expected[:-1], abs=1e-8)
        intercept = CONSTANT * duals[:, axis].sum()
        assert intercept == pytest.approx(CONSTANT**0.5 * expected[-1], abs=1e-8)


@given(st.integers(0, 10_000))
def test_a_group_is_scored_by_the_regression_without_it(seed):
    X, targets, groups = drawn(seed)
    held_out = solve(X @ X.T, targets, groups, 2.0).held_out
    for group in np.unique(groups):
        here = groups == group
        for axis in range(2):
            weights = oracle(X[~here], targets[~here, axis], 2.0)
            assert held_out[here, axis] == pytest.approx(predicted(X[here], weights), abs=1e-8)


def test_rows_without_a_label_on_an_axis_do_not_count_for_it():
    X, targets, groups = drawn(3)
    some = targets.copy()
    some[:7, 1] = np.nan
    solution = solve(X @ X.T, some, groups, 1.0)
    assert X.T @ solution.duals[:, 1] == pytest.approx(oracle(X[7:], targets[7:, 1], 1.0)[:-1])
    assert X.T @ solution.duals[:, 0] == pytest.approx(oracle(X, targets[:, 0], 1.0)[:-1])
    assert not solution.duals[:7, 1].any()
    assert np.isnan(solution.held_out[:7, 1]).all()
    assert not np.isnan(solution.held_out[7:]).any()


def test_a_target_without_any_label_has_no_weights():
    X, targets, groups = drawn(4)
    some = targets.copy()
    some[:, 1] = np.nan
    solution = solve(X @ X.T, some, groups, 1.0)
    assert not solution.duals[:, 1].any()
    assert np.isnan(solution.held_out[:, 1]).all()
    assert X.T @ solution.duals[:, 0] == pytest.approx(oracle(X, targets[:, 0], 1.0)[:-1])
