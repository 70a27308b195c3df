import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score

from textlien import tables
from textlien.axes.evaluate import calibration_error, evaluate


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
        }
    )
    found = evaluate(labels, out_of_fold, seed=1, replicates=50).set_index("metric").estimate
    truth = np.array([1, 1, 0, 0, 1, 0])
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == pytest.approx(2 / 3)
    assert found["f1"] == pytest.approx(2 / 3)
    assert found["f1_baseline"] == pytest.approx(f1_score(truth, np.ones(6)))
    assert found["average_precision"] == pytest.approx(
        average_precision_score(truth, probability[:6])
    )
    assert found["brier"] == pytest.approx(brier_score_loss(truth, probability[:6]))
    assert found["brier_baseline"] == pytest.approx(brier_score_loss(truth, np.full(6, 0.5)))
    assert (found["n"], found["n_positive"], found["n_split"]) == (6, 3, 1)


def test_calibration_error_is_the_gap_between_probability_and_share():
    truth = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    assert calibration_error(truth, np.full(200, 0.25), np.ones(200)) == pytest.approx(0)
    assert calibration_error(truth, np.full(200, 0.65), np.ones(200)) == pytest.approx(0.4)


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
