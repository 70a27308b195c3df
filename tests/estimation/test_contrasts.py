from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.making import interviews_of, passages_of
from textlien.estimation.contrasts import contrast, panel_of, without_verdict_on
from textlien.estimation.method import Method
from textlien.estimation.sums import RefitSums, interview_sums, refit_sums
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, OUTSIDE, make

WAVES = ("2013", "2015")


def contrasts_of(shares, cells, *, persons=None, options=None, panel=("Creil",)):
    """Contrasts of interviews with one passage of equal length each."""
    interviews = interviews_of(cells, persons=persons)
    passages = passages_of({interview: [50] for interview in interviews.interview_id})
    values = pd.DataFrame({"projet": shares}, index=passages.passage_id)
    sums = interview_sums(interviews, passages, values, "words")
    options = options or ProfilesOptions()
    return contrast(sums, "axis", WAVES, panel, options)


def cells_of(*counts: tuple[str, str, int]) -> list[tuple[str, str, str]]:
    return [(wave, city, "elu") for wave, city, n in counts for _ in range(n)]


def test_a_change_between_different_people_is_a_welch_test():
    left, right = [0.1, 0.2, 0.15, 0.3], [0.4, 0.5, 0.35, 0.6, 0.45]
    table = contrasts_of(left + right, cells_of(("2013", "Creil", 4), ("2015", "Creil", 5)))
    row = table.iloc[0]
    oracle = stats.ttest_ind(right, left, equal_var=False)
    interval = oracle.confidence_interval(0.95)
    assert row.difference == pytest.approx(np.mean(right) - np.mean(left))
    assert row.p == pytest.approx(oracle.pvalue)
    assert (row.low, row.high) == pytest.approx(tuple(interval))
    assert row.verdict == "increase"
    assert row.n_paired == 0


def test_a_change_within_the_same_people_is_a_paired_test():
    left, right = [0.1, 0.5, 0.3, 0.7], [0.2, 0.55, 0.42, 0.79]
    persons = ["a", "b", "c", "d"] * 2
    cells = cells_of(("2013", "Creil", 4), ("2015", "Creil", 4))
    row = contrasts_of(left + right, cells, persons=persons).iloc[0]
    oracle = stats.ttest_rel(right, left)
    assert row.n_paired == 4
    assert row.p == pytest.approx(oracle.pvalue)


def test_one_pair_among_others_does_not_stop_the_test():
    persons = ["a", "b", "c", "a", "e", "f"]
    cells = cells_of(("2013", "Creil", 3), ("2015", "Creil", 3))
    row = contrasts_of([0.1, 0.2, 0.3, 0.4, 0.2, 0.5], cells, persons=persons).iloc[0]
    assert row.n_paired == 0
    assert row.low < row.difference < row.high


def test_the_panel_is_the_mean_of_its_cities_whatever_their_size():
    cells = cells_of(
        ("2013", "Creil", 3), ("2015", "Creil", 3), ("2013", "Arras", 10), ("2015", "Arras", 10)
    )
    generator = np.random.default_rng(1)
    levels = np.repeat([0.2, 0.4, 0.5], [3, 3, 20])
    shares = levels + 0.02 * generator.random(26)
    table = contrasts_of(shares, cells, panel=["Creil", "Arras"])
    by_city = table[table.scope == "city"].set_index("city").difference
    overall = table[table.scope == "panel"].iloc[0]
    assert overall.city == ALL
    assert overall.difference == pytest.approx(by_city.mean())
    assert overall.n_interviews_left == 13


def test_speech_outside_of_themes_is_no_contrast_and_no_member_of_the_family_of_tests():
    cells = cells_of(("2013", "Creil", 5), ("2015", "Creil", 5))
    interviews = interviews_of(cells)
    passages = passages_of({interview: [50] for interview in interviews.interview_id})
    values = pd.DataFrame(
        {"1": [0.1, 0.2, 0.15, 0.3, 0.2, 0.4, 0.5, 0.35, 0.6, 0.45]}, index=passages.passage_id
    )
    with_outside = values.assign(**{OUTSIDE: 1 - values["1"]})
    tables = [
        contrast(
            interview_sums(interviews, passages, v, "words"),
            "theme",
            WAVES,
            ["Creil"],
            ProfilesOptions(),
        )
        for v in (values, with_outside)
    ]
    pd.testing.assert_frame_equal(*tables)


def test_too_few_interviews_give_a_difference_without_verdict():
    cells = cells_of(("2013", "Creil", 2), ("2015", "Creil", 5))
    row = contrasts_of([0.1, 0.2, 0.3, 0.2, 0.5, 0.4, 0.3], cells).iloc[0]
    assert row.verdict == "not computed"
    assert np.isnan(row.low)


def test_a_city_of_two_interviews_does_not_take_the_panel_its_interval():
    counts = [
        ("2013", "Creil", 2),
        ("2015", "Creil", 2),
        ("2013", "Arras", 6),
        ("2015", "Arras", 6),
    ]
    shares = np.random.default_rng(2).random(16)
    table = contrasts_of(shares, cells_of(*counts), panel=["Creil", "Arras"])
    assert set(table[table.city == "Creil"].verdict) == {"not computed"}
    overall = table[table.scope == "panel"].iloc[0]
    assert overall.low < overall.difference < overall.high


def test_a_city_of_one_interview_leaves_the_panel_without_interval():
    counts = [
        ("2013", "Creil", 1),
        ("2015", "Creil", 2),
        ("2013", "Arras", 6),
        ("2015", "Arras", 6),
    ]
    table = contrasts_of(np.linspace(0.1, 0.9, 15), cells_of(*counts), panel=["Creil", "Arras"])
    assert set(table[table.scope == "panel"].verdict) == {"not computed"}


def test_the_panel_is_the_cities_of_both_waves():
    interviews = interviews_of(
        cells_of(("2013", "Creil", 1), ("2015", "Creil", 1), ("2015", "Arras", 1))
    )
    assert panel_of(interviews, WAVES, ()) == ["Creil"]
    assert panel_of(interviews, WAVES, ("Arras",)) == []


def test_a_study_without_cities_is_compared_as_one_place():
    assert panel_of(interviews_of(cells_of(("2013", "", 2), ("2015", "", 2))), WAVES, ()) == [""]


def test_the_error_of_a_change_of_themes_holds_that_of_themes():
    """Of five refits, on four fifths of the persons: variance of the change over them, times 4."""
    left, right = [0.1, 0.2, 0.15, 0.3], [0.4, 0.5, 0.35, 0.6]
    interviews = interviews_of(cells_of(("2013", "Creil", 4), ("2015", "Creil", 4)))
    passages = passages_of({interview: [50] for interview in interviews.interview_id})
    values = pd.DataFrame({"1": left + right}, index=passages.passage_id)
    sums = interview_sums(interviews, passages, values, "words")
    moved = [0.02, -0.01, 0.0, 0.03, None]
    rows = [
        {
            "refit": number,
            "theme": 1,
            "interview_id": interview,
            "share_of_words": None if more is None else share + (more if share >= 0.35 else 0),
            "mean_share": 0.5,
        }
        for number, more in enumerate(moved, start=1)
        for interview, share in zip(interviews.interview_id, left + right, strict=True)
    ]
    refits = refit_sums(sums, make("theme_refits", rows), "words", 0.8)
    options = ProfilesOptions()
    alone = contrast(sums, "theme", WAVES, ["Creil"], options).iloc[0]
    both = contrast(sums, "theme", WAVES, ["Creil"], options, refits).iloc[0]
    assert both.difference == alone.difference
    variances = (stats.sem(left) ** 2 + stats.sem(right) ** 2, 4 * np.var(moved[:4], ddof=1))
    welch = stats.ttest_ind(right, left, equal_var=False).df
    df = sum(variances) ** 2 / (variances[0] ** 2 / welch + variances[1] ** 2 / 3)
    expected = 2 * stats.t.sf(both.difference / np.sqrt(sum(variances)), df)
    assert both.p == pytest.approx(expected)
    assert both.low < alone.low


def test_themes_that_are_the_same_in_every_refit_bring_no_error():
    interviews = interviews_of(cells_of(("2013", "Creil", 3), ("2015", "Creil", 3)))
    passages = passages_of({interview: [50] for interview in interviews.interview_id})
    values = pd.DataFrame({"1": np.linspace(0.1, 0.6, 6)}, index=passages.passage_id)
    sums = interview_sums(interviews, passages, values, "interviews")
    refits = RefitSums(np.repeat(sums.numerators[np.newaxis], 4, axis=0), 0.8)
    tables = [
        contrast(sums, "theme", WAVES, ["Creil"], ProfilesOptions(), these)
        for these in (None, refits)
    ]
    pd.testing.assert_frame_equal(*tables)


def test_every_row_names_its_method_by_an_identifier():
    cells = cells_of(
        ("2013", "Creil", 3), ("2015", "Creil", 3), ("2013", "Arras", 3), ("2015", "Arras", 3)
    )
    shares = np.random.default_rng(3).random(12)
    table = contrasts_of(shares, cells, panel=["Creil", "Arras"])
    assert set(zip(table.scope, table.method, strict=True)) == {
        ("city", Method.DIFFERENCE_OF_SHARES),
        ("panel", Method.MEAN_OVER_CITIES),
    }


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ([0.1, 0.2, 0.15, 0.3], [0.4, 0.5, 0.35, 0.6], "increase"),
        ([0.4, 0.5, 0.35, 0.6], [0.1, 0.2, 0.15, 0.3], "decrease"),
        ([0.1, 0.2, 0.15, 0.3], [0.12, 0.21, 0.14, 0.33], "inconclusive"),
    ],
)
def test_a_verdict_has_the_direction_of_a_change_beyond_chance(left, right, verdict):
    table = contrasts_of(left + right, cells_of(("2013", "Creil", 4), ("2015", "Creil", 4)))
    assert list(table.verdict) == [verdict]


def test_a_fragile_theme_has_no_verdict_and_keeps_its_figures():
    cells = cells_of(("2013", "Creil", 4), ("2015", "Creil", 4))
    table = contrasts_of([0.1, 0.2, 0.15, 0.3, 0.4, 0.5, 0.35, 0.6], cells)
    axis = table.assign(measure="axis")
    both = pd.concat([table.assign(measure="theme"), axis], ignore_index=True)
    marked = without_verdict_on(both, set(table["item"]))
    assert list(marked["verdict"]) == ["fragile", "increase"]
    pd.testing.assert_frame_equal(marked.drop(columns="verdict"), both.drop(columns="verdict"))
    assert list(without_verdict_on(both, {"99"})["verdict"]) == ["increase", "increase"]
    bare = both.assign(verdict="not computed")
    assert list(without_verdict_on(bare, set(table["item"]))["verdict"]) == ["not computed"] * 2


def test_defaults_are_those_that_methods_md_gives():
    options = ProfilesOptions()
    assert (options.level, options.min_interviews) == (0.95, 3)
    assert options.weight == "words"
