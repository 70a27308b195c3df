from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.estimation.simulations import false_changes, false_changes_of_pairs, sums_of
from textlien.estimation.changes import estimate_change, mean_change, paired_design
from textlien.estimation.shares import error

TRIALS = 1_500


def change_of(left, right, people_left, people_right):
    """The change, and its error and degrees of freedom."""
    values = np.array([*left, *right], dtype=float)[:, np.newaxis]
    people = [*people_left.split(), *people_right.split()]
    waves = ["0"] * len(left) + ["1"] * len(right)
    rows = np.arange(len(values))
    sums = sums_of(values, np.ones(len(values)), people, waves)
    change = estimate_change(sums, rows[: len(left)], rows[len(left) :])
    of = error(change.difference, change.design)
    return change, of.se[0], of.df[0]


def strata_of(left, right):
    """Pairs kept, and the sorted sizes of the strata of people in both, left and right only."""
    design = paired_design(*(np.array(names.split(), dtype=object) for names in (left, right)))
    sizes = [int((design.strata == stratum).sum()) for stratum in (2, 0, 1)]
    return design.n_paired, sizes


def test_people_of_both_waves_are_a_stratum_of_their_own():
    assert strata_of("a b c d e f", "a b c g h i") == (3, [3, 3, 3])
    assert strata_of("a b c", "a b c") == (3, [3, 0, 0])
    assert strata_of("a b", "c d") == (0, [0, 2, 2])


@pytest.mark.parametrize(
    ("left", "right", "sizes"),
    [
        ("a b c", "a d e", [0, 3, 3]),  # one alone in both waves
        ("a b c", "a b d e", [0, 3, 4]),  # one alone on the left
        ("a b d e", "a b c", [0, 4, 3]),  # one alone on the right
        ("a b c", "a b", [0, 3, 2]),  # one alone on the left, none on the right
        ("a b", "a b c", [0, 2, 3]),
        ("a b c d", "a b e f", [0, 4, 4]),  # two in both
    ],
)
def test_pairs_are_broken_where_a_stratum_would_hold_one_or_two_people(left, right, sizes):
    assert strata_of(left, right) == (0, sizes)


def test_one_person_alone_does_not_make_the_error_of_a_change_too_small():
    """Kept apart, the one alone on the left would have no error however far off she is."""
    left, right = [0.1, 0.5, 0.9], [0.2, 0.6, 0.4, 0.5]
    _, se, df = change_of(left, right, "a b c", "a b d e")
    assert se == pytest.approx(np.hypot(stats.sem(left), stats.sem(right)))
    assert df == pytest.approx(stats.ttest_ind(right, left, equal_var=False).df)


def test_a_pair_that_moves_together_has_the_error_of_its_differences():
    left, right = [0.1, 0.5, 0.3, 0.7], [0.2, 0.55, 0.42, 0.79]
    change, se, df = change_of(left, right, "a b c d", "a b c d")
    assert se == pytest.approx(stats.sem(np.subtract(right, left)))
    assert df == pytest.approx(3)
    assert (change.n_paired, change.fewest_clusters) == (4, 4)


def test_the_error_of_a_mean_of_cities_is_that_of_independent_cities():
    values = np.random.default_rng(2).random((18, 1))
    sums = sums_of(values, np.ones(18), [str(n) for n in range(18)], ["0"] * 18)
    rows = np.arange(18)
    cities = [
        estimate_change(sums, rows[:4], rows[4:9]),
        estimate_change(sums, rows[9:15], rows[15:]),
    ]
    errors = [error(city.difference, city.design) for city in cities]
    panel = mean_change(cities)
    of = error(panel.difference, panel.design)
    assert of.se[0] == pytest.approx(np.hypot(errors[0].se[0], errors[1].se[0]) / 2)
    assert panel.fewest_clusters == 3
    dfs = [each.df[0] for each in errors]
    assert min(dfs) < of.df[0] < sum(dfs)


@pytest.mark.parametrize(("pairs", "alone"), [(2, 2), (3, 3)])
def test_people_seen_twice_among_others_do_not_make_change_out_of_nothing(pairs, alone):
    assert false_changes_of_pairs(pairs, alone, TRIALS) <= 0.07


@pytest.mark.parametrize("sizes", [(8, 6), (30, 30)])
def test_where_nothing_changes_a_test_at_five_per_cent_finds_change_five_times_in_a_hundred(sizes):
    assert 0.03 <= false_changes(sizes, TRIALS) <= 0.065
