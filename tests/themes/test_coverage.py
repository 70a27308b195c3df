from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tests.making import text_of
from textlien.themes.coverage import has_theme, ledger, note, without_theme
from textlien.themes.model import ThemeModel

TERMS = ("école", "élève", "loyer", "bail", "coup", "voir", "tango", "mambo")


def model_of(salience):
    weights = np.zeros((2, len(TERMS)))
    weights[0, :2] = weights[1, 2:4] = 0.5
    return ThemeModel(TERMS, weights, np.array(salience), np.full(len(TERMS), 1 / len(TERMS)))


MODEL = model_of([1, 1, 1, 1, 0.1, 0.1, 1, 1])


def counts_of(*passages: str) -> sparse.csr_matrix:
    rows = [[text.split().count(term) for term in TERMS] for text in passages]
    return sparse.csr_matrix(np.array(rows))


def reasons_of(texts, shares, aside=(False, False)):
    names = [f"i#{number:04d}" for number in range(len(texts))]
    table = without_theme(MODEL, counts_of(*texts), np.array(shares), names, np.array(aside))
    return dict(zip(table["passage_id"], table["reason"], strict=True))


def test_a_passage_without_theme_has_the_reason_of_its_words():
    texts = ["école élève", "coup voir voir", "école coup", "tango mambo école"]
    shares = [[0.7, 0.0], [0.1, 0.1], [0.5, 0.0], [0.3, 0.0]]
    assert reasons_of(texts, shares) == {
        "i#0001": "talk",
        "i#0002": "few-terms",
        "i#0003": "outside",
    }


def test_a_passage_of_a_theme_set_aside_has_no_theme_and_says_so():
    texts = ["école élève", "loyer bail"]
    shares = [[0.7, 0.1], [0.1, 0.7]]
    assert reasons_of(texts, shares, aside=(False, True)) == {"i#0001": "set-aside"}


def test_words_all_alike_are_no_words_of_talk():
    flat = model_of([0.1] * len(TERMS))
    texts = counts_of("école élève loyer")
    table = without_theme(flat, texts, np.array([[0.2, 0.2]]), ["i#0001"], np.zeros(2, dtype=bool))
    assert list(table["reason"]) == ["outside"]


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=20))
def test_a_theme_of_more_than_half_is_always_enough_and_one_below_the_remainder_never(rows):
    shares = np.array(rows)
    shares /= np.maximum(1, shares.sum(axis=1, keepdims=True))
    themed, greatest = has_theme(shares), shares.max(axis=1)
    assert themed[greatest > 0.5 + 1e-9].all()
    assert not themed[greatest < 1 - shares.sum(axis=1) - 1e-9].any()


def test_the_ledger_holds_every_passage_without_theme_in_the_order_of_the_corpus():
    with_terms = without_theme(
        MODEL,
        counts_of("coup", "école élève"),
        np.array([[0.1, 0.0], [0.8, 0.0]]),
        ["b#0001", "a#0001"],
        np.zeros(2, dtype=bool),
    )
    ids = ["a#0001", "a#0002", "b#0001"]
    table = ledger(with_terms, ids, ["a#0001", "b#0001"])
    assert table.values.tolist() == [["a#0002", "no-term"], ["b#0001", "talk"]]
    problem = note(table, 3)
    assert problem.id == "themes.without"
    assert problem.severity == "note"
    assert "2 of 3 passages (66.7%) have no theme: 1 without any of the terms, 1 without" in (
        text_of(problem)
    )
