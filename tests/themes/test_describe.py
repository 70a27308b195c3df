from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from textlien.tables import make
from textlien.themes.describe import (
    exemplars,
    frex,
    label_terms,
    npmi,
    ranked_terms,
    relevance,
    theme_table,
)

WEIGHTS = np.array([[0.5, 0.3, 0.2, 0.0], [0.4, 0.0, 0.1, 0.5]])
NAMES = ["ville", "caf", "aide", "fête"]
EVEN = np.full(len(NAMES), 1 / len(NAMES))
NOT_REFITTED = pd.DataFrame({"stability": [np.nan], "returns": [np.nan], "fragile": False}, [1])


def passage_terms_of(texts: list[str]) -> pd.DataFrame:
    rows = [
        {"passage_id": f"i#{number:04d}", "term": term, "count": 1}
        for number, text in enumerate(texts, start=1)
        for term in sorted(set(text.split()))
    ]
    return make("passage_terms", rows)


def test_a_term_of_one_theme_alone_scores_higher_than_one_shared_by_all():
    scores = frex(WEIGHTS)
    assert scores[0, 1] > scores[0, 0]
    assert scores[1, 3] > scores[1, 0]
    assert (scores > 0).all()
    assert (scores <= 1).all()


def test_frex_is_the_harmonic_mean_of_two_ranks():
    # « caf »: 3rd of 4 by weight in the first theme, 1st (rank 4 of 4) by exclusivity.
    assert frex(WEIGHTS)[0, 1] == pytest.approx(1 / (0.5 / (3 / 4) + 0.5 / (4 / 4)))


def test_relevance_puts_a_word_of_this_theme_alone_before_a_common_one():
    """λ = .6: ln .2 − .4 ln .5 against ln .15 − .4 ln .01."""
    result = relevance(np.array([[0.2, 0.15, 0.0]]), np.array([0.5, 0.01, 0.49]))
    assert result[0, 0] == pytest.approx(0.6 * np.log(0.2) + 0.4 * np.log(0.4))
    assert result[0, 1] == pytest.approx(0.6 * np.log(0.15) + 0.4 * np.log(15))
    assert result[0, 1] > result[0, 0] > result[0, 2] == -np.inf


def test_terms_are_ranked_by_weight_and_those_without_are_left_out():
    table = ranked_terms(WEIGHTS, EVEN, NAMES, 10)
    first = table[table.theme == 1]
    assert list(first.term) == ["ville", "caf", "aide"]
    assert list(first["rank"]) == [1, 2, 3]


def test_npmi_is_the_one_of_its_formula():
    """Against a direct computation on the incidence matrix."""
    generator = np.random.default_rng(4)
    words = [f"mot{n}" for n in range(12)]
    texts = [" ".join(w for w in words if generator.random() < 0.3) for _ in range(60)]
    table = ranked_terms(generator.random((2, 12)), np.full(12, 1 / 12), words, 10)
    terms = passage_terms_of(texts)
    coherence = npmi(table, terms, n_passages=60)
    incidence = np.array([[word in text.split() for word in words] for text in texts], dtype=float)
    for theme, ranked in table.groupby("theme"):
        columns = incidence[:, [words.index(term) for term in ranked.term]]
        together = columns.T @ columns / 60
        alone = np.diag(together)
        expected = [
            np.log((together[i, j] + 1e-12) / (alone[i] * alone[j]))
            / -np.log(together[i, j] + 1e-12)
            for i in range(10)
            for j in range(i)
        ]
        assert coherence[theme] == pytest.approx(np.mean(expected))


def test_a_theme_of_a_few_terms_has_no_coherence():
    table = ranked_terms(WEIGHTS, EVEN, NAMES, 10)
    assert npmi(table, passage_terms_of(["ville caf", "fête"]), 2).isna().all()


def test_exemplars_are_rich_and_come_from_different_interviews():
    shares = np.array([[1.0], [0.9], [0.95], [0.2]])
    counts = sparse.csr_matrix(np.array([[1, 0, 0], [1, 1, 1], [1, 1, 0], [1, 1, 2]]))
    passages = ["a#0001", "b#0001", "b#0002", "c#0001"]
    table = exemplars(shares, counts, passages, 3)
    assert list(table.passage_id) == ["b#0001", "a#0001", "c#0001"]
    assert exemplars(shares, counts, passages, 4).passage_id[3] == "b#0002"


def test_of_copies_in_several_interviews_one_is_an_exemplar():
    shares = np.array([[0.9], [0.9], [0.8], [0.9]])
    counts = sparse.csr_matrix(np.array([[1, 2, 1], [1, 2, 1], [1, 1, 1], [1, 2, 1]]))
    table = exemplars(shares, counts, ["a#0001", "b#0001", "c#0001", "d#0001"], 3)
    assert list(table.passage_id) == ["a#0001", "c#0001"]


def test_a_passage_without_the_theme_is_no_exemplar_of_it():
    shares = np.array([[0.6, 0.0], [0.0, 0.9]])
    counts = sparse.csr_matrix(np.array([[1, 0, 1], [0, 1, 1]]))
    table = exemplars(shares, counts, ["a#0001", "b#0001"], 5)
    assert list(zip(table.theme, table.passage_id, strict=True)) == [(1, "a#0001"), (2, "b#0001")]


def theme_of(n_terms: int) -> pd.DataFrame:
    """Table ``theme_terms`` of one theme with these many terms, the heaviest first."""
    weights = np.arange(n_terms, 0, -1.0)[None] / (n_terms * (n_terms + 1) / 2)
    names = [f"mot{number:02d}" for number in range(n_terms)]
    return ranked_terms(weights, np.full(n_terms, 1 / n_terms), names, 20)


@pytest.mark.parametrize(("n_terms", "is_computed"), [(4, False), (5, True)])
def test_coherence_needs_five_terms(n_terms, is_computed):
    table = theme_of(n_terms)
    passages = passage_terms_of([" ".join(table.term), "mot00", "mot01", "rien"])
    assert npmi(table, passages, 4).notna().all() == is_computed


def test_coherence_and_label_look_at_ten_terms():
    """The eleventh changes nothing, the tenth does; the first three make the label."""
    table = theme_of(12)
    texts = [" ".join(table.term), " ".join(table.term[:10]), "mot00", "rien"]
    coherence = npmi(table, passage_terms_of(texts), 4)
    assert npmi(table, passage_terms_of([*texts[:2], "mot00", "mot10"]), 4).equals(coherence)
    assert not npmi(table, passage_terms_of([*texts[:2], "mot00", "mot09"]), 4).equals(coherence)
    terms = pd.DataFrame({"term": table.term, "form": table.term.str.upper(), "kind": "lemma"})
    themes = theme_table(np.ones((4, 1)), table, coherence, terms, NOT_REFITTED)
    assert list(themes.label) == ["MOT00, MOT01, MOT02"]


def test_a_label_has_expressions_first_and_no_word_of_them():
    words = {
        1: "contrat ville contrat_de_ville commune maire quartier",
        2: "école ville enfant parent classe prof",
    }
    rows = [
        {
            "theme": theme,
            "term": term.replace("_", " "),
            "weight": (10 - rank) / (20 * theme),
            "frex": 0.5,
            "relevance": -1.0,
            "rank": rank,
        }
        for theme, line in words.items()
        for rank, term in enumerate(line.split(), start=1)
    ]
    labels = label_terms(make("theme_terms", rows), frozenset({"contrat de ville"}))
    assert labels == {
        1: ["contrat de ville", "commune", "maire"],
        2: ["école", "enfant", "parent"],
    }
