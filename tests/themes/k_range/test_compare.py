from __future__ import annotations

import numpy as np
import pytest

from tests.themes.k_range.corpora import TERMS, VOCABULARIES, material, tables_of
from textlien.themes.k_range.compare import Corpus, compare, range_table
from textlien.themes.k_range.measure import RangeFit
from textlien.themes.model import ThemeModel


def model(*vocabularies: str) -> ThemeModel:
    """Themes of some words, the first the heaviest."""
    weights = np.zeros((len(vocabularies), len(TERMS)))
    for theme, words in enumerate(vocabularies):
        for place, term in enumerate(words.split()):
            weights[theme, TERMS.index(term)] = 1 - place / 20
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    background = np.full(len(TERMS), 1 / len(TERMS))
    return ThemeModel(TERMS, weights, np.ones(len(TERMS)), background)


def fit(*vocabularies: str, gain: float = float("nan")) -> RangeFit:
    return RangeFit(4, model(*vocabularies), gain, 0.5)


MATERIAL = material()
CORPUS = Corpus(MATERIAL, *tables_of(MATERIAL), n_passages=720)
BUS, LOYER, ECOLE, MEDECIN = VOCABULARIES


@pytest.fixture(scope="module")
def compared():
    """Four themes; two draws have all of them, the third has two, and one of other words."""
    draws = [
        fit(BUS, LOYER, ECOLE, MEDECIN, gain=0.3),
        fit(MEDECIN, LOYER, ECOLE, BUS, gain=0.4),
        fit(LOYER, BUS, "mot1 mot2 mot3 mot4 mot5", gain=0.5),
    ]
    return compare(CORPUS, fit(BUS, LOYER, ECOLE, MEDECIN), draws)


def test_themes_that_have_their_like_in_a_draw_come_back(compared):
    assert compared.returns.tolist() == [1.0, 1.0, 0.5]
    assert compared.stability == pytest.approx((3 + 3 + 2 + 2) / 12)


def test_a_theme_that_seldom_comes_back_is_fragile():
    draws = [fit(BUS, gain=0.3), fit(BUS, gain=0.3), fit(BUS, ECOLE, gain=0.3)]
    compared = compare(CORPUS, fit(BUS, ECOLE), draws)
    assert compared.fragile.tolist() == [False, True]
    assert range_table([compared])["n_fragile"].tolist() == [1]


def test_words_that_serve_twice_lower_diversity(compared):
    assert compared.diversity == 1
    twins = compare(CORPUS, fit(BUS, BUS, LOYER), [])
    assert twins.diversity == pytest.approx(12 / 18)


def test_passages_without_terms_have_no_theme(compared):
    """The material has half of the passages; nearly each has four words of its theme."""
    assert 0.4 < compared.coverage <= 0.5


def test_words_that_are_said_together_are_coherent(compared):
    assert compared.npmi > 0.2
    assert compare(CORPUS, fit("bus loyer école médecin métro bail"), []).npmi < 0


def test_the_table_has_a_row_for_each_k_and_the_errors_of_means(compared):
    (row,) = range_table([compared]).to_dict("records")
    assert (row["k"], row["n_themes"]) == (4, 4)
    assert (row["returning"], row["gain"]) == (pytest.approx(2.5 / 3), pytest.approx(0.4))
    # Of .3, .4 and .5 the standard deviation is .1; of 1, 1 and .5 it is .289.
    assert row["returning_se"] == pytest.approx(0.289 / 3**0.5, abs=5e-4)
    assert row["gain_se"] == pytest.approx(0.1 / 3**0.5)


def test_without_draws_what_needs_them_is_missing():
    table = range_table([compare(CORPUS, fit(BUS, LOYER), [])])
    missing = ["n_fragile", "returning", "returning_se", "stability", "gain", "gain_se"]
    assert table[missing].isna().all(axis=None)
    assert table[["npmi", "diversity", "coverage"]].notna().all(axis=None)


def test_a_k_without_any_theme_is_a_row_of_none():
    compared = compare(CORPUS, fit(), [fit(gain=0.0), fit(BUS, gain=0.1)])
    assert compared.returns.tolist() == [0, 0]
    assert (compared.coverage, compared.labels, compared.diversity) == (0, (), 0)
    assert np.isnan([compared.stability, compared.npmi]).all()
