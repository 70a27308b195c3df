from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from tests.themes.k_range.corpora import TERMS, VOCABULARIES, material
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.k_range.measure import fit_all, fit_draw, held_out_gain
from textlien.themes.model import ThemeModel
from textlien.themes.refits.draws import numbered_draw
from textlien.themes.shares import passage_shares

FIT = StudyFit(ThemesOptions(engine="nmf"))

UNIFORM = np.full(4, 0.25)
PAIRS = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])


def model(weights, salience=None) -> ThemeModel:
    salience = np.ones(4) if salience is None else np.array(salience)
    return ThemeModel(("a", "b", "c", "d"), np.array(weights, dtype=float), salience, UNIFORM)


def test_a_passage_of_two_words_of_a_theme_is_predicted_by_its_share():
    """Each half holds one word, and both words of a theme are alike: the draw does not matter."""
    counts = sparse.csr_matrix([[3.0, 3.0, 0, 0], [0, 0, 3.0, 3.0]])
    share = passage_shares(model(PAIRS), sparse.csr_matrix([[3.0, 0, 0, 0]]))[0, 0]
    assert share > 0.4
    expected = np.log((share * 0.5 + (1 - share) * 0.25) / 0.25)
    assert held_out_gain(model(PAIRS), counts, seed=1) == pytest.approx(expected, abs=1e-4)


def test_words_that_no_theme_holds_together_are_not_trusted_at_all():
    counts = sparse.csr_matrix([[3.0, 0, 3.0, 0], [0, 3.0, 0, 3.0]])
    assert held_out_gain(model(PAIRS), counts, seed=1) == pytest.approx(0, abs=1e-4)


def test_themes_are_trusted_as_far_as_they_deserve():
    """Two passages of a theme, one of words of both: ln(1 + ts) twice, ln(1 - ts) once.

    The best trust t is that of ts = 1/3, where 2 / (1 + ts) = 1 / (1 - ts).
    """
    alike, mixed = [3.0, 3.0, 0, 0], [3.0, 0, 3.0, 0]
    counts = sparse.csr_matrix([alike, alike, mixed])
    share = passage_shares(model(PAIRS), sparse.csr_matrix([[3.0, 0, 0, 0]]))[0, 0]
    assert share > 0.4
    expected = (2 * np.log(4 / 3) + np.log(2 / 3)) / 3
    assert held_out_gain(model(PAIRS), counts, seed=1) == pytest.approx(expected, abs=1e-6)


def test_a_theme_that_is_the_background_tells_nothing():
    counts = sparse.csr_matrix([[1.0, 2, 3, 4], [4, 3, 2, 1]])
    assert held_out_gain(model([UNIFORM]), counts, seed=1) == pytest.approx(0, abs=1e-12)


def test_an_occurrence_counts_by_its_salience():
    """Of the passages, one has words of talk alone: it does not count."""
    counts = sparse.csr_matrix([[3.0, 3.0, 0, 0], [0, 0, 3.0, 3.0]])
    alone = held_out_gain(model(PAIRS), counts[:1], seed=1)
    assert held_out_gain(model(PAIRS, [1, 1, 0, 0]), counts, seed=1) == pytest.approx(alone)


def test_where_a_draw_has_no_theme_or_only_talk_is_predicted_nothing_is_told():
    counts = sparse.csr_matrix([[3.0, 3.0, 0, 0], [0, 0, 3.0, 3.0]])
    assert held_out_gain(model(np.zeros((0, 4)), np.zeros(4)), counts, seed=1) == 0
    assert held_out_gain(model(PAIRS, np.zeros(4)), counts, seed=1) == 0


@pytest.mark.parametrize("counts", [[[5.0, 0, 0, 0]], np.zeros((0, 4)), [[0.0, 0, 0, 0]]])
def test_passages_of_one_term_cannot_be_halved(counts):
    assert np.isnan(held_out_gain(model(PAIRS), sparse.csr_matrix(counts), seed=1))


def test_the_true_number_of_vocabularies_predicts_best():
    corpus = material()
    persons = np.arange(12)
    fits = [fit_draw(corpus, persons, FIT, (2, 4), 5, number) for number in range(3)]
    two, four = (np.array([fit[i].gain for fit in fits]) for i in range(2))
    assert (four > two).all()
    assert (four > 0).all()


def test_the_themes_of_a_draw_are_those_of_the_interviews_drawn():
    corpus = material()
    persons = np.repeat(np.arange(6), 2)
    drawn, seed = numbered_draw(persons, 5, 1)
    (fit,) = fit_draw(corpus, persons, FIT, (4,), 5, 1)
    expected = FIT(corpus.of_interviews(drawn), 4, seed)
    np.testing.assert_array_equal(fit.model.weights, expected.weights)


def test_all_interviews_are_fitted_for_each_k_as_a_run_does():
    corpus = material()
    fits = fit_all(corpus, FIT, (2, 4), 5)
    assert [fit.k for fit in fits] == [2, 4]
    np.testing.assert_array_equal(fits[1].model.weights, FIT(corpus, 4, 5).weights)
    assert np.isnan(fits[1].gain)
    first = {TERMS[number] for number in np.argsort(-fits[1].model.weights[0])[:6]}
    assert first in [set(words.split()) for words in VOCABULARIES]
