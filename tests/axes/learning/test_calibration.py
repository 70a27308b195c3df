import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.calibration import _SigmoidCalibration

from textlien.axes.learning.calibration import best_threshold, calibrate


def made_up(seed, n=300):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=n)
    return scores, (rng.random(n) < 1 / (1 + np.exp(-(2 * scores - 1)))).astype(float)


@pytest.mark.parametrize("seed", range(5))
def test_calibration_is_the_sigmoid_of_scikit_learn(seed):
    scores, y = made_up(seed)
    slope, offset = calibrate(scores, y)
    oracle = _SigmoidCalibration().fit(scores, y)
    expected = oracle.predict(scores)
    assert 1 / (1 + np.exp(-(slope * scores + offset))) == pytest.approx(expected, abs=5e-4)


def test_calibration_maximises_the_likelihood_of_platts_targets():
    scores, values = made_up(5)
    high, low = (values.sum() + 1) / (values.sum() + 2), 1 / ((1 - values).sum() + 2)
    targets = np.where(values == 1, high, low)

    def loss(parameters):
        logits = parameters[0] * scores + parameters[1]
        return np.sum(np.logaddexp(0, logits) - targets * logits)

    expected = minimize(loss, [1.0, 0.0], tol=1e-10).x
    assert calibrate(scores, values) == pytest.approx(tuple(expected), abs=1e-3)


def test_scores_that_say_the_contrary_are_worth_the_prevalence():
    scores = np.linspace(-1, 1, 100)
    slope, offset = calibrate(scores, (scores < 0).astype(float))
    assert slope == 0
    assert 1 / (1 + np.exp(-offset)) == pytest.approx(0.5)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from([0.0, 1.0])), min_size=2))
def test_no_other_threshold_has_a_greater_f1(pairs):
    probabilities = np.array([p / 20 for p, _ in pairs])
    values = np.array([v for _, v in pairs])

    def f1(cut):
        y_pred = probabilities >= cut
        return 2 * (y_pred * values).sum() / max(y_pred.sum() + values.sum(), 1)

    best = f1(best_threshold(probabilities, values))
    assert best == pytest.approx(max(f1(cut) for cut in np.linspace(0, 1, 41)))
