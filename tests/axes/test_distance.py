import numpy as np
import pandas as pd
import pytest
from tests.axes.features.test_reference import meaning, reference
from tests.making import hint_of, text_of

from textlien.axes.distance import axis_distance, too_far
from textlien.errors import Problem
from textlien.tables import ALL

# Of the passages of ``reference``, persons held out have 10 to 30 % of unknown words.
NEAR, FAR = "maire ville maire ville", "poney licorne dragon"


def corpus(*interviews):
    """Passages, scores and interviews; each is wave, city, text, and whether it was trained on."""
    rows = [
        {
            "interview_id": f"i{number}",
            "passage_id": f"i{number}-000",
            "wave": wave,
            "city": city,
            "text": text,
            "axis": "projet",
            "probability": 0.1 * number,
            "out_of_fold": trained_on,
        }
        for number, (wave, city, text, trained_on) in enumerate(interviews)
    ]
    return pd.DataFrame(rows)


def distances(*interviews):
    frame = corpus(*interviews)
    half = (meaning(0) + meaning(1)) / 2**0.5
    vectors = np.vstack([half if text == NEAR else meaning(5) for text in frame["text"]])
    return axis_distance(wide(), {"projet": 0.25}, frame, vectors, frame, frame)


def wide():
    return reference([(0.0, 0.7), (0.1, 0.65), (0.05, 0.6), (0.1, 0.7)])


def beyond(table):
    return set(table.loc[table["exceeds"], ["wave", "city"]].itertuples(index=False, name=None))


def test_each_wave_and_each_city_in_it_is_measured():
    table = distances(
        ("2013", "Arras", NEAR, False), ("2013", "Creil", FAR, False), ("2015", "", NEAR, False)
    )
    places = list(table[["wave", "city"]].itertuples(index=False, name=None))
    assert places == [("2013", ALL), ("2013", "Arras"), ("2013", "Creil"), ("2015", ALL)]
    creil = table.iloc[2]
    assert (creil["n_interviews"], creil["n_passages"], creil["unknown"]) == (1, 1, 1.0)
    assert (creil["mean_probability"], creil["probability_learnt"]) == (0.1, 0.25)
    assert beyond(table) == {("2013", ALL), ("2013", "Creil")}


def test_interviews_that_were_trained_on_are_left_out_and_never_too_far():
    table = distances(("2013", "Arras", FAR, True), ("2015", "Arras", NEAR, False))
    assert beyond(table) == set()
    learnt = table[table["wave"] == "2013"]
    assert list(learnt["n_interviews"]) == [0, 0]
    assert learnt[["unknown", "nearness", "distance"]].isna().all(axis=None)


def test_interviews_that_were_trained_on_do_not_hide_one_that_was_not():
    taught = [("2013", "Arras", NEAR, True)] * 9
    assert beyond(distances(*taught, ("2013", "Arras", FAR, False))) == {
        ("2013", ALL),
        ("2013", "Arras"),
    }


def test_too_far_is_said_of_a_wave_or_of_a_city_in_another():
    table = distances(
        ("2013", "Arras", FAR, False),
        *[("2015", "Arras", NEAR, False)] * 40,
        ("2015", "Creil", FAR, False),
    )
    assert beyond(table) == {("2013", ALL), ("2013", "Arras"), ("2015", "Creil")}
    (problem,) = too_far(table, wide())
    assert isinstance(problem, Problem)
    assert (problem.id, problem.severity) == ("axes.too-far", "warning")
    assert "wave 2013, Creil (2015)" in text_of(problem)
    assert "100" in text_of(problem)
    assert "axis_distance" in hint_of(problem)


def test_nothing_too_far_nothing_said():
    assert too_far(distances(("2013", "Arras", NEAR, False)), wide()) == []


def test_a_model_of_one_person_has_no_bound_and_is_silent():
    frame = corpus(("2013", "Arras", FAR, False))
    lone = reference([(0.0, 0.7)])
    table = axis_distance(lone, {"projet": 0.25}, frame, meaning(5), frame, frame)
    assert beyond(table) == set()
    assert table["bound"].isna().all()
    assert table["unknown"].iloc[0] == pytest.approx(1)
