"""Measures and corpora of the benchmarks of themes, on cases that a person can check."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from benchmarks.theming.corpora import Corpus, load
from benchmarks.theming.measures import agreement, diversity, npmi
from benchmarks.theming.planting import plant, recovered, shuffled
from benchmarks.theming.studies import party
from scipy import sparse

from textlien.themes import describe


def themes(*words: str, of: str = "abcdefghijkl") -> np.ndarray:
    """Themes whose words are letters, the first of the greatest weight."""
    weights = np.zeros((len(words), len(of)))
    for row, letters in zip(weights, words, strict=True):
        row[[of.index(letter) for letter in letters]] = np.arange(len(letters), 0, -1)
    return weights


def corpus(n_interviews: int = 12, passages_each: int = 40, n_terms: int = 30) -> Corpus:
    generator = np.random.default_rng(0)
    n_passages = n_interviews * passages_each
    counts = generator.poisson(0.2, (n_passages, n_terms))
    counts[:, 0] += counts.sum(axis=1) == 0
    names = np.array([f"mot{number}" for number in range(n_terms)])
    interviews = np.repeat(np.arange(n_interviews), passages_each)
    kinds = np.full(n_terms, "lemma")
    return Corpus(sparse.csr_matrix(counts), interviews, names, names, kinds)


def test_the_same_themes_in_another_order_agree():
    assert agreement(themes("abc", "def"), themes("fed", "cba")) == 1


def test_finding_fewer_themes_does_not_raise_agreement():
    assert agreement(themes("abc", "def"), themes("abc")) == 0.5


def test_agreement_is_the_jaccard_index_of_matched_themes():
    # {a, b, c} and {b, c, d} share two of four letters.
    assert agreement(themes("abc", "jkl"), themes("bcd", "jkl")) == pytest.approx((0.5 + 1) / 2)


def test_models_without_themes_do_not_agree():
    assert agreement(themes("abc"), themes()) == 0


def test_diversity_is_the_distinct_share_of_first_words():
    assert diversity(themes("abcd", "cdef")) == 6 / 8


def test_coherence_is_that_of_gensim():
    made = corpus()
    weights = np.random.default_rng(1).random((3, 30))
    cells = made.counts.tocoo()
    passage_terms = pd.DataFrame(
        {"passage_id": cells.row.astype(str), "term": made.terms[cells.col].astype(object)}
    )
    ranked = describe.ranked_terms(weights, np.full(30, 1 / 30), list(made.terms), 10)
    expected = describe.npmi(ranked, passage_terms, made.counts.shape[0]).mean()
    assert npmi(weights, made.counts) == pytest.approx(expected)


def test_a_planted_theme_is_recovered_by_half_of_its_words_in_a_single_theme():
    planted = [set(range(10)), set(range(10, 20))]
    weights = np.zeros((2, 60))
    weights[0, [*range(5), *range(20, 35)]] = 1  # five of the ten words of the first
    weights[1, [*range(5, 9), *range(10, 14), *range(40, 52)]] = 1  # four of each
    assert recovered(planted, weights).tolist() == [True, False]


def test_planting_leaves_the_real_words_as_they_are():
    made = corpus()
    planted = plant(made, strength=2, seed=1)
    n_terms = made.counts.shape[1]
    assert (planted.corpus.counts[:, :n_terms] != made.counts).nnz == 0
    assert set().union(*planted.themes) == set(range(n_terms, planted.corpus.counts.shape[1]))


@pytest.mark.parametrize("within", [False, True])
def test_exchanging_words_keeps_lengths_and_frequencies(within):
    made = corpus()
    mixed = shuffled(made, 1, within_interviews=within)
    assert (mixed.counts != made.counts).nnz > 0
    for axis in (0, 1):
        assert (mixed.counts.sum(axis=axis) == made.counts.sum(axis=axis)).all()


def test_exchanging_words_within_interviews_keeps_those_of_each_interview():
    made = corpus()
    mixed = shuffled(made, 1, within_interviews=True)
    for interview in range(12):
        rows = made.interviews == interview
        assert (mixed.counts[rows].sum(axis=0) == made.counts[rows].sum(axis=0)).all()


def test_a_corpus_is_read_as_it_was_written(tmp_path):
    made = corpus()
    made.save(tmp_path / "corpus.npz")
    back = load(tmp_path / "corpus.npz")
    assert (back.counts != made.counts).nnz == 0
    assert back.interviews.tolist() == made.interviews.tolist()
    assert back.terms.tolist() == made.terms.tolist()


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Parti Communiste Français. Madame, Monsieur, …", "communists"),
        ("Votez pour les candidats du Front National", "national front"),
        ("Candidat R.P.R. soutenu par l'U.D.F.", "right"),
        ("Ni Front National ni communistes", ""),
        ("Un maire à votre écoute", ""),
        (f"Les Verts {'mot ' * 60} contre le Front National {'mot ' * 40}", "ecologists"),
    ],
)
def test_a_leaflet_is_of_the_only_party_that_its_edges_name(text, family):
    assert party(text) == family
