from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import ttest_ind

from tests.themes.projection.made_up import BUS, HOME, OPTIONS, SCHOOL, corpus
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import ThemeModel
from textlien.themes.projection.remainder import (
    MEASURES,
    compare,
    compare_one,
    held_out,
    remainders,
)
from textlien.themes.projection.saved import would_be_terms

FIT = StudyFit(OPTIONS)
ONE_THEME = ThemeModel(
    ("bus", "métro", "chose"),
    np.array([[0.5, 0.5, 0.0]]),
    np.array([1.0, 1.0, 0.5]),
    np.array([0.01, 0.01, 0.98]),
)


def measured(counts: list[list[int]], unknown: list[int], interviews: list[int], **columns):
    counted = columns.get("counted", [True] * len(counts))
    return remainders(
        ONE_THEME,
        sparse.csr_matrix(np.array(counts, dtype=float)),
        np.array(unknown, dtype=float),
        np.array(interviews),
        np.array(counted),
    )


def test_what_themes_do_not_hold_is_measured_by_interview():
    rows = measured([[9, 9, 0], [0, 0, 8], [0, 0, 4]], [0, 2, 1], [0, 0, 1])
    first, second = rows
    assert first[0] == 0.5  # one passage of two is without theme
    assert second[0] == 1
    # Of 18 telling words the prior leaves 1 in 19 outside; 8 words of talk count half each.
    assert first[1] == pytest.approx((18 * (1 / 19) + 4 * 1) / 22, abs=0.01)
    assert second[1] == 1
    assert list(rows[:, 2]) == [2 / 28, 1 / 5]


def test_passages_that_repeat_do_not_count_and_an_interview_of_them_has_no_measure():
    rows = measured([[9, 9, 0], [0, 0, 8]], [0, 2], [0, 1], counted=[True, False])
    assert rows[0, 0] == 0
    assert np.isnan(rows[1]).all()


def test_the_themes_of_a_corpus_hold_interviews_like_its_own():
    material, _ = material_of(*corpus(SCHOOL, BUS, HOME))
    rows = held_out(material, FIT, 3, 1, (5, 3)).remainders
    assert rows.shape == (12, len(MEASURES))
    assert rows[:, 0].mean() < 0.5
    assert (rows[:, 2] == 0).all()


def test_fewer_interviews_than_folds_give_no_measure():
    material, _ = material_of(*corpus(SCHOOL, BUS, interviews=4))
    assert held_out(material, FIT, 2, 1, (2, 1)).remainders.shape == (0, len(MEASURES))


def test_the_interval_is_that_of_welch():
    new, reference = np.array([0.5, 0.6, 0.7, 0.65]), np.array([0.2, 0.3, 0.25, 0.4, np.nan])
    row = compare(new, reference)
    low, high = ttest_ind(new, reference[:4], equal_var=False).confidence_interval(0.95)
    assert (row["low"], row["high"]) == (pytest.approx(low), pytest.approx(high))
    assert row["difference"] == pytest.approx(0.6125 - 0.2875)
    assert row["verdict"] == "farther"
    assert compare(reference, new)["verdict"] == "nearer"
    assert compare(new, new)["verdict"] == "not farther"


@pytest.mark.parametrize(("n_new", "n_reference"), [(2, 9), (9, 2), (0, 9), (9, 0)])
def test_too_few_interviews_are_not_compared(n_new, n_reference):
    row = compare(np.linspace(0.4, 0.9, n_new), np.linspace(0, 0.3, n_reference))
    assert row["verdict"] == "not computed"
    assert np.isnan([row["low"], row["high"]]).all()


@given(st.integers(0, 2**32 - 1))
def test_a_wave_like_the_interviews_held_out_is_rarely_called_far(seed):
    """The verdict itself is a 95 % interval: over all seeds it errs, but not by much."""
    generator = np.random.default_rng(seed)
    errors = 0
    for _ in range(40):
        row = compare(generator.normal(0.5, 0.1, 20), generator.normal(0.5, 0.1, 30))
        errors += row["verdict"] != "not farther"
    assert errors <= 10


def test_an_interview_is_placed_among_those_held_out():
    reference = np.linspace(0.1, 0.5, 21)
    assert compare_one(0.3, reference)["exceeds"] == pytest.approx(10 / 21)
    assert compare_one(0.9, reference)["verdict"] == "farther"
    assert compare_one(0.3, reference)["verdict"] == "not farther"
    assert compare_one(float("nan"), reference)["verdict"] == "not computed"


def test_a_term_is_missed_only_where_it_would_have_been_frequent_enough():
    shares = np.array([0.02, 0.2])  # of 100 passages 2 are expected, or 20
    missed = would_be_terms(shares, np.array([0.5, 0.5]), (100, 20), (5, 3))
    assert list(missed) == [False, True]
    few_interviews = would_be_terms(np.array([0.2]), np.array([0.05]), (100, 20), (5, 3))
    assert not few_interviews[0]
