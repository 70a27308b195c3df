from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.estimation.simulations import coverage
from tests.making import interviews_of, passages_of
from textlien.estimation.intervals import logit_interval
from textlien.estimation.profiles import profile
from textlien.estimation.sums import interview_sums, theme_values
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, OUTSIDE, make

BASELINE = json.loads((Path(__file__).parents[1] / "baseline.json").read_text())
VALUES = pd.DataFrame(
    {"1": [1.0, 1.0, 0.0, 0.5], "2": [0.0, 0.0, 1.0, 0.5]},
    index=["i000#0001", "i000#0002", "i000#0003", "i001#0001"],
)


def small():
    interviews = interviews_of([("2013", "Creil", "elu"), ("2013", "Creil", "caf")])
    return interviews, passages_of({"i000": [30, 10, 20], "i001": [90]})


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("words", (30 + 10 + 0 + 45) / 150),
        ("passages", (1 + 1 + 0 + 0.5) / 4),
        ("interviews", (2 / 3 + 0.5) / 2),
    ],
)
def test_a_share_is_a_share_of_what_its_weight_says(weight, expected):
    sums = interview_sums(*small(), VALUES, weight)
    table, _ = profile(sums, "theme", weight, ProfilesOptions(weight=weight))
    row = table[(table.city == "Creil") & (table.actor == ALL) & (table.item == "1")].iloc[0]
    assert row.estimate == pytest.approx(expected)
    assert row.n_passages == 4
    assert row.n_interviews == 2


def test_each_interview_weighs_one_where_interviews_are_what_counts():
    sums = interview_sums(*small(), VALUES, "interviews")
    assert list(sums.denominators) == pytest.approx([1, 1])


def test_a_passage_without_value_counts_in_nothing():
    sums = interview_sums(*small(), VALUES.drop("i001#0001"), "words")
    table, _ = profile(sums, "theme", "words", ProfilesOptions())
    overall = table[(table.city == ALL) & (table.actor == ALL)].set_index("item")
    assert overall.estimate["1"] == pytest.approx(40 / 60)
    assert overall.n_interviews["1"] == 1


def test_a_city_with_too_few_interviews_gets_a_share_without_interval_and_a_warning():
    table, problems = profile(
        interview_sums(*small(), VALUES, "words"), "theme", "words", ProfilesOptions()
    )
    assert table.low.isna().all()
    creil = next(p for p in problems if p.id == "estimation.too-few-in-city")
    assert creil.message.values == {"city": "Creil", "wave": "2013", "interviews": 2, "least": 3}
    assert creil.severity == "warning"
    assert "estimation.too-few-in-wave" in {p.id for p in problems}


def test_three_interviews_are_enough_for_an_interval():
    interviews = interviews_of([("2013", "Creil", "elu")] * 3)
    passages = passages_of({f"i{n:03d}": [50] for n in range(3)})
    values = pd.DataFrame({"projet": [0.1, 0.3, 0.2]}, index=passages.passage_id)
    options = ProfilesOptions(by_actor=False)
    table, problems = profile(
        interview_sums(interviews, passages, values, "words"), "theme", "words", options
    )
    assert problems == []
    assert table.low.notna().all()


def test_shares_that_are_not_listed_are_zero():
    rows = [
        {"passage_id": "a#0001", "theme": 1, "share": 1.0},
        {"passage_id": "b#0001", "theme": 2, "share": 1.0},
    ]
    passages = pd.Series(["a#0001", "b#0001"])
    assert theme_values(make("passage_themes", rows), passages).loc["a#0001", "2"] == 0


def test_speech_without_theme_counts_whole_so_that_shares_and_remainder_make_everything():
    interviews, passages = small()
    rows = [
        {"passage_id": "i000#0001", "theme": 1, "share": 0.7},
        {"passage_id": "i000#0003", "theme": 2, "share": 1.0},
    ]
    values = theme_values(make("passage_themes", rows), passages.passage_id)
    table, _ = profile(
        interview_sums(interviews, passages, values, "words"), "theme", "words", ProfilesOptions()
    )
    overall = table[(table.city == ALL) & (table.actor == ALL)].set_index("item")
    # 150 words: 30 at 70 % of theme 1, 20 of theme 2; 10 and 90 words without any term.
    assert overall.estimate.to_dict() == pytest.approx(
        {"1": 21 / 150, "2": 20 / 150, OUTSIDE: 109 / 150}
    )
    assert overall.n_interviews[OUTSIDE] == 2
    assert overall.n_passages["1"] == 4


def test_one_more_city_leaves_the_intervals_of_the_others():
    cells = [("2013", "Creil", "elu")] * 5
    sizes = {f"i{n:03d}": [40, 60] for n in range(8)}
    generator = np.random.default_rng(5)
    index = [f"i{n:03d}#{p:04d}" for n in range(8) for p in (1, 2)]
    values = pd.DataFrame({"1": generator.random(16)}, index=index)

    def creil(all_cells: list[tuple[str, str, str]]) -> tuple[float, float]:
        lengths = {key: sizes[key] for key in list(sizes)[: len(all_cells)]}
        sums = interview_sums(interviews_of(all_cells), passages_of(lengths), values, "words")
        table, _ = profile(sums, "axis", "words", ProfilesOptions())
        row = table[(table.city == "Creil") & (table.actor == ALL)].iloc[0]
        return row.low, row.high

    assert creil(cells) == creil([*cells, *[("2013", "Arras", "elu")] * 3])


@pytest.mark.parametrize("n_interviews", [5, 10, 20])
def test_intervals_hold_the_true_share_as_often_as_they_say(n_interviews):
    assert BASELINE["coverage.profiles"] <= coverage(n_interviews, 3_000) <= 0.985


def test_the_interval_of_a_city_is_the_one_computed_by_hand():
    shares = [0.1, 0.3, 0.2, 0.5]
    interviews = interviews_of([("2013", "Creil", "elu")] * 4)
    passages = passages_of({f"i{n:03d}": [50] for n in range(4)})
    values = pd.DataFrame({"projet": shares}, index=passages.passage_id)
    options = ProfilesOptions(by_actor=False)
    table, _ = profile(
        interview_sums(interviews, passages, values, "words"), "axis", "words", options
    )
    row = table[table.city == "Creil"].iloc[0]
    expected = logit_interval(0.275, float(np.std(shares, ddof=1) / 2), 3, 0.95)
    assert (row.low, row.high) == pytest.approx(expected)
