"""Codings that say too little of other cities and persons, and models of other axes."""

from __future__ import annotations

import pandas as pd
from tests.making import text_of

from textlien.axes.doubts import doubts, other_codebook


def interviews_of(cities, persons=None):
    persons = persons or [""] * len(cities)
    rows = [
        {"interview_id": f"i{n}", "city": city, "person": person}
        for n, (city, person) in enumerate(zip(cities, persons, strict=True))
    ]
    return pd.DataFrame(rows)


def labels_of(positives, times=10):
    """Labels of one axis: tens of positive passages by interview, and as many negative each."""
    rows = []
    for interview, number in positives.items():
        for passage in range(times * (number + 1)):
            value = float(passage < times * number)
            rows.append(
                {
                    "passage_id": f"{interview}-{passage:03}",
                    "interview_id": interview,
                    "axis": "projet",
                    "value": value,
                }
            )
    return pd.DataFrame(rows)


def test_a_model_of_one_city_that_is_applied_to_others_warns():
    interviews = interviews_of(["Creil", "Creil", "Creil", "Angers", "Arras"])
    (problem,) = doubts(labels_of({"i0": 3, "i1": 3, "i2": 3}), interviews)
    assert (problem.id, problem.severity) == ("axes.unseen-cities", "warning")
    assert problem.message.values["cities"] == ("Creil",)
    assert problem.message.values["others"] == 2
    assert "come from one city only (Creil)" in text_of(problem)


def test_nothing_is_said_where_there_is_no_other_city_or_three_are_coded():
    labels = labels_of({"i0": 3, "i1": 3, "i2": 3})
    assert doubts(labels, interviews_of(["Creil", "Creil", "Creil"])) == []
    assert doubts(labels, interviews_of(["Creil", "Angers", "Arras", "Metz"])) == []
    assert doubts(labels, interviews_of(["", "", "", "Metz"])) == []


def test_one_person_with_most_of_an_axis_is_named_even_in_two_interviews():
    interviews = interviews_of(["", "", ""], ["Maire", "Maire", "Voisine"])
    (problem,) = doubts(labels_of({"i0": 3, "i1": 3, "i2": 5}), interviews)
    assert problem.id == "axes.one-person"
    values = problem.message.values
    assert (values["passages"], values["of"], values["speaker"]) == (60, 110, "Maire")
    assert doubts(labels_of({"i0": 3, "i1": 2, "i2": 5}), interviews) == []


def test_an_axis_of_few_passages_says_how_many_to_code_yet():
    labels = labels_of({"i0": 10, "i1": 10, "i2": 20}, times=1)
    (problem,) = doubts(labels, interviews_of(["", "", ""]))
    assert (problem.id, problem.severity) == ("axes.few-to-learn-from", "warning")
    values = problem.message.values
    # 40 of 43 passages carry it: ten more are about eleven passages, said in tens.
    assert (values["passages"], values["more"], values["drawn"]) == (40, 10, 20)
    assert doubts(labels_of({"i0": 15, "i1": 15, "i2": 20}, times=1), interviews_of([""] * 3)) == []


def test_a_model_of_other_axes_is_refused_and_of_some_others_a_doubt():
    (error,) = other_codebook(["projet"], ["culture", "sport"])
    assert (error.id, error.severity) == ("axes.other-codebook", "error")
    missing, foreign = other_codebook(["projet", "action_sociale"], ["projet", "culture"])
    assert (missing.id, missing.message.values["axes"]) == ("axes.axes-missing", ("culture",))
    assert (foreign.id, foreign.message.values["axes"]) == (
        "axes.axes-foreign",
        ("action_sociale",),
    )
    assert {missing.severity, foreign.severity} == {"warning"}
    assert other_codebook(["projet", "culture"], ["culture", "projet"]) == []
