"""Regressions that start from a model trained before."""

import numpy as np
import pytest
from tests.axes.learning.test_classifier import labelled

from textlien.axes.learning.calibration import best_threshold, calibrate, expected_threshold
from textlien.axes.learning.classifier import Labelled
from textlien.axes.learning.prior import Prior, joined

FEW = np.arange(12)


def started(turned=False):
    """A prior taught on sixty passages, and the same passages starting from it."""
    inputs, passages = labelled()
    taught = passages.fit(np.arange(60), 1)
    by_axis = dict(zip("ab" if not turned else "ba", taught.by_axis.values(), strict=True))
    prior = Prior("default-1", taught.features, by_axis)
    scores = prior.of(inputs, passages.axes)
    return inputs, prior, Labelled(*_fields(passages), scores)


def _fields(passages):
    return (
        passages.axes,
        passages.targets,
        passages.groups,
        passages.columns,
        passages.judged,
    )


def test_a_model_that_started_from_another_holds_it_and_needs_its_folder_no_more():
    inputs, prior, passages = started()
    fitted = passages.fit(FEW, 1)
    assert fitted.recipe.prior
    whole = joined(fitted, prior, ["a", "b"], ())
    assert whole.features.width == fitted.features.width + prior.features.width
    names = [part.part.name for part in whole.features.parts]
    assert len(set(names)) == len(names)
    X, start = fitted.features.of(inputs), prior.of(inputs, ["a"]).scores[:, 0]
    assert whole.by_axis["a"].probability(whole.features.of(inputs)) == pytest.approx(
        fitted.by_axis["a"].probability(X, start)
    )


def test_an_axis_that_nothing_is_learnt_of_has_the_probabilities_of_the_prior():
    inputs, prior, passages = started()
    few = Labelled(
        ["a"],
        passages.targets[:, :1],
        passages.groups,
        passages.columns,
        passages.judged,
        prior.of(inputs, ["a"]),
    )
    whole = joined(few.fit(FEW, 1), prior, ["a", "b"], ["b"])
    expected = prior.by_axis["b"].probability(prior.features.of(inputs))
    assert whole.by_axis["b"].probability(whole.features.of(inputs)) == pytest.approx(expected)
    assert whole.by_axis["b"].threshold == prior.by_axis["b"].threshold


def test_a_prior_that_says_the_contrary_is_given_up_and_leaves_nothing():
    inputs, prior, passages = started(turned=True)
    fitted = passages.fit(np.arange(60), 1)
    assert not fitted.recipe.prior
    assert joined(fitted, prior, ["a", "b"], ()) is fitted
    a = fitted.by_axis["a"].probability(fitted.features.of(inputs))
    y = passages.targets[:, 0] > 0.5
    assert a[y].min() > a[~y].max()


def test_an_axis_unknown_to_the_prior_starts_from_nothing():
    inputs, prior, passages = started()
    scores = prior.of(inputs, ["a", "autre"])
    assert scores.calibrations[1] is None
    assert not scores.scores[:, 1].any()
    assert scores.scores[:, 0].any()
    fitted = Labelled(["a", "autre"], *_fields(passages)[1:], scores).fit(FEW, 1)
    whole = joined(fitted, prior, ["a", "autre"], ())
    assert not whole.by_axis["autre"].weights[fitted.features.width :].any()


def test_the_calibration_started_from_counts_for_thirty_passages():
    scores = np.zeros(30)
    slope, offset = calibrate(scores, np.zeros(30), np.full(30, 0.4))
    # Thirty passages without the axis, thirty at .4: .2 in the mean.
    assert 1 / (1 + np.exp(-(slope * 0.0 + offset))) == pytest.approx(0.2, abs=1e-3)


def test_the_threshold_expected_to_be_best_needs_no_label():
    y_prob = np.array([0.9, 0.8, 0.3, 0.1])
    # F1 to be expected: .9·2/(1+2.1) = .58, 1.7·2/(2+2.1) = .83, 2·2/(3+2.1) = .78, .69.
    assert expected_threshold(y_prob) == pytest.approx(0.55)
    assert expected_threshold(np.array([0.2, 0.2])) == pytest.approx(0.2)
    assert expected_threshold(np.zeros(0)) == 0.5


def test_with_many_sure_passages_both_thresholds_agree():
    rng = np.random.default_rng(3)
    y_prob = np.where(rng.random(400) < 0.3, 0.97, 0.02) + rng.normal(0, 0.001, 400)
    y = (y_prob > 0.5).astype(float)
    assert expected_threshold(y_prob) == pytest.approx(best_threshold(y_prob, y), abs=0.01)
