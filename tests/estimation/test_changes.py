from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.estimation.simulations import false_changes, false_changes_of_pairs
from textlien.estimation.changes import Side, estimate_change, mean_change, paired_design

TRIALS = 1_500


def side(values, people):
    values = np.array(values, dtype=float)[:, np.newaxis]
    return Side(values, np.ones(len(values)), np.array(people.split(), dtype=object))


def change_of(left, right, people_left, people_right, replicates=20_000):
    sides = side(left, people_left), side(right, people_right)
    return estimate_change(*sides, replicates, np.random.default_rng(1))


def strata_of(left, right):
    """Pairs kept, and the sorted sizes of the strata of people in both, left and right only."""
    design = paired_design(*(np.array(names.split(), dtype=object) for names in (left, right)))
    sizes = [int((design.strata == stratum).sum()) for stratum in (2, 0, 1)]
    return design.n_paired, sizes


def test_people_of_both_waves_are_a_stratum_of_their_own():
    assert strata_of("a b c d", "a b e f") == (2, [2, 2, 2])
    assert strata_of("a b", "a b") == (2, [2, 0, 0])
    assert strata_of("a b", "c d") == (0, [0, 2, 2])


@pytest.mark.parametrize(
    ("left", "right", "sizes"),
    [
        ("a b c", "a d e", [0, 3, 3]),  # one alone in both waves
        ("a b c", "a b d e", [0, 3, 4]),  # one alone on the left
        ("a b d e", "a b c", [0, 4, 3]),  # one alone on the right
        ("a b c", "a b", [0, 3, 2]),  # one alone on the left, none on the right
        ("a b", "a b c", [0, 2, 3]),
    ],
)
def test_pairs_are_broken_where_a_stratum_would_hold_one_person(left, right, sizes):
    assert strata_of(left, right) == (0, sizes)


def test_one_person_alone_does_not_make_the_error_of_a_change_too_small():
    """Kept apart, the one alone on the left would have no error however far off she is."""
    left, right = [0.1, 0.5, 0.9], [0.2, 0.6, 0.4, 0.5]
    change = change_of(left, right, "a b c", "a b d e")
    expected = np.hypot(stats.sem(left), stats.sem(right))
    assert change.se[0] == pytest.approx(expected, rel=0.02)
    assert change.df[0] == pytest.approx(stats.ttest_ind(right, left, equal_var=False).df, rel=0.05)


def test_a_pair_that_moves_together_has_the_error_of_its_differences():
    left, right = [0.1, 0.5, 0.3, 0.7], [0.2, 0.55, 0.42, 0.79]
    change = change_of(left, right, "a b c d", "a b c d")
    assert change.se[0] == pytest.approx(stats.sem(np.subtract(right, left)), rel=0.02)
    assert (change.df[0], change.n_paired, change.fewest_clusters) == (3, 4, 4)


def test_the_error_of_a_mean_of_cities_is_that_of_independent_cities():
    generator = np.random.default_rng(2)
    cities = [
        change_of(generator.random(4), generator.random(5), "a b c d", "e f g h i"),
        estimate_change(
            side(generator.random(6), "a b c d e f"),
            side(generator.random(3), "g h i"),
            20_000,
            np.random.default_rng(3),
        ),
    ]
    panel = mean_change(cities)
    assert panel.se[0] == pytest.approx(np.hypot(cities[0].se[0], cities[1].se[0]) / 2, rel=0.03)
    assert panel.fewest_clusters == 3
    assert min(city.df[0] for city in cities) < panel.df[0] < sum(city.df[0] for city in cities)


@pytest.mark.parametrize(("pairs", "alone"), [(2, 2), (3, 3)])
def test_people_seen_twice_among_others_do_not_make_change_out_of_nothing(pairs, alone):
    assert false_changes_of_pairs(pairs, alone, TRIALS, replicates=300) <= 0.07


@pytest.mark.parametrize("sizes", [(8, 6), (30, 30)])
def test_where_nothing_changes_a_test_at_five_per_cent_finds_change_five_times_in_a_hundred(sizes):
    assert 0.03 <= false_changes(sizes, TRIALS, replicates=300) <= 0.065
