from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.making import interviews_of, passages_of
from textlien.estimation.crosses import cross_questions, cross_variable, without_verdict_on
from textlien.estimation.sums import interview_sums
from textlien.study.options import ProfilesOptions
from textlien.tables import OUTSIDE

OPTIONS = ProfilesOptions()


def sums_of(shares, cells, *, persons=None):
    interviews = interviews_of(cells, persons=persons)
    passages = passages_of({interview: [50] for interview in interviews.interview_id})
    values = pd.DataFrame({"1": shares}, index=passages.passage_id)
    values[OUTSIDE] = 1 - values["1"]
    return interview_sums(interviews, passages, values, "words")


def cells_of(*counts: tuple[str, str, int]) -> list[tuple[str, str, str]]:
    return [(wave, city, "elu") for wave, city, n in counts for _ in range(n)]


def test_a_theme_of_a_city_is_more_there_and_less_elsewhere():
    shares = [0.4, 0.5, 0.45, 0.5, 0.6, 0.4, *[0.05, 0.1, 0.0, 0.1, 0.05, 0.0] * 2]
    cells = cells_of(("2013", "Bordeaux", 6), ("2013", "Creil", 6), ("2013", "Arras", 6))
    table = cross_variable(sums_of(shares, cells), "city", OPTIONS, 1).set_index("value")
    assert list(table.theme) == [1, 1, 1]
    assert table.verdict["Bordeaux"] == "more"
    assert table.chi2["Bordeaux"] > 0 > table.chi2["Creil"]
    assert table.observed_share["Bordeaux"] == pytest.approx(np.mean(shares[:6]))
    assert table.expected_share["Bordeaux"] == pytest.approx(np.mean(shares))
    assert list(table.n_interviews) == [6, 6, 6]


def test_a_city_of_two_interviews_has_shares_and_no_test():
    shares = [0.9, 0.9, *[0.1, 0.2] * 4]
    cells = cells_of(("2013", "Arras", 2), ("2013", "Creil", 8))
    row = cross_variable(sums_of(shares, cells), "city", OPTIONS, 1).set_index("value").loc["Arras"]
    assert row.observed_share == pytest.approx(0.9)
    assert np.isnan(row.p)
    assert row.verdict == "not computed"


def test_two_interviews_of_a_person_are_one_unit():
    cells = cells_of(("2013", "Arras", 8), ("2013", "Creil", 8))
    shares = np.linspace(0, 0.5, 16)
    alone = cross_variable(sums_of(shares, cells), "city", OPTIONS, 1)
    twice = cross_variable(
        sums_of(
            np.repeat(shares, 2),
            [cell for cell in cells for _ in range(2)],
            persons=[f"p{n:02d}" for n in range(16) for _ in range(2)],
        ),
        "city",
        OPTIONS,
        1,
    )
    assert list(twice.n_interviews) == [16, 16]
    assert twice.chi2.to_numpy() == pytest.approx(alone.chi2.to_numpy())


def test_persons_of_both_waves_change_places_with_themselves():
    # Each says a little more the second time; persons differ far more from one another.
    first = np.linspace(0, 0.8, 10)
    cells = cells_of(("2013", "Creil", 10), ("2015", "Creil", 10))
    persons = [f"p{n}" for n in range(10)] * 2
    shares = [*first, *(first + 0.02)]
    paired = cross_variable(sums_of(shares, cells, persons=persons), "wave", OPTIONS, 1)
    apart = cross_variable(sums_of(shares, cells), "wave", OPTIONS, 1)
    assert set(paired.verdict) == {"more", "less"}
    assert set(apart.verdict) == {"inconclusive"}


def test_a_variable_of_one_value_or_none_is_not_crossed():
    assert cross_variable(
        sums_of([0.1] * 5, cells_of(("2013", "Creil", 5))), "city", OPTIONS, 1
    ).empty
    assert cross_variable(sums_of([0.1] * 5, cells_of(("2013", "", 5))), "city", OPTIONS, 1).empty


def test_a_question_is_compared_with_the_rest_of_the_same_interviews():
    interviews = interviews_of(cells_of(("2013", "Creil", 8)))
    passages = passages_of({name: [40] * 20 for name in interviews.interview_id})
    # Everybody speaks of it in answer to the second passage's question, and a little elsewhere.
    shares = np.tile([0.1, 0.9, *[0.1] * 18], 8)
    values = pd.DataFrame({"1": shares, OUTSIDE: 1 - shares}, index=passages.passage_id)
    asked = pd.Series("", index=passages.passage_id)
    asked.iloc[1::20] = "Et l'école ?"
    asked.iloc[5::20] = "Et la mairie ?"
    table = cross_questions(interviews, passages, values, asked, OPTIONS, 1).set_index("value")
    assert table.verdict.to_dict() == {"Et l'école ?": "more", "Et la mairie ?": "inconclusive"}
    assert table.observed_share["Et l'école ?"] == pytest.approx(0.9)
    assert table.expected_share["Et l'école ?"] == pytest.approx(0.14)
    assert set(table.n_interviews) == {8}
    assert set(table.variable) == {"question"}


def test_a_fragile_theme_is_neither_more_nor_less_anywhere():
    shares = [0.4, 0.5, 0.45, 0.5, 0.6, 0.4, *[0.05, 0.1, 0.0, 0.1, 0.05, 0.0] * 2]
    cells = cells_of(("2013", "Bordeaux", 6), ("2013", "Creil", 6), ("2013", "Arras", 6))
    table = cross_variable(sums_of(shares, cells), "city", OPTIONS, 1)
    fragile = without_verdict_on(table, pd.Series([1])).set_index("value")
    assert fragile.verdict["Bordeaux"] == "fragile"
    assert without_verdict_on(table, pd.Series([2])).equals(table)
