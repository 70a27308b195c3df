import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score

from textlien import tables
from textlien.axes.evaluate import (
    METRICS,
    Predictions,
    average_precision,
    calibration_error,
    evaluate,
    score_axis,
)


def test_scores_by_axis_are_those_of_scikit_learn():
    labels = tables.make(
        "labels",
        [
            {"passage_id": f"p{i}", "axis": "projet", "value": v, "n_coders": 1}
            for i, v in enumerate([1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.5])
        ],
    )
    probability = np.array([0.9, 0.4, 0.2, 0.6, 0.7, 0.1, 0.8])
    out_of_fold = pd.DataFrame(
        {
            "passage_id": [f"p{i}" for i in range(7)],
            "interview_id": ["a", "a", "b", "b", "c", "c", "c"],
            "axis": "projet",
            "probability": probability,
            "threshold": 0.5,
            "decision": ["yes", "no", "no", "yes", "review", "no", "yes"],
        }
    )
    scores = evaluate(labels, out_of_fold, seed=1, replicates=50).set_index("metric").estimate
    y_true = np.array([1, 1, 0, 0, 1, 0])
    assert scores["precision"] == pytest.approx(2 / 3)
    assert scores["recall"] == pytest.approx(2 / 3)
    assert scores["f1"] == pytest.approx(2 / 3)
    assert scores["f1_baseline"] == pytest.approx(f1_score(y_true, np.ones(6)))
    assert scores["average_precision"] == pytest.approx(
        average_precision_score(y_true, probability[:6])
    )
    assert scores["brier"] == pytest.approx(brier_score_loss(y_true, probability[:6]))
    assert scores["brier_baseline"] == pytest.approx(brier_score_loss(y_true, np.full(6, 0.5)))
    # « Yes » to the first and the fourth, of which one is false; « no » to three, one is missed.
    assert scores["false_discovery_rate"] == pytest.approx(1 / 2)
    assert scores["false_omission_rate"] == pytest.approx(1 / 3)
    assert scores["share_yes"] == pytest.approx(2 / 6)
    assert scores["share_review"] == pytest.approx(1 / 6)
    assert (scores["n"], scores["n_positive"], scores["n_split"]) == (6, 3, 1)


def test_calibration_error_is_the_gap_between_probability_and_share():
    y_true = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    assert calibration_error(y_true, np.full(200, 0.25), np.ones(200)) == pytest.approx(0)
    assert calibration_error(y_true, np.full(200, 0.65), np.ones(200)) == pytest.approx(0.4)


@pytest.mark.parametrize(("y_true", "expected"), [([1, 1, 0, 0] * 5, 0.5), ([1, 0, 1, 0] * 5, 0.0)])
def test_the_calibration_error_is_over_ten_bins(y_true, expected):
    """Two passages a bin: gaps cancel within one, not across two."""
    y_prob = 0.5 + 1e-6 * np.arange(20)
    error = calibration_error(np.array(y_true, dtype=float), y_prob, np.ones(20))
    assert error == pytest.approx(expected, abs=1e-4)


def test_intervals_of_passages_that_go_together_are_those_of_their_interviews():
    """Twenty passages of one interview that all agree are worth one passage."""
    rng = np.random.default_rng(3)
    carried = rng.random(40) < 0.4

    def prevalence(copies):
        ids = [f"p{i}-{j}" for i in range(40) for j in range(copies)]
        values = np.repeat(carried, copies).astype(float)
        labels = pd.DataFrame({"passage_id": ids, "axis": "a", "value": values, "n_coders": 1})
        table = pd.DataFrame(
            {
                "passage_id": ids,
                "interview_id": np.repeat([f"i{i:02}" for i in range(40)], copies),
                "axis": "a",
                "probability": 0.4,
                "threshold": 0.5,
                "decision": "no",
            }
        )
        scores = evaluate(tables.make("labels", labels), table, seed=1, replicates=200)
        row = scores.set_index("metric").loc["prevalence"]
        return row.estimate, row.low, row.high

    assert prevalence(20) == pytest.approx(prevalence(1))
    _, low, high = prevalence(20)
    # The normal interval for 40 independent interviews is as wide.
    share = carried.mean()
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(share * (1 - share) / 40), rel=0.2)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=25
    )
)
def test_average_precision_of_weighted_passages_is_that_of_scikit_learn(rows):
    """Ties of probability and weights of 0 included."""
    y_true, y_prob, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    (result,) = average_precision(y_true, y_prob / 6, weights[np.newaxis])
    if weights @ y_true == 0:
        assert np.isnan(result)
    else:
        expected = average_precision_score(y_true, y_prob / 6, sample_weight=weights)
        assert result == pytest.approx(expected, abs=1e-12)


def predicted(n_interviews, generator):
    """Predictions of interviews that differ in how often they carry the axis, and in accent."""
    interviews = np.repeat(np.arange(n_interviews), generator.integers(8, 25, n_interviews))
    n = len(interviews)
    carries = generator.random(n) < generator.beta(1, 4, n_interviews)[interviews]
    accent = generator.normal(0, 0.5, n_interviews)[interviews]
    y_prob = expit(3 * carries - 2 + accent + generator.normal(0, 1, n))
    decision = np.where(y_prob >= 0.45, "yes", np.where(y_prob < 0.4, "no", "review"))
    y_pred = (y_prob >= 0.45).astype(float)
    return Predictions(carries.astype(float), y_prob, y_pred, decision, interviews)


@pytest.mark.parametrize("n_interviews", [8, 30])
def test_intervals_of_scores_hold_the_true_score_as_often_as_they_say(n_interviews):
    """Percentiles of the usual bootstrap hold F1 in .87 of the trials with eight interviews, and
    average precision in .83."""
    generator = np.random.default_rng(n_interviews)
    everybody = score_axis(predicted(20_000, np.random.default_rng(5)), 1, 2, 0.95)
    truth = {score.metric: score.estimate for score in everybody}
    held = {metric: [] for metric in METRICS[:-1]}
    for trial in range(400):
        for score in score_axis(predicted(n_interviews, generator), trial, 200, 0.95)[:-1]:
            if not np.isnan(score.low):
                held[score.metric].append(score.low <= truth[score.metric] <= score.high)
    for metric, trials in held.items():
        # One sample of eight interviews in seven misses no passage: a share of 0 has no interval.
        assert len(trials) > 340, metric
        assert 0.91 <= np.mean(trials) <= 0.99, metric


def test_a_score_of_one_and_a_calibration_error_have_no_interval():
    y_true = np.tile([1.0, 0.0], 20)
    decision = np.where(y_true > 0, "yes", "no")
    perfect = Predictions(y_true, 0.1 + 0.8 * y_true, y_true, decision, np.repeat(np.arange(8), 5))
    scores = {score.metric: score for score in score_axis(perfect, 1, 100, 0.95)}
    assert scores["f1"].estimate == 1
    assert np.isnan(scores["f1"].low)
    assert np.isnan(scores["calibration_error"].high)
    assert scores["prevalence"].low < 0.5 < scores["prevalence"].high
